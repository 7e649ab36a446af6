"""Deeds told twice, and people who did two: what the choice has to tell apart.

Nobody is named: the choice takes the nominees' names out before it compares.
"""

from typing import NamedTuple


class Text(NamedTuple):
    headline: str
    body: str


# Told alike on purpose: one kind of help for two customers, by one person.
ALIKE = [
    (
        Text(
            "A kayak school kept its season",
            "When the river flooded in May the kayak school lost its jetty and was about to refund "
            "every booking. She rang the school at seven in the morning, moved forty-one bookings "
            "to the lake upstream and wrote to every guest herself. Nobody lost a trip, and the "
            "owner could tie down her boats.",
        ),
        Text(
            "The climbing wall that lost its heating",
            "The climbing hall had no heating for a week and its owner wanted to cancel every "
            "booking. She rang the guests one by one, moved twelve of them to the morning when the "
            "sun warms the hall, and wrote to the others herself. The owner kept her week, and two "
            "guests came back.",
        ),
    ),
    (
        Text(
            "Fixed the report before the board met",
            "Finance found a wrong figure in the report an hour before the board met. He traced it "
            "to a query that counted refunds twice, fixed it and sent the new report with ten "
            "minutes to spare.",
        ),
        Text(
            "Fixed the export that lost our umlauts",
            "For months our partners got names with question marks in the export. He traced it to "
            "an old encoding, fixed the query and sent everybody a new file with a note that said "
            "what had happened.",
        ),
    ),
    (
        Text(
            "Answered a journalist at midnight",
            "A journalist from the regional paper needed figures for the morning edition and "
            "nobody was at the desk. She saw the message at midnight, got out of bed, checked the "
            "figures against the report and sent them with a chart the paper could print.",
        ),
        Text(
            "A blogger and her blind reader",
            "A blogger asked for the text of our pictures because one of her readers is blind. She "
            "wrote a description of each picture the same evening, checked them with the reader, "
            "and the journalist of a regional paper picked the story up.",
        ),
    ),
]
# One deed, in two colleagues' words.
TWICE = [
    (
        ALIKE[0][0],
        Text(
            "After the flood",
            "The jetty at the kayak school was gone after the flood. I would have sent refunds. "
            "She was on the phone to the owner before I had my coffee, and by noon all forty-one "
            "guests had a new place on the lake. The owner told me she had not slept.",
        ),
    ),
    (
        ALIKE[2][0],
        Text(
            "The chart in Tuesday's paper",
            "You may have seen our chart in the regional paper. She made it at midnight because "
            "the journalist had missed everyone else, and checked every figure against the annual "
            "report before she sent it off.",
        ),
    ),
    (
        Text(
            "He drove the cake across town",
            "The courier dropped a wedding cake at our depot instead of the hotel, with two hours "
            "to go. He put it on the passenger seat of his own car, belted it in and drove to the "
            "hotel at thirty miles an hour. The bride never knew.",
        ),
        Text(
            "A wedding cake with a seat belt",
            "A courier left somebody's wedding cake with us by mistake. He found the hotel's "
            "address on the label, strapped the cake into his car and brought it there himself, "
            "very slowly. It stood on the table before the guests came in.",
        ),
    ),
    (
        Text(
            "The new starter had no laptop",
            "Our new colleague came on Monday and her laptop had not arrived. He lent her his own, "
            "spent the morning setting up her accounts and sat in a corner with a borrowed tablet "
            "for two days.",
        ),
        Text(
            "Two days on a tablet so she could begin",
            "He gave the new colleague his own laptop on her first Monday, because hers was stuck "
            "at customs. He set up all her accounts and then worked from a tablet until it came.",
        ),
    ),
    (
        Text(
            "A refund without a form",
            "An elderly customer had been sent in circles for a refund of her cancelled balloon "
            "flight. He called her, filled in the form for her, and walked it to finance the same "
            "afternoon. The money was in her account next day.",
        ),
        Text(
            "He walked it to finance",
            "She is 84 and had asked for the money for her balloon flight four times. He took the "
            "call, did the refund form for her and carried it up to finance himself. She got it "
            "the next day and sent us a card.",
        ),
    ),
]
# The same in languages and scripts of their own.
RETOLD = [
    (
        Text(
            "Er blieb, bis die Rechnung stimmte",
            "Unser Papierlieferant hatte drei Monate lang den falschen Betrag bekommen. Er blieb "
            "am Freitagabend im Büro, ging mit der Buchhalterin am Telefon alle Lieferscheine "
            "durch und fand heraus, dass wir noch die alte Preisliste benutzten. Am selben Abend "
            "hat er die Differenz überwiesen.",
        ),
        Text(
            "Drei falsche Rechnungen",
            "Der Papierlieferant wollte nicht mehr liefern. Er hat am Freitag bis neun mit deren "
            "Buchhalterin telefoniert, die Lieferscheine Zeile für Zeile verglichen und entdeckt, "
            "dass in unserem System noch die Preisliste vom letzten Jahr steht. Vor dem Wochenende "
            "war alles bezahlt.",
        ),
    ),
    (
        Text(
            "Плюшевый мишка вернулся",
            "Маленький мальчик забыл плюшевого мишку в поезде после экскурсии. Он обзвонил четыре "
            "станции, попросил проводника посмотреть под сиденьями и отправил игрушку "
            "экспресс-почтой.",
        ),
        Text(
            "Мишка и четыре станции",
            "Мама написала, что плюшевый мишка остался в поезде. Он звонил на каждую станцию, пока "
            "проводник не нашёл его под сиденьем, и наутро экспресс-почта привезла игрушку домой.",
        ),
    ),
    (
        Text(
            "皮划艇学校保住了整个旺季",
            "五月河水上涨，皮划艇学校的码头被冲走了，老板准备退掉所有预订。她早上七点就给学校打电话，"
            "把四十一个预订改到上游的湖边，并亲自给每位客人写信。没有一位客人取消行程。",
        ),
        Text(
            "洪水之后",
            "皮划艇学校的码头被洪水冲走以后，我本来打算退款。她一大早就打电话给老板，到中午四十一个"
            "预订全部改到了湖边。老板说她一夜没睡，她让老板先坐下来休息。",
        ),
    ),
    (
        Text(
            "迷子のテディベアを探して",
            "日帰り旅行の後、小さな男の子が電車にテディベアを忘れました。彼は四つの駅に電話をかけ、"
            "車掌さんに座席の下を確認してもらい、速達で送り返しました。",
        ),
        Text(
            "くまと四つの駅",
            "お母さんからテディベアを電車に忘れたと連絡がありました。彼は路線のすべての駅に電話し、"
            "車掌さんが座席の下で見つけました。翌朝には速達で届きました。",
        ),
    ),
    (
        Text(
            "ตามหาตุ๊กตาหมี",
            "เด็กชายลืมตุ๊กตาหมีไว้บนรถไฟหลังการเดินทาง เขาโทรหาสถานีรถไฟสี่แห่งและขอให้พนักงานดูใต้ที่นั่ง "
            "แล้วส่งกลับทางด่วน",
        ),
        Text(
            "ตุ๊กตาหมีกับสถานีสี่แห่ง",
            "คุณแม่เขียนมาว่าลืมตุ๊กตาหมีไว้บนรถไฟ เขาโทรหาทุกสถานี จนพนักงานพบใต้ที่นั่ง และส่งด่วนกลับมาในเช้าวันถัดไป",
        ),
    ),
]
# Two deeds of one person in the same languages.
OTHER = [
    (
        RETOLD[0][0],
        Text(
            "Die Bank wollte ein Formular",
            "Eine kleine Töpferei wartete seit Wochen auf ihr Geld, weil unsere Bank ein Formular "
            "verlangte, das es nicht mehr gibt. Er hat am Montag so lange mit der Bank "
            "telefoniert, bis jemand zuständig war, und das Geld am selben Abend überwiesen.",
        ),
    ),
    (
        RETOLD[1][0],
        Text(
            "Счёт исправлен",
            "Поставщик бумаги три месяца получал неверную сумму. Он остался в пятницу вечером, "
            "проверил все накладные по телефону с бухгалтером и оплатил разницу в тот же день.",
        ),
    ),
    (
        RETOLD[2][0],
        Text(
            "给听障客人的菜单",
            "有一位客人听不见，预订时只写了请安排面向厨房的座位。她打电话给餐厅问清楚原因，又写信问客人"
            "想要什么，最后请厨师把每道菜的故事写下来，做成一本小册子。客人那天晚上和大家一起笑了。",
        ),
    ),
    (
        RETOLD[3][0],
        Text(
            "深夜の問い合わせに答えた",
            "夜中に記者の方から数字の問い合わせがありました。彼はすぐに起きて報告書を確認し、グラフを"
            "作って送りました。翌朝の新聞にそのグラフが載りました。",
        ),
    ),
    (
        RETOLD[4][0],
        Text(
            "บัตรกำนัลที่หมดอายุ",
            "ลูกค้าโทรมาเพราะบัตรกำนัลหมดอายุ เขาโทรกลับตอนสี่โมงตามที่สัญญาไว้ หาบัตรในระบบเก่าและต่ออายุให้อีกหนึ่งปี",
        ),
    ),
]
