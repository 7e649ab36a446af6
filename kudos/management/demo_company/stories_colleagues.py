"""Stories of employees, who are the customers of those who pay, equip and look after them."""

from .company import ASK_MORE, EMPLOYEES, LEAVE_BETTER, LEND_HAND, ON_TIME, STRAIGHT, WHOLE_DAY
from .shapes import Story
from .telling import at, cheers, prose

COLLEAGUE_STORIES = (
    Story(
        teller=at("agnieszka"),
        nominees=(at("theo"),),
        group=EMPLOYEES,
        moment="wow",
        headline="Payday, a locked safe and a man in the air",
        what_they_did=prose("""
            At ten in the evening before payday the bank’s signing key stopped working. The spare is
            in the safe. The code of the safe was known to me, who had it wrong, and to Lars, who
            was over the North Sea.

            Theo came in on his bicycle, in what I am fairly sure were pyjamas under the coat. He
            got through to the airline’s ground desk and had a message walked to seat 14C. The reply
            came back through the pilot’s company radio, to a call centre, to Theo: six digits and
            the words "clear it first". It was ten to midnight. The bank’s window closes at
            midnight.
        """),
        difference=prose("""
            Sixty-odd people were paid on the day. There are now three keys, three people, two
            buildings, and no arrangement that depends on 14C.
        """),
        values=(LEND_HAND, LEAVE_BETTER),
        days_ago=5,
        hour=9,
        minute=5,
        cheers=cheers(
            love="rosa beatriz mabel",
            applause="dmytro ngoc corinne daniel kwame",
            wow="lars farah luca thandeka stanimir arjun",
        ),
    ),
    Story(
        teller=at("bronwen"),
        nominees=(at("farah"),),
        group=EMPLOYEES,
        moment="customer_love",
        headline="She brought the payslips over, and stayed to read them",
        what_they_did=prose("""
            Three of my people have no mailbox, so their payslips go up on a hook in a sealed
            envelope. Farah has walked them over herself since she started. This month Sokha asked
            her what one of the lines meant. Instead of explaining it from memory she sat down on a
            pallet and worked it out with him, and it was wrong. The early-shift allowance had been
            missing for eleven months, for all three of them.
        """),
        difference=prose("""
            All of it was paid by the end of the week, with a letter that says how much, why, and
            who to shout at. Every payslip has lost four abbreviations. I had signed those rotas for
            eleven months and not seen it either.
        """),
        values=(ASK_MORE, STRAIGHT),
        customer_words="She did the sum in front of me. I like that.",
        words_source="visit",
        customer_role="a colleague in Dispatch",
        days_ago=6,
        hour=13,
        minute=35,
        cheers=cheers(
            love="stanimir tegan adaeze rosa shira",
            applause="agnieszka ingrid lars pekka",
        ),
    ),
    Story(
        teller=at("adaeze"),
        nominees=(at("junho"),),
        helping_hands=(at("rosa"),),
        group=EMPLOYEES,
        moment="customer_love",
        headline="Eleven ways to ask for the milk",
        what_they_did=prose("""
            When a new cleaner who signs joined the evening shift, Jun-ho did not send round a
            booklet. He asked her what she was tired of writing on paper. She made a list of eleven
            things, "milk’s off" among them, and he learned to sign these and taught them at the
            kettle, three minutes at a time, to whoever was waiting for it to boil. Rosa drew them
            for the cupboard door.
        """),
        difference=prose("""
            About thirty of us can now say good evening, thank you, and that the dishwasher is
            lying. She has added eleven more, and says that the first week here was the shortest
            first week she has had.
        """),
        values=(ASK_MORE,),
        days_ago=19,
        hour=17,
        minute=25,
        cheers=cheers(
            love="mabel luca hana oskaras ngoc farah",
            applause="samira theo",
            wow="pekka dmytro",
        ),
    ),
    Story(
        teller=at("thandeka"),
        nominees=(at("shira"),),
        group=EMPLOYEES,
        moment="wow",
        headline="A letter, a stamp and the last train to Cardiff",
        what_they_did=prose("""
            My residence permit depended on an original letter, on paper, with a wet signature, on
            the official’s desk by nine the next morning. I found out at four in the afternoon.
            Shira wrote it, ran down two floors, caught Ingrid at the lift, discovered that the
            company stamp had been dry since before either of us joined, and revived it with hand
            sanitiser and a biro.

            The courier had gone. So she took the train, slept at a friend’s, and was in the queue
            at eight.
        """),
        difference=prose("""
            I am still here. There is a new stamp, and a calendar that tells Shira ninety days ahead
            whose papers run out, so that the next one of us will not even have to ask.
        """),
        values=(WHOLE_DAY, ON_TIME, LEAVE_BETTER),
        days_ago=24,
        hour=15,
        minute=40,
        cheers=cheers(
            love="kwame adaeze beatriz priya arjun wahyu meiling",
            applause="mabel",
            wow="ingrid nkechi pekka femi",
        ),
    ),
    Story(
        teller=at("wiremu"),
        nominees=(at("pekka"),),
        group=EMPLOYEES,
        moment="customer_love",
        headline="The all-hands came to us, at breakfast",
        what_they_did=prose("""
            For two years Aroha and I have watched the company meeting as a recording, at double
            speed. I said so once, as a joke. Pekka did the sum and then gave the whole meeting
            again at eight in the evening his time: same slides, same guests for the ones who could
            stay, questions from us first. He had not told us. We logged in to a meeting that had
            two people in it and both were us.
        """),
        difference=prose("""
            Every second all-hands now starts in our morning and Bristol gets the recording.
            Attendance from Auckland, Kolkata and the night shift went from nil to everyone.
        """),
        values=(LEAVE_BETTER,),
        days_ago=30,
        hour=9,
        minute=0,
        cheers=cheers(love="aroha arjun", applause="tomasz shira adaeze camille lena"),
    ),
    Story(
        teller=at("tegan"),
        nominees=("W-022",),
        group=EMPLOYEES,
        moment="customer_love",
        headline="Every shelf came down by forty centimetres",
        what_they_did=prose("""
            After my shoulder operation I was allowed to lift things from hip to chest and nothing
            higher. I did not make a fuss of it, I just took longer. On my second morning back the
            boxes that I use were lower. On the third, so were the labels. Sokha had stayed behind
            twice, moved forty metres of shelf, and marked the old holes with chalk so that it could
            be undone when I was better.
        """),
        difference=prose("""
            I was off light duties a fortnight early. It has not been undone: it turns out that
            everybody prefers it there, and Delroy’s back has stopped complaining as well.
        """),
        values=(LEND_HAND,),
        days_ago=39,
        hour=11,
        minute=15,
        cheers=cheers(love="bronwen stanimir shira", applause="petra theo giorgi", wow="mabel"),
    ),
    Story(
        teller=at("priya"),
        nominees=(at("freyja"),),
        helping_hands=(at("oskaras"),),
        group=EMPLOYEES,
        moment="customer_love",
        headline="Two days on a chair behind me, and the orange button went",
        what_they_did=prose("""
            Our screen in Care has an orange button which nobody dares to press. Freyja came to sit
            behind me for an hour to see how we use the page. She stayed two days. She counted that
            I scroll to the same field two hundred times in a shift, wrote down every word that I
            muttered, and at the end asked about the button.

            None of us knew. She traced it: it voids a voucher, with no question and no way back,
            and it had been pressed eleven times last year by people reaching for "save".
        """),
        difference=prose("""
            The button is gone, the field is at the top, and a call is shorter by forty seconds on
            average. I still mutter, about other things.
        """),
        values=(ASK_MORE, LEAVE_BETTER),
        customer_words="It is the first change that made me faster without a training day.",
        words_source="survey",
        customer_role="a colleague in Customer Care",
        days_ago=45,
        hour=14,
        minute=20,
        cheers=cheers(
            applause="marguerite tomasz sian dmytro noor", love="dimitra femi", wow="lena"
        ),
    ),
    Story(
        teller=at("ngoc"),
        nominees=(at("samira"),),
        group=EMPLOYEES,
        moment="customer_love",
        headline="Somebody kept his work going while he was away",
        what_they_did=prose("""
            When one of us lost his mother, he left in the middle of a release and without a
            handover. Samira read his notes, finished what he had begun under his own name, and
            answered his pager for sixteen nights. She asked me not to mention it in the team
            meeting, so I am not.
        """),
        difference=prose("""
            He came back to an empty inbox and a piece of work that was done the way he would have
            done it. He took two more days at home because he could.
        """),
        private=True,
        days_ago=16,
        hour=18,
        minute=30,
    ),
    Story(
        teller=at("wiremu"),
        nominees=(at("junho"),),
        group=EMPLOYEES,
        moment="customer_love",
        headline="He asked why I was awake",
        what_they_did=prose("""
            I wrote to Jun-ho about a training date. He answered the question and then wrote: "This
            is the fourth mail from you at three in the morning your time. You do not have to tell
            me why." I did tell him, in the end. He found me a doctor near home, moved my shifts for
            two months without giving anybody a reason, and rang on Tuesdays.
        """),
        difference=prose("""
            I sleep. I would have left by now, I think, and nobody would have known what for.
        """),
        private=True,
        days_ago=41,
        hour=20,
        minute=15,
        cheers=cheers(love="adaeze"),
    ),
)
