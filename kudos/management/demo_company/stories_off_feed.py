"""Stories that are not on the feed: being written, taken back by the teller, or hidden."""

from .company import CUSTOMERS, EMPLOYEES, JOURNALISTS, ON_TIME, SUPPLIERS, WHOLE_DAY
from .shapes import Story
from .telling import at, cheers, prose

OFF_FEED_STORIES = (
    Story(
        teller=at("priya"),
        nominees=(at("dimitra"),),
        group=CUSTOMERS,
        moment="customer_love",
        headline="A cello lesson without a cello",
        what_they_did=prose("""
            The customer lives on a boat and the cello would not go through the hatch. Dimitra rang
            round the music shops along the canal until one offered to lend its back room
        """),
        difference="He has had two lessons so far. (Ask Dimitra which shop it was.)",
        days_ago=0,
        hour=0,
        minute=20,
        state="draft",
    ),
    Story(
        teller=at("yusuf"),
        nominees=(at("beatriz"),),
        group=JOURNALISTS,
        moment="wow",
        headline="An interview through a hedge",
        what_they_did=prose("""
            Ingrid was on holiday and had sworn to Beatriz that she would take no calls. The
            magazine had one question left and two hours. Beatriz walked down to the garden wall,
            asked it through the hedge without showing her a phone, and wrote down the answer on the
            back of a seed packet.
        """),
        difference="The magazine printed the answer, and the holiday stayed one.",
        values=(ON_TIME,),
        days_ago=3,
        hour=17,
        minute=45,
        state="draft",
    ),
    Story(
        teller=at("giorgi"),
        nominees=(at("mabel"),),
        group=EMPLOYEES,
        moment="customer_love",
        headline="Mabel found me a desk, a lamp and a reason to come in",
        what_they_did=prose("""
            After the move I had no fixed desk and had stopped coming to the office. Mabel asked
            what had been good about the old one. The lamp, I said. She found it in the store,
            rewired the plug, and put it on a desk beside Bilal, who talks about as much as I do.
        """),
        difference=prose("""
            I am in three days a week, which on my salary of 41,200 Mabel reckons is a good return
            on one lamp.
        """),
        days_ago=26,
        hour=9,
        minute=35,
        cheers=cheers(love="rosa", applause="bilal"),
        state="hidden",
    ),
    Story(
        teller=at("meiling"),
        nominees=(at("anneli"),),
        group=SUPPLIERS,
        moment="customer_love",
        headline="The bell foundry that wanted silence",
        what_they_did=prose("""
            A bell founder hated our booking reminders, which came during casting. Anneli had them
            sent at lunch, after asking him when he hears his phone at all.
        """),
        difference="No casting has been interrupted since, and he has opened two more dates.",
        values=(WHOLE_DAY,),
        days_ago=32,
        hour=13,
        minute=10,
        state="withdrawn",
    ),
)
