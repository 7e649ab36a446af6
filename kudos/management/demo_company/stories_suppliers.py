"""Stories of suppliers in a tight spot: money, safety, illness, weather."""

from .company import ASK_MORE, LEAVE_BETTER, LEND_HAND, ON_TIME, STRAIGHT, SUPPLIERS, WHOLE_DAY
from .shapes import Report, Story, Voice
from .telling import at, cheers, prose

SUPPLIER_STORIES = (
    Story(
        teller=at("gwenllian"),
        nominees=(at("lars"),),
        helping_hands=(at("agnieszka"),),
        group=SUPPLIERS,
        moment="wow",
        headline="A glassblower’s furnace stayed lit",
        what_they_did=prose("""
            A furnace full of molten glass may not go cold. If it does, the pot inside cracks, and a
            new pot is four thousand pounds and five weeks. One of our glassblowers had gas until
            six that evening and a supplier who wanted paying first. She rang us at two to say that
            she would have to cancel a month of lessons, and sounded as if she were reading it from
            a card.

            Lars looked her up while we were still talking. We owed her for nineteen lessons; the
            payment run was in eight days. He asked for the gas company’s account number, got
            Agnieszka out of a meeting for the second signature, and paid them directly at twenty
            past three against her balance. Then he rang the depot himself, because money that has
            arrived and money that somebody has noticed are two different things.
        """),
        difference=prose("""
            The tanker came at half past five. No lesson was lost. Lars has since put the eleven
            suppliers who run something that must stay hot, cold or fed on weekly payments.
        """),
        values=(ON_TIME, ASK_MORE, LEAVE_BETTER),
        customer_words=prose("""
            I had the tap in my hand. I would like whoever this was to come and make a very ugly
            paperweight, as everyone does, on the house.
        """),
        words_source="call",
        customer_role="a glassblower",
        voices=(
            Voice(
                teller=at("corinne"),
                text=prose("""
                    I sit opposite. When the depot put Lars on hold he did not hang up to try later.
                    He laid the receiver on the desk, with the music playing, and paid two other
                    suppliers until somebody came back to the phone.
                """),
                hours_later=2,
            ),
            Voice(
                teller=at("ingrid"),
                text="She rang again the next morning, only to let us hear the furnace.",
                hours_later=21,
            ),
        ),
        days_ago=1,
        hour=11,
        minute=20,
        cheers=cheers(
            love="rafael anneli daniel meiling",
            applause="kwame corinne bronwen nuno ravi farah",
            wow="ingrid hamish zofia",
        ),
    ),
    Story(
        teller=at("ravi"),
        nominees=(at("hamish"),),
        helping_hands=(at("ffion"),),
        group=SUPPLIERS,
        moment="wow",
        headline="Two ferries, one form, and a sea cliff open again",
        what_they_did=prose("""
            Our new safety form has sixty-one questions. A climbing guide on an island with three
            houses filled in four, wrote "come and look" across the rest and posted it back. By the
            rules I had to take him off sale.

            Hamish went and looked. It takes two ferries. He climbed the route with the guide, asked
            the questions on the way up and typed the answers in a kitchen on the way down. He came
            home with fifty-eight answers and the news that three of my questions make no sense on a
            cliff that is under water twice a day. Ffion minded his other suppliers meanwhile.
        """),
        difference=prose("""
            The guide is on sale, safely, with a rule about tides that we did not have before. The
            form has forty-four questions, and a line at the top with Hamish’s number.
        """),
        values=(LEAVE_BETTER,),
        customer_words="He was sick on both boats and he still checked my ropes.",
        words_source="visit",
        customer_role="a climbing guide",
        voices=(
            Voice(
                teller=at("kwame"),
                text=prose("""
                    He rang me from the second ferry to ask what happens to a rope in salt water. I
                    did not know either. By the time he was ashore he had found somebody who did.
                """),
                hours_later=20,
            ),
        ),
        days_ago=7,
        hour=15,
        minute=30,
        cheers=cheers(
            love="caoimhe joana",
            applause="gwenllian thandeka rafael",
            wow="nuno luca yusuf tegan",
        ),
        proposed=(
            (
                "difference",
                prose("""
                    The guide is on sale, safely, with a rule about tides that we did not have
                    before. The form has forty questions, four of them his, and a line at the top
                    with Hamish’s number.
                """),
            ),
        ),
    ),
    Story(
        teller=at("caoimhe"),
        nominees=(at("ravi"),),
        group=SUPPLIERS,
        moment="customer_love",
        headline="Closed for two days, and grateful for it",
        what_they_did=prose("""
            Ravi stopped a zip line. He had gone for a routine visit, put his thumbnail into a
            splice and did not like it. The owner had a school coming at eleven and a loan to pay.

            He could have written his report and left. What he did: told her to her face, before
            anybody else, why it was closed; rang a rigger who owed him a favour; found her a spare
            cable that a competitor was glad to lend; and walked round the wood with the school,
            naming trees, until their bus came back.
        """),
        difference=prose("""
            Two days shut instead of the three weeks that a new cable usually takes. The old splice
            went to the rigger’s college, where it hangs on a wall as an example of what to look
            for.
        """),
        values=(STRAIGHT, LEND_HAND),
        customer_words="I was furious until about lunchtime.",
        words_source="visit",
        customer_role="the owner of a zip line",
        days_ago=15,
        hour=10,
        minute=5,
        cheers=cheers(applause="hamish anneli meiling lars rafael thandeka", love="gwenllian"),
        reports=(
            Report(
                reporter=at("joana"),
                reason=prose("""
                    She told us of the loan in confidence. Anybody who buys from her will know whom
                    this is about. Could it go without that half sentence?
                """),
                hours_ago=5,
            ),
        ),
    ),
    Story(
        teller=at("gwenllian"),
        nominees=(at("anneli"),),
        group=SUPPLIERS,
        moment="customer_love",
        headline="The sauna that went down with nobody aboard",
        what_they_did=prose("""
            A floating sauna sank at its mooring overnight. Its owner had thirty bookings with us in
            the coming fortnight and a very small insurance policy.

            Anneli grew up with saunas that float and had opinions. She found a raft builder with an
            unsold hull, persuaded a lake two valleys away to lend a jetty, and wrote to all thirty
            guests in the owner’s own voice, with a photograph of the chimney sticking out of the
            water. "Honest, and also funny," she said. "People forgive a chimney."
        """),
        difference=prose("""
            Twenty-eight of thirty moved to the other lake. The owner kept her income, the raft
            builder has become a supplier, and the chimney is on the new sauna.
        """),
        values=(WHOLE_DAY, LEND_HAND),
        customer_words="She asked about the stove before she asked about the contract.",
        words_source="call",
        customer_role="the owner of a sauna raft",
        days_ago=40,
        hour=14,
        minute=35,
        cheers=cheers(
            love="pekka hana freyja",
            applause="caoimhe ravi",
            wow="meiling dimitra theo mabel oskaras",
        ),
    ),
    Story(
        teller=at("kwame"),
        nominees=(at("caoimhe"),),
        helping_hands=(at("lars"), at("sian")),
        group=SUPPLIERS,
        moment="wow",
        headline="Twenty-three rides and a stable with nobody in it",
        what_they_did=prose("""
            The owner of a riding stable was taken to hospital on a Sunday. Nobody had the password
            to her diary; the horses at least had the neighbour. Her answering machine said that she
            would ring back, in a very cheerful voice.

            Caoimhe drove there on her day off. There was no diary. There was a feed company’s
            calendar on the tack room wall with our bookings on it, twenty-three of them, in pencil,
            no names to speak of: "Dad + girl, quiet horse". She photographed every page and spent
            the evening matching dads. Siân rang the riders and told them what had happened, and
            asked if they would mind an unfamiliar face.

            Then the question of who would lead the rides. Caoimhe asked the neighbour, who breeds
            cattle and rides to church. He would do it with her horses, at her price, for the money
            to go to her, on one condition: he wanted it in writing that he would not be paid, so as
            not to be suspected of anything. That is how the matter reached my desk. It is one page
            long, it has a clause about who may feed the grey one apples, and it is the nicest
            contract I have drawn up. Lars set up the payments the same evening, and sent the first
            one with a message that said only "for Saturday, 3 riders".
        """),
        difference=prose("""
            The stable earned every day of the seven weeks its owner was away. She came home to a
            full diary, in ink, and to a horse that has learned to open a gate.
        """),
        values=(LEND_HAND, WHOLE_DAY),
        customer_words="I counted the pages twice. I thought that they had let me off something.",
        words_source="call",
        customer_role="the owner of a riding stable",
        days_ago=54,
        hour=10,
        minute=30,
        cheers=cheers(
            love="hamish adaeze thandeka marguerite rosa anneli",
            applause="gwenllian agnieszka",
            wow="ingrid rafael",
        ),
    ),
)
