"""Stories of suppliers day by day: their listings, calendars, contracts and invoices."""

from .company import ASK_MORE, LEAVE_BETTER, LEND_HAND, STRAIGHT, SUPPLIERS
from .shapes import Story
from .telling import at, cheers, prose

LISTING_STORIES = (
    Story(
        teller=at("joana"),
        nominees=(at("leopoldina"),),
        group=SUPPLIERS,
        moment="customer_love",
        headline="She read him the contract, all nine pages, on a bench",
        what_they_did=prose("""
            Abílio Rocha carves cork, is seventy-eight, and told Leopoldina on her second visit what
            he had not told her on the first: that he can read prices and street names and not much
            more. Our contract had been lying under his radio for a month.

            She sat down outside his workshop and read it to him, clause by clause, saying each one
            again in the way one would say it across a counter. At clause fourteen he said that this
            was unjust. She read it again and thought so too. She rang Kwame from the bench.
        """),
        difference=prose("""
            Clause fourteen (who pays when a guest does not turn up) has been changed for everybody.
            He signed, his first class was full, and every new contract in Portugal now comes with a
            recording that one can listen to.
        """),
        values=(ASK_MORE, STRAIGHT),
        customer_words="Nobody has read to me since my mother. She did the voices as well.",
        words_source="visit",
        customer_role="a cork carver",
        customer_name="Abílio Rocha",
        customer_agreed=True,
        days_ago=10,
        hour=17,
        minute=5,
        cheers=cheers(
            love="beatriz nuno ingrid shira dimitra priya",
            applause="kwame thandeka rafael",
            wow="camille valentina",
        ),
    ),
    Story(
        teller=at("leopoldina"),
        nominees=(at("nuno"),),
        group=SUPPLIERS,
        moment="customer_love",
        headline="The goats ate the paperwork",
        what_they_did=prose("""
            One sentence from a cheese farm: "We cannot claim for last month, the goats have eaten
            the vouchers." It was true, there is a film of it. Sixty-odd stubs, with the codes on.

            By the book no code means no payment. Nuno asked for anything else with names on it. The
            farm has a guest book, so he spent an afternoon matching signatures, thank-yous and
            drawings of goats to our bookings. "All five of us love Margarida" turned out to be a
            booking of five; Margarida turned out to be one of the culprits.
        """),
        difference=prose("""
            Fifty-eight of sixty-one visits proved and paid. Farms can now send in a photograph of
            the stubs on the day, before anything happens to them.
        """),
        values=(LEAVE_BETTER,),
        customer_words="I will tell the goats that they are forgiven.",
        words_source="email",
        customer_role="a goat farmer",
        days_ago=22,
        hour=12,
        minute=40,
        cheers=cheers(
            love="beatriz rosa",
            applause="lars daniel",
            wow="joana hamish tegan mateo wahyu oskaras giorgi zofia",
        ),
    ),
    Story(
        teller=at("anneli"),
        nominees=(at("meiling"),),
        group=SUPPLIERS,
        moment="customer_love",
        headline='From "Chinese tea" to the tea he actually pours',
        what_they_did=prose("""
            Three bookings a month, and the tea master never complained. Mei-ling went as a guest
            and paid for herself. Over the second pot she asked him, in Cantonese, what he thought
            of his page with us. He thought that "authentic Chinese tea experience" was a little
            like "authentic European soup".

            They rewrote it together on the back of a menu: which leaf, from which hill, why the
            first pouring goes over the little clay frog. She had it proofread by his daughter, and
            got rid of the stock picture of a bamboo forest.
        """),
        difference=prose("""
            Nineteen bookings last month. People arrive asking about the frog.
        """),
        values=(ASK_MORE, LEAVE_BETTER),
        days_ago=27,
        hour=11,
        minute=30,
        cheers=cheers(love="gwenllian hana ngoc junho", applause="rafael joana mateo"),
    ),
    Story(
        teller=at("hamish"),
        nominees=(at("arjun"),),
        group=SUPPLIERS,
        moment="customer_love",
        headline="He asked the kayak people to show him their fridge",
        what_they_did=prose("""
            A kayak school kept double-booking and we kept telling them to use the calendar. Arjun
            asked if they would turn the camera round on a video call and show him where they look
            in the morning. It was the fridge: a paper chart, a pen on a string, wet hands. Nobody
            there has a dry hand for a laptop until six in the evening.

            So he made our calendar ring their doorbell, so to speak. Each booking now sends one
            text that says the day, the time, and how many boats are left; they answer "no" when the
            fridge disagrees.
        """),
        difference=prose("""
            Double bookings went from about five a week to none in the six weeks since. Thirty other
            suppliers with wet, muddy or floury hands have asked for the same.
        """),
        values=(ASK_MORE,),
        customer_words="He is the first one who wanted to see the fridge.",
        words_source="call",
        customer_role="the owner of a kayak school",
        days_ago=33,
        hour=16,
        minute=25,
        cheers=cheers(
            love="caoimhe gwenllian",
            applause="ngoc dmytro luca freyja nuno",
            wow="ravi bilal",
        ),
    ),
    Story(
        teller=at("nuno"),
        nominees=(at("daniel"),),
        group=SUPPLIERS,
        moment="customer_love",
        headline="We owed him money, and he did not know",
        what_they_did=prose("""
            Quietly, in the middle of closing the month, Daniel noticed that one balloonist’s
            invoices ended in odd cents. He pulled two years of them and found that we had been
            rounding the tax the wrong way, on each passenger, against the supplier. It came to 614
            euros. The man had never asked.

            Daniel wrote to him the same day, with the sum, the reason and the word "sorry" in the
            first line. Then he ran the same check on everyone.
        """),
        difference=prose("""
            Eighty-three suppliers were paid what we owed them within the week, most of it small.
            The rounding is mended.
        """),
        values=(STRAIGHT, LEAVE_BETTER),
        days_ago=49,
        hour=13,
        minute=55,
        cheers=cheers(applause="agnieszka corinne joana kwame", love="lars leopoldina"),
    ),
    Story(
        teller=at("rafael"),
        nominees=(at("tegan"),),
        group=SUPPLIERS,
        moment="customer_love",
        headline="A beekeeper’s jars, and what she knew about cardboard",
        what_they_did=prose("""
            A beekeeper wanted each guest’s honey to arrive home before the guest. One jar in six
            broke, and he was ready to drop the jars, which are the best part. Tegan threw parcels
            down the dispatch stairs for an hour and came back with a folded insert, cut from one
            sheet, no plastic.
        """),
        difference=prose("""
            One broken jar in the last two hundred. He has the drawing and has his cut by a printer
            in his own town, for less than the bubble wrap cost him.
        """),
        values=(LEND_HAND,),
        customer_words="It folds up like a hexagon. I do not think that she did it on purpose.",
        words_source="email",
        customer_role="a beekeeper",
        days_ago=12,
        hour=9,
        minute=50,
        cheers=cheers(love="bronwen gwenllian", applause="stanimir hamish anneli", wow="corinne"),
    ),
)
