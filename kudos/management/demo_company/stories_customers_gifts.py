"""Stories of customers before the day itself: the buying, the printing, the posting."""

from .company import ASK_MORE, CUSTOMERS, LEAVE_BETTER, LEND_HAND, ON_TIME, STRAIGHT, WHOLE_DAY
from .shapes import Story
from .telling import at, cheers, prose

GIFT_STORIES = (
    Story(
        teller=at("tomasz"),
        nominees=(at("wahyu"),),
        group=CUSTOMERS,
        moment="wow",
        headline="A balloon over the valley, five days before the operation",
        what_they_did=prose("""
            A woman had given her husband a balloon flight, and the weather had cancelled it four
            times. On the phone she mentioned, almost in passing, that he was having an eye
            operation on the Monday which might leave him with very little sight. She was ringing to
            ask for her money back.

            Wahyuningsih asked her to wait a day. She rang three pilots who do not usually fly for
            us in that valley, read the wind charts with one of them, and found a launch on
            Wednesday at ten to six in the morning, sixty miles from where the couple live. Then she
            thought about the drive, in the dark, with a man who no longer drives at night, and
            booked a taxi both ways from the goodwill budget.
        """),
        difference=prose("""
            They flew. He saw his own town from above, and the river all the way to the sea. The
            refund request was withdrawn, and the third pilot now flies for us on weekdays.
        """),
        values=(WHOLE_DAY, ASK_MORE),
        customer_words=prose("""
            He has been describing it to me every evening, field by field, as though he were putting
            it away safely.
        """),
        words_source="email",
        customer_role="a wife who gave her husband a balloon flight",
        days_ago=2,
        hour=10,
        minute=25,
        cheers=cheers(
            love="marguerite priya noor ingrid hamish gwenllian mabel farah",
            applause="ravi dmytro",
            wow="lena aroha bilal ellie",
        ),
    ),
    Story(
        teller=at("stanimir"),
        nominees=("W-014",),
        group=CUSTOMERS,
        moment="customer_love",
        headline="Happy 80th, Grandpa, and mind the parachute",
        what_they_did=prose("""
            Delroy packs about four hundred envelopes a shift and reads the card in every one of
            them. Last week one said "Happy 80th Grandpa, enjoy the tea and cake". The voucher
            behind it was for a tandem skydive, upper age limit seventy. He took it off the belt,
            walked it over to the office and stood there until somebody phoned Care. Two orders from
            the same street had swapped cards at the printer.
        """),
        difference=prose("""
            Both envelopes were put right before the van left. Grandpa got his afternoon tea; a
            twenty-six-year-old got her skydive and not a cake stand.
        """),
        values=(ON_TIME,),
        days_ago=8,
        hour=14,
        minute=5,
        cheers=cheers(
            love="bronwen tegan",
            applause="luca sian femi thandeka lars",
            wow="oskaras mateo giorgi",
        ),
    ),
    Story(
        teller=at("priya"),
        nominees=(at("luca"),),
        helping_hands=(at("oskaras"),),
        group=CUSTOMERS,
        moment="wow",
        headline="The date picker that would not speak",
        what_they_did=prose("""
            Hazel Denholm is blind and had a perfumery workshop to book. Our calendar read out
            "button, button, button" to her, forty-two times. I could have booked it for her and
            hung up, and I said so to Luca, who happened to be at the next desk collecting a parcel.
            He asked whether she would let him listen.

            She did. He sat on my call for twenty-five minutes and said almost nothing except "could
            you do that once more, please". That evening he turned on a screen reader, turned off
            his monitor and tried to buy a gift himself. It took him an hour and he failed. Oskaras
            helped him to name the days properly, and Hazel tried the new calendar two days later,
            before anybody else had it.
        """),
        difference=prose("""
            She booked the second date in under a minute, alone. Since it went live, eleven people
            who use a screen reader have finished a booking without ringing us; in the month before,
            one.
        """),
        values=(ASK_MORE, LEAVE_BETTER),
        customer_words="I have never been asked to do it again because somebody was interested.",
        words_source="call",
        customer_role="a guest at a perfumery workshop",
        customer_name="Hazel Denholm",
        customer_agreed=True,
        days_ago=11,
        hour=16,
        minute=40,
        cheers=cheers(
            love="hana shira dimitra adaeze",
            applause="ngoc dmytro arjun theo freyja",
            wow="marguerite tomasz",
        ),
    ),
    Story(
        teller=at("tegan"),
        nominees=("W-017",),
        group=CUSTOMERS,
        moment="customer_love",
        headline="Three hundred and forty barcodes, two millimetres to the left",
        what_they_did=prose("""
            On the third sheet of a run Mihaela stopped the press. Nothing looked wrong to me. The
            barcode had slipped two millimetres into the fold, where no scanner would read it. She
            re-set the guide and stayed to print the lot again before the van.
        """),
        difference=prose("""
            Three hundred and forty people can hand over a voucher that works, and will never know
            about this.
        """),
        values=(ON_TIME, LEAVE_BETTER),
        days_ago=17,
        hour=17,
        minute=50,
        cheers=cheers(applause="bronwen stanimir lars priya", love="rosa"),
    ),
    Story(
        teller=at("dimitra"),
        nominees=(at("femi"),),
        group=CUSTOMERS,
        moment="customer_love",
        headline="A voucher for two, when there was one",
        what_they_did=prose("""
            A man rang about a bread-baking day for two that had run out in the week his wife died.
            Femi extended it, and then asked if he would like it as two mornings for one person. He
            also asked the baker to keep him the bench by the window, next to her and away from the
            couples.
        """),
        difference=prose("""
            He has used both mornings. The baker says he comes by on Saturdays now, to buy flour.
        """),
        values=(ASK_MORE,),
        days_ago=23,
        hour=11,
        minute=10,
        cheers=cheers(love="marguerite sian noor priya wahyu joana pekka agnieszka caoimhe hana"),
    ),
    Story(
        teller=at("lena"),
        nominees=(at("corinne"),),
        group=CUSTOMERS,
        moment="customer_love",
        headline="Charged twice, with the rent due in the morning",
        what_they_did=prose("""
            A student had saved up for a stargazing night for her mother and our payment page took
            the money twice. The standard answer is five working days. Her rent was due the next
            day.

            I asked Corinne without much hope, at ten to four. She did not send it back through the
            card, which is the slow part. She rang the student’s bank with the student on the line,
            proved that it was ours, and made a same-day transfer. Afterwards she looked up who else
            it had happened to that afternoon. There were six, and none of them had noticed yet.
        """),
        difference=prose("""
            The money was in the account by ten past five, and the rent went out. The other six had
            a refund and an apology before they could find the error themselves.
        """),
        values=(STRAIGHT, LEND_HAND),
        customer_words="I had already written to my landlord. Then I wrote again to say never mind.",
        words_source="email",
        customer_role="a student who gave her mother a stargazing night",
        days_ago=31,
        hour=9,
        minute=15,
        cheers=cheers(love="tomasz", applause="agnieszka daniel lars kwame sian", wow="samira"),
    ),
    Story(
        teller=at("sian"),
        nominees=(at("priya"),),
        group=CUSTOMERS,
        moment="wow",
        headline="The ring went to his mother",
        what_they_did=prose("""
            A customer was going to propose at the top of a lighthouse. To be sure of not losing the
            ring he had taped it into our gift box, and then, being a tidy man, he put the box with
            the others he had ready for the post. His mother unwrapped it on Tuesday. She was
            delighted, and a little confused.

            Priya had eighteen hours. She rang the mother, who swore herself to silence. She found
            that the lighthouse keeper’s sister lives two streets from her and drives out every day
            with the milk, and asked all three of them very nicely. The keeper hid the ring in the
            log book at the page for that day, and asked the couple to sign in.
        """),
        difference=prose("""
            She said yes before he had finished. His mother got a pottery lesson, so as not to have
            opened nothing, and the log book has an entry with two signatures and a jam stain.
        """),
        values=(WHOLE_DAY, LEND_HAND),
        customer_words="You people know my mother better than I do now.",
        words_source="call",
        customer_role="a man with a plan and a lighthouse",
        days_ago=38,
        hour=13,
        minute=30,
        cheers=cheers(
            love="mabel dimitra rosa caoimhe nkechi",
            applause="rafael",
            wow="tomasz hamish yusuf luca bronwen theo will",
        ),
    ),
    Story(
        teller=at("bronwen"),
        nominees=(at("petra"),),
        helping_hands=("W-022",),
        group=CUSTOMERS,
        moment="customer_love",
        headline="A birthday card in dots",
        what_they_did=prose("""
            A grandmother asked, in the box meant for delivery notes, whether the card could be "for
            fingers", because the boy it was for reads Braille. We had nothing of the kind. Petra
            borrowed a slate and stylus from the library, practised on the backs of spoiled sleeves
            over two lunches, and had the boy’s school check her spelling. Sokha cut a sleeve of
            thicker stock so that the dots would survive the post.
        """),
        difference=prose("""
            He read out his own present, which was a morning with owls. Petra left us her sheet of
            instructions, and we have made nine more cards since.
        """),
        customer_words="He made us all sit down and be quiet, and then he read it to us.",
        words_source="survey",
        customer_role="the grandmother of a boy who likes owls",
        days_ago=47,
        hour=15,
        minute=20,
        cheers=cheers(love="tegan stanimir ingrid adaeze dimitra shira", applause="mateo ravi"),
    ),
)
