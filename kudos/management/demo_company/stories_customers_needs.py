"""Stories of customers who needed something that no booking says."""

from .company import ASK_MORE, CUSTOMERS, WHOLE_DAY
from .shapes import Story
from .telling import at, cheers, prose

NEED_STORIES = (
    Story(
        teller=at("hamish"),
        nominees=(at("noor"),),
        group=CUSTOMERS,
        moment="customer_love",
        headline="Seven courses, and nobody repeated anything",
        what_they_did=prose("""
            At the chef’s table half of the pleasure is the chef talking. One of the four guests
            that night was deaf, and the booking said only "please seat me facing the kitchen". Noor
            rang the restaurant to ask why that might matter, worked it out, and wrote to the guest:
            would he like an interpreter, or the words on paper, or to be left alone? Paper, he
            said. She got the chef to talk through all seven courses on the phone, jokes included,
            and typed them up as a small booklet. It came out with the bread.
        """),
        difference=prose("""
            He laughed at the same moments as the rest of the table. The chef now hands the booklet
            to everybody, and has asked for one in Portuguese.
        """),
        values=(ASK_MORE, WHOLE_DAY),
        customer_words="For once I was not catching up with the evening. I was in it.",
        words_source="review",
        customer_role="a guest at a chef’s table",
        days_ago=9,
        hour=12,
        minute=15,
        cheers=cheers(
            love="tomasz shira anneli lars priya",
            applause="rafael marguerite mateo",
            wow="joana",
        ),
    ),
    Story(
        teller=at("aroha"),
        nominees=(at("wiremu"),),
        group=CUSTOMERS,
        moment="customer_love",
        headline="He only wanted to know how to cancel",
        what_they_did=prose("""
            A caller on the night line asked how to cancel a dance course. He had bought it for his
            partner, who had moved out. Wiremu cancelled it. Then he did not say goodbye for another
            forty minutes. At the end he asked one thing, whether there was somebody who could come
            round tonight, and waited on the line while the man rang his brother on the other phone.
        """),
        difference=prose("""
            The brother came. The man wrote three weeks later to ask if the course could be put
            back, beginners, single place.
        """),
        values=(ASK_MORE,),
        days_ago=13,
        hour=8,
        minute=50,
        cheers=cheers(love="tomasz marguerite noor adaeze femi junho gwenllian kwame"),
    ),
    Story(
        teller=at("wahyu"),
        nominees=(at("lena"),),
        group=CUSTOMERS,
        moment="customer_love",
        headline="Pottery for hands that shake",
        what_they_did=prose("""
            Somebody with Parkinson’s wrote to ask for an exchange. Her children had given her a
            lesson on the potter’s wheel and she did not want to hurt their feelings. Lena did not
            go straight to the exchange form. She rang the studio in Leipzig and asked the potter
            what she would do with hands that shake. "Slab," said the potter. "And texture. Shaking
            is good for texture." Lena passed that on word for word and left the choice open.
        """),
        difference=prose("""
            She went, and she made a dish with a surface that the potter photographed for the
            studio’s wall. She has since booked a course of six evenings, at her own expense.
        """),
        values=(ASK_MORE,),
        customer_words="Shaking is good for texture. I have that on a note on my fridge.",
        words_source="email",
        customer_role="a guest at a pottery studio",
        customer_name="Renate Vogelsang",
        customer_agreed=True,
        days_ago=28,
        hour=10,
        minute=55,
        cheers=cheers(love="tomasz dimitra zofia leopoldina nkechi", applause="femi hana odile"),
    ),
)
