"""Stories of customers for whom the day itself went wrong, or the night before it."""

from .company import ASK_MORE, CUSTOMERS, LEAVE_BETTER, LEND_HAND, ON_TIME, STRAIGHT, WHOLE_DAY
from .shapes import Story
from .telling import at, cheers, prose

DAY_STORIES = (
    Story(
        teller=at("marguerite"),
        nominees=(at("aroha"),),
        group=CUSTOMERS,
        moment="wow",
        headline="Locked gate, dark lane, two children and an owl",
        what_they_did=prose("""
            Ten past nine at night where the customer was, morning for Aroha in Auckland. A father
            stood at the gate of an owl centre with two children in pyjamas, for the night walk. The
            gate was shut and the centre’s phone rang out.

            Aroha looked at the satellite picture while she kept him talking, saw a farm three
            hundred metres on with a light in the yard, and rang the farm. The farmer walked over
            with a torch. The keeper was inside with her radio on, cleaning, sure that the walk was
            on the following night, because our email to her had said so.

            Aroha told the father exactly that: our mistake, and the keeper will still take you,
            now, if the children are not too tired. They were not too tired.
        """),
        difference=prose("""
            The walk began fifty minutes late, for three people, with the keeper to themselves.
            Aroha then went through every night walk on our books and found two more where the date
            had slipped at midnight. Both were corrected before anybody stood at a gate.
        """),
        values=(WHOLE_DAY, STRAIGHT, LEAVE_BETTER),
        customer_words=prose("""
            My daughter has asked if the lady in New Zealand can come to her birthday. She would be
            the guest of honour, after the owl.
        """),
        words_source="review",
        customer_role="a father on an owl walk",
        at_first=(
            ("headline", "Locked gate, dark lane, two children and one owl"),
            (
                "difference",
                prose("""
                    The walk began an hour late, for three people, with the keeper to themselves.
                    Aroha then went through every night walk on our books. Both were corrected
                    before anybody stood at a gate.
                """),
            ),
        ),
        days_ago=3,
        hour=9,
        minute=40,
        cheers=cheers(
            love="tomasz wiremu lena farah camille",
            applause="ngoc arjun gwenllian",
            wow="ingrid beatriz dimitra sian",
        ),
    ),
    Story(
        teller=at("femi"),
        nominees=(at("ngoc"), at("arjun")),
        helping_hands=(at("theo"),),
        group=CUSTOMERS,
        moment="wow",
        headline="212 guests, no website, one very long list",
        what_they_did=prose("""
            The booking system went down on a Friday at twenty to seven in the evening. Repairing it
            would take all night; two hundred and twelve people were due at their gift the next
            morning, at thirty-one places that check codes on our site.

            Ngọc split the problem in two. She and Arjun worked on the repair, and before that they
            spent half an hour pulling Saturday’s guests out of a backup and into a plain list, one
            page for each place, names and codes. Theo got the old fax-to-email box going for the
            falconry people. We in Care rang all thirty-one and read the list out where email was
            slow.

            At one in the morning Arjun, for whom it was half past five, wrote to the team: "Site is
            up. Please somebody tell the llamas."
        """),
        difference=prose("""
            All two hundred and twelve were let in. Three places told us that they had not noticed
            anything. The list now prints itself every evening, in case.
        """),
        values=(LEND_HAND, LEAVE_BETTER),
        days_ago=20,
        hour=9,
        minute=30,
        cheers=cheers(
            love="dmytro",
            applause="marguerite tomasz luca samira rafael hamish caoimhe",
            wow="priya dimitra freyja ingrid",
        ),
    ),
    Story(
        teller=at("caoimhe"),
        nominees=(at("sian"), at("dimitra")),
        group=CUSTOMERS,
        moment="customer_love",
        headline="Forty-six calls before the harbour road",
        what_they_did=prose("""
            The forecast turned at five in the morning and every boat on the west coast stayed in.
            The skippers tell us by text; we tell guests by email; guests on the way to a harbour do
            not read email. Siân and Dimitra were in by half past five and rang all forty-six
            bookings, in order of how far each had to drive. The furthest answered with her coat on.
        """),
        difference="Nobody drove to a harbour for nothing. Forty-one rebooked on the same call.",
        values=(ON_TIME, STRAIGHT),
        customer_words="Disappointing news, beautifully early.",
        words_source="social",
        customer_role="a guest who was going to see seals",
        days_ago=34,
        hour=8,
        minute=20,
        cheers=cheers(applause="gwenllian hamish marguerite noor", love="anneli"),
    ),
    Story(
        teller=at("tomasz"),
        nominees=(at("dimitra"),),
        group=CUSTOMERS,
        moment="customer_love",
        headline="Fourteen bridesmaids, one llama, wrong Saturday",
        what_they_did=prose("""
            The party had arrived a week early, in matching shirts. Thirteen of the fourteen llamas
            were at a show. What Dimitra did in the next twenty minutes, from a desk two hundred
            miles away, was this: she asked the farmer what there was (one elderly llama called
            Gordon, some geese, a very good kitchen), asked the bride what the day was for ("being
            together before I move to Canada"), and suggested a walk with Gordon at Gordon’s pace,
            followed by cheese-making with the farmer’s mother. She moved the trek to the right
            Saturday for those who could come back.
        """),
        difference=prose("""
            Nine came back. All fourteen say that the first one was better. Gordon has been added to
            our catalogue as an experience of his own.
        """),
        values=(ASK_MORE, WHOLE_DAY),
        customer_words="Gordon walked me down the lane. My father is doing the aisle.",
        words_source="review",
        customer_role="a bride",
        days_ago=43,
        hour=15,
        minute=45,
        cheers=cheers(
            love="mabel rosa tegan hana",
            applause="gwenllian",
            wow="marguerite femi luca yusuf ellie camille bilal theo",
        ),
    ),
    Story(
        teller=at("femi"),
        nominees=(at("marguerite"),),
        group=CUSTOMERS,
        moment="customer_love",
        headline="The complaint that everybody had passed on",
        what_they_did=prose("""
            It had been through four of us, me included. A couple’s anniversary dinner had gone
            wrong in six separate ways and each of us had apologised for one. Marguerite took it
            home, wrote down all six in order, and next to each what we had done about it so far. In
            four places she wrote "nothing". She read them that list on the phone, and then asked
            what she had missed. There was a seventh.
        """),
        difference=prose("""
            They kept the voucher for another try instead of going to the ombudsman. Complaints now
            stay with the first of us who picks them up; that was her idea, and it began with her.
        """),
        values=(STRAIGHT, LEAVE_BETTER),
        days_ago=52,
        hour=16,
        minute=10,
        cheers=cheers(applause="sian ingrid noor", love="priya"),
    ),
)
