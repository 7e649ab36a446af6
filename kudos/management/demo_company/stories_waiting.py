"""Stories that wait for a reviewer: Experiences wants to see its own before they are read."""

from .company import ASK_MORE, CUSTOMERS, LEND_HAND, STRAIGHT, SUPPLIERS, WHOLE_DAY
from .shapes import Story
from .telling import at, prose

WAITING_STORIES = (
    Story(
        teller=at("tomasz"),
        nominees=(at("ffion"),),
        group=SUPPLIERS,
        moment="customer_love",
        headline="She learned to milk a goat so that we could describe it",
        what_they_did=prose("""
            Care had nine calls in a month from people who had booked a morning on a goat farm and
            arrived in white shoes. Ffion wrote our page from the farmer’s leaflet, as we all do.
            Instead of adding a line about boots she drove out at five in the morning, did the
            whole thing herself, was kicked twice, and wrote it again on the train home.
        """),
        difference=prose("""
            Not one call about shoes since. The farmer has hung our page in the dairy and reads it
            out to the goats.
        """),
        values=(WHOLE_DAY, ASK_MORE),
        customer_words="She asked what the goats like. Nobody asks that.",
        words_source="visit",
        customer_role="a goat farmer",
        days_ago=2,
        hour=14,
        minute=25,
        state="waiting",
    ),
    Story(
        teller=at("anneli"),
        nominees=(at("hamish"),),
        helping_hands=(at("wiremu"),),
        group=CUSTOMERS,
        moment="wow",
        headline="A proposal on a glacier, on the third attempt",
        what_they_did=prose("""
            Two helicopter flights had been called off for fog, and the ring had been in a sock for
            five weeks. The couple were to fly home on Sunday. Hamish rang every pilot on the west
            coast, found one with a gap at seven in the morning, and sat up with Wiremu, who knows
            that coast, to read the weather until four.
        """),
        difference=prose("""
            They landed at ten past seven in full sun. She said yes before he had the sock off.
            Both cancelled flights were paid back the same day, without anybody having to ask.
        """),
        values=(WHOLE_DAY, LEND_HAND),
        days_ago=1,
        hour=9,
        minute=50,
        state="waiting",
    ),
    Story(
        teller=at("meiling"),
        nominees=(at("caoimhe"),),
        group=SUPPLIERS,
        moment="customer_love",
        headline="Caoimhe told him no, and told him why",
        what_they_did=prose("""
            A potter wanted us to sell his weekend at twice the price of last year. I would have
            sent the letter with the rules. Caoimhe went through his costs with him on the phone,
            line by line, for an hour and a half, and found that he had left out his own wages.
        """),
        difference=prose("""
            He still does not have twice the price. He has a price that he can explain, a weekend
            with one guest fewer, and wages.
        """),
        values=(STRAIGHT, ASK_MORE),
        customer_words="The first no in my life that came with a spreadsheet.",
        words_source="call",
        customer_role="a potter",
        days_ago=0,
        hour=8,
        minute=40,
        state="waiting",
    ),
)
