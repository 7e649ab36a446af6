"""Stories of partners: companies that give our gifts to their people, or sell them for us."""

from .company import ASK_MORE, LEAVE_BETTER, LEND_HAND, ON_TIME, PARTNERS, STRAIGHT, WHOLE_DAY
from .shapes import Story
from .telling import at, cheers, prose

PARTNER_STORIES = (
    Story(
        teller=at("valentina"),
        nominees=(at("camille"),),
        group=PARTNERS,
        moment="customer_love",
        headline="Six in the morning at the front desk",
        what_they_did=prose("""
            A hotel group sells our days out at reception, or did: in one house hardly anybody had
            sold one for months. The manager thought that the leaflet was the wrong blue.

            Camille asked to work a shift. She stood behind the desk in Lyon from six, carried bags,
            and noticed that the night porter is the person whom guests ask what to do tomorrow.
            Nobody had ever told him about us. She gave him a day at the cheese cellar as a guest,
            then sat with him and took our forty-page handbook down to one card that fits the key
            drawer.
        """),
        difference=prose("""
            That house sells about twenty a month. The porter has trained four other hotels, at his
            own suggestion and on our invoice.
        """),
        values=(ASK_MORE,),
        customer_words="She is the only partner who has ever asked where the key drawer is.",
        words_source="visit",
        customer_role="a night porter",
        customer_name="Jean-Baptiste Mourier",
        customer_agreed=True,
        days_ago=9,
        hour=16,
        minute=55,
        cheers=cheers(
            love="beatriz odile will",
            applause="giorgi nkechi meiling",
            wow="ingrid bilal",
        ),
    ),
    Story(
        teller=at("giorgi"),
        nominees=(at("bilal"), "W-017"),
        helping_hands=(at("tegan"), at("stanimir")),
        group=PARTNERS,
        moment="wow",
        headline="1,900 thank-yous, sorted by ward and by shift",
        what_they_did=prose("""
            A hospital trust wanted to give each of its night staff a small day out. The order said
            1,900 vouchers, one box. Bilal asked who would hand them out. A silence, and then: "The
            ward sisters, I suppose. In their break." He asked how long the break was.

            So he went along on a night. He walked the round with a porter from eleven until three,
            counted the doors, and wrote down in what order the trolley meets them. He learned that
            the lift by Radiology takes no trolleys, that Ward 9 had moved to the third floor and
            kept its name, and that agency staff are on nobody’s list, although they are on every
            ward.

            Mihaela printed it that way: by ward, by shift, in the order of the round, with a
            coloured edge for every floor. She reads what she prints, and found forty-four people
            who were on the list twice and twelve who had been left out. Tegan packed it in bags
            that hang on a trolley, twenty-six of them, heaviest at the bottom. Stanimir drove them
            over himself at ten at night, because that is when these customers are at work, and took
            the right lift.
        """),
        difference=prose("""
            Everything was handed out by four in the morning, by the chief nurse herself. The twelve
            would have been the ones from the agency, and they were the first that she gave.
        """),
        values=(ASK_MORE, LEND_HAND, WHOLE_DAY),
        customer_words="I have never before had a delivery that knew which lift I would be using.",
        words_source="call",
        customer_role="the chief nurse of a hospital",
        days_ago=21,
        hour=10,
        minute=45,
        cheers=cheers(
            love="bronwen rosa mabel noor adaeze",
            applause="valentina lars nkechi sian",
            wow="ingrid camille priya thandeka",
        ),
    ),
    Story(
        teller=at("camille"),
        nominees=(at("stanimir"),),
        group=PARTNERS,
        moment="customer_love",
        headline="He would not print the wrong green",
        what_they_did=prose("""
            A department store sent its logo. Stanimir rang me: the green in the file was not the
            green in their windows. Their agency said that it was. He posted me a swatch, a print,
            and one of their carrier bags from his own kitchen.
        """),
        difference=prose("""
            The agency had used an old draft. Ours were the only cards in the shop that matched the
            bags.
        """),
        values=(ON_TIME, STRAIGHT),
        days_ago=29,
        hour=14,
        minute=0,
        cheers=cheers(applause="bronwen tegan zofia oskaras", love="valentina"),
    ),
    Story(
        teller=at("bilal"),
        nominees=(at("nkechi"),),
        group=PARTNERS,
        moment="customer_love",
        headline="She advised them to buy less",
        what_they_did=prose("""
            A bus company wanted two hundred spa days for its drivers, same for everybody, boxed.
            Nkechi asked if she could talk to a few drivers first and spent a break in the depot
            canteen. Six out of ten would not have gone: too far, wrong days off, or no wish to be
            seen in a dressing gown.

            She took the order back to the company and cut it by a third, in favour of things that
            drivers had named, near the depots, bookable at five hours’ notice. Fishing, mostly. One
            asked for a day in a steam engine, as a passenger.
        """),
        difference=prose("""
            Nine in ten have been used; the year before, with another firm, it was three. They have
            signed for two more years, and the fishing lake has bought a bench.
        """),
        values=(ASK_MORE, STRAIGHT),
        customer_words="I came to spend more and was talked out of it over a bacon roll.",
        words_source="call",
        customer_role="the depot manager of a bus company",
        days_ago=37,
        hour=12,
        minute=20,
        cheers=cheers(
            love="valentina will",
            applause="giorgi agnieszka gwenllian",
            wow="kwame hamish",
        ),
    ),
    Story(
        teller=at("nkechi"),
        nominees=(at("luca"), at("thandeka")),
        group=PARTNERS,
        moment="customer_love",
        headline="A bookshop’s till from 1998 learned one new key",
        what_they_did=prose("""
            A small chain of bookshops would have liked to sell our gifts, only its tills are older
            than some of its staff and cannot speak to anything. We were about to say sorry. Luca
            went and looked at one. It can print a line of digits on a receipt, so he worked out a
            code that fits that line and that our site believes. Thandeka cut the reseller contract
            from thirty pages to four, because the owner reads everything that she signs, and she
            reads it standing up.
        """),
        difference=prose("""
            Seven shops sell us now with no new machine. The owner presses F9 and says "there goes a
            balloon".
        """),
        values=(LEND_HAND, LEAVE_BETTER),
        customer_words="Four pages. I finished it before the kettle.",
        words_source="visit",
        customer_role="the owner of a chain of bookshops",
        days_ago=46,
        hour=15,
        minute=5,
        cheers=cheers(love="bilal hana", applause="ngoc kwame dmytro arjun samira", wow="giorgi"),
    ),
    Story(
        teller=at("valentina"),
        nominees=(at("will"),),
        helping_hands=(at("corinne"),),
        group=PARTNERS,
        moment="customer_love",
        headline="The firm that closed before its gifts were given",
        what_they_did=prose("""
            A boatyard bought eighty vouchers for its people and went into administration the week
            after. The administrator wanted the money back, and by the contract could have had it.
            Will read the order again and saw that the vouchers had each been made out to a name. He
            asked Corinne whether they were still the yard’s at all. She dug out the ruling which
            says that they were not.
        """),
        difference=prose("""
            Eighty people who had lost their jobs kept a day out. Will took the vouchers to the gate
            on the last morning, in person, because the yard’s letter box had been taken down.
        """),
        values=(WHOLE_DAY,),
        days_ago=55,
        hour=16,
        minute=35,
        cheers=cheers(love="nkechi giorgi bilal ingrid tegan", applause="agnieszka thandeka kwame"),
    ),
)
