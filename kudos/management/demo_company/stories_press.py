"""Stories of journalists and bloggers, who are the customers of those who answer them."""

from .company import ASK_MORE, JOURNALISTS, LEAVE_BETTER, LEND_HAND, ON_TIME, STRAIGHT, WHOLE_DAY
from .shapes import Story
from .telling import at, cheers, prose

PRESS_STORIES = (
    Story(
        teller=at("ellie"),
        nominees=(at("yusuf"),),
        group=JOURNALISTS,
        moment="wow",
        headline="He took a tape measure to the treehouse",
        what_they_did=prose("""
            A travel blogger who uses a wheelchair wanted to write about a treehouse that we call
            "step-free". Most of us would have sent her the link. I had the link in the mail, to be
            exact, when Yusuf asked me how we knew.

            We knew because the owner had ticked a box. So the day before, Yusuf took the train
            there with a tape measure and a sack of potatoes the weight of a suitcase. The ramp was
            fine: he wheeled the potatoes up it on a porter’s trolley, twice, once in the rain. The
            bed was the right height. The door was eighty-one centimetres, the path was gravel but
            short. Between ramp and bathroom there was a lip of seven centimetres, which the owner
            steps over every day and had stopped seeing.

            He told her that evening, with a photograph of the lip and the tape against it. He said
            that our page was wrong and would be changed whatever she decided to write. He had also
            measured another one, forty minutes off, that was right, potatoes included, and he gave
            her the number of the owner of the first one, who wanted to say sorry to her himself and
            to ask what sort of ramp she would buy.
        """),
        difference=prose("""
            She stayed in the other. Her piece is about how rarely anyone measures, and it is kinder
            to us than we had earned. Nineteen of our "step-free" pages have been measured since;
            four have lost the word.
        """),
        values=(STRAIGHT, LEAVE_BETTER),
        customer_words=prose("""
            Seven centimetres is the difference between a weekend and a wasted drive. Somebody there
            knows that now.
        """),
        words_source="social",
        customer_role="a travel blogger",
        days_ago=4,
        hour=14,
        minute=50,
        cheers=cheers(
            love="odile shira priya junho",
            applause="gwenllian ravi freyja oskaras",
            wow="zofia ingrid mateo",
        ),
    ),
    Story(
        teller=at("odile"),
        nominees=(at("zofia"),),
        helping_hands=(at("hamish"),),
        group=JOURNALISTS,
        moment="wow",
        headline="Front page at nine, pictures lost at twenty past eight",
        what_they_did=prose("""
            20:20. A local paper loses its pictures of our lantern-making night, and the page closes
            at nine. The picture editor rings everyone he can think of.

            20:24. Zofia is in a supermarket car park, ten minutes from the village hall. Hamish,
            who lives there, rings the woman with the key.

            20:36. Hall open, six volunteers and a dog relight forty lanterns.

            20:51. Four frames sent from the bonnet of her car, with captions, and names spelled by
            the people who own them.
        """),
        difference=prose("""
            The page closed with two minutes to spare, with the dog on it. The editor now calls us
            before he calls an agency.
        """),
        values=(LEND_HAND, ON_TIME),
        customer_words="Thirty-one minutes. I have waited longer for a log-in.",
        words_source="call",
        customer_role="a picture editor at a local paper",
        days_ago=12,
        hour=18,
        minute=10,
        cheers=cheers(love="rafael", applause="mateo ellie", wow="hana yusuf caoimhe valentina"),
    ),
    Story(
        teller=at("mateo"),
        nominees=(at("thandeka"), at("corinne")),
        group=JOURNALISTS,
        moment="customer_love",
        headline="A hard question about refunds, answered with the table",
        what_they_did=prose("""
            A consumer reporter asked how many of our vouchers run out unused, and what we do with
            the money. The usual reply to that is a paragraph about commitment. I had drafted it, I
            am sorry to say.

            Thandeka struck it out and asked Corinne if we had the number. We did: eleven in a
            hundred. Corinne made a table of five years, the bad year included, with a line on how
            each figure was counted. Thandeka checked that we were allowed to send it, and we sent
            it, within the reporter’s deadline and without a paragraph.
        """),
        difference=prose("""
            The article named three companies that would not say and one that did. Because the table
            lay about in the office for a week, everyone saw it too, and vouchers now remind their
            owners twice before they run out.
        """),
        values=(STRAIGHT, ON_TIME),
        customer_words="I had set aside two days to get this out of you.",
        words_source="email",
        customer_role="a reporter on consumer affairs",
        days_ago=18,
        hour=16,
        minute=0,
        cheers=cheers(applause="kwame odile agnieszka farah ingrid", love="hana"),
    ),
    Story(
        teller=at("yusuf"),
        nominees=(at("hana"),),
        group=JOURNALISTS,
        moment="customer_love",
        headline="Nine phone calls about one wrong zero",
        what_they_did=prose("""
            Our release said that a quarry dive goes to 140 metres. It goes to fourteen. Hana had
            not written it. She rang all nine people who had it, starting with the blogger who had
            already published, and said that the mistake was ours alone.
        """),
        difference=prose("""
            The blogger corrected within the hour. The other eight never printed it.
        """),
        values=(STRAIGHT,),
        days_ago=25,
        hour=10,
        minute=15,
        cheers=cheers(applause="ellie zofia odile mateo", wow="ravi"),
    ),
    Story(
        teller=at("zofia"),
        nominees=(at("mateo"),),
        group=JOURNALISTS,
        moment="customer_love",
        headline="The radio reporter who would not look down",
        what_they_did=prose("""
            She had agreed to do a live piece from a balloon and confessed in the car that ladders
            made her ill. It was twenty to seven; she was on air at half past. Mateo asked what the
            piece was meant to be about. People who are given a balloon flight and are frightened,
            she said, after a pause.

            So he stayed on the ground with her. He talked to the pilot, who clipped her microphone
            on to a nervous retired dentist, and she did the interview from the grass over the
            radio: what do you see, what do your knees say, would you like to come down?
        """),
        difference=prose("""
            The dentist wept with joy on live radio. It was the most replayed item of their week,
            and fourteen people rang to ask for "the one for cowards".
        """),
        values=(ASK_MORE,),
        customer_words="I kept my job, my breakfast and both feet on the ground.",
        words_source="call",
        customer_role="a radio reporter",
        days_ago=36,
        hour=11,
        minute=45,
        cheers=cheers(
            love="hana ellie rosa",
            applause="odile yusuf",
            wow="bilal nkechi dimitra caoimhe sian luca",
        ),
    ),
    Story(
        teller=at("hana"),
        nominees=(at("jasper"),),
        group=JOURNALISTS,
        moment="customer_love",
        headline="An answer for the smallest newsletter on our list",
        what_they_did=prose("""
            A schoolgirl who writes a newsletter for forty-one readers sent us twelve questions
            about who decides what an owl thinks of visitors. Jasper treated it as he would a
            national daily. He put three of the questions to a falconer and one to a vet, and told
            her which he could not get answered and why.
        """),
        difference=prose("""
            Her piece ran in two parts. The falconer, after thinking about question seven, has given
            the owls Mondays off.
        """),
        customer_words="Thank you for not saying great question.",
        words_source="email",
        customer_role="the editor of a newsletter, aged twelve",
        days_ago=44,
        hour=15,
        minute=15,
        cheers=cheers(love="ellie zofia aroha mabel adaeze anneli", wow="ingrid"),
    ),
    Story(
        teller=at("odile"),
        nominees=(at("ellie"), at("gwenllian")),
        group=JOURNALISTS,
        moment="customer_love",
        headline="Nut-free, from the flour to the tea towel",
        what_they_did=prose("""
            A food writer with a severe nut allergy had stopped accepting press days, because "we
            will let the chef know" had put her in an ambulance once. Ellie asked her for the list
            that she wishes people would use. It has thirty lines. Gwenllian went through it with
            the cookery school, line by line, flour sacks, marzipan shelf, tea towels, and where
            they could not say yes she wrote no.
        """),
        difference=prose("""
            There were two noes. She read them, came anyway with her own tea towel, and ate
            everything. The school uses her list for all its guests.
        """),
        values=(ASK_MORE, WHOLE_DAY),
        days_ago=51,
        hour=12,
        minute=30,
        cheers=cheers(love="rafael meiling", applause="hana jasper femi"),
    ),
)
