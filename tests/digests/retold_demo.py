"""Stories of the demo company, as another colleague would have told them."""

from tests.digests.retold import Text

# By the headline of a story of the demo company: the same deed from another colleague.
DEMO_RETOLD = {
    "Payday, a locked safe and a man in the air": Text(
        "Theo got our pay out of a safe nobody could open",
        "The evening before payday the bank would not take our signing key, and the spare one was "
        "locked in the safe. Only Lars had the right code, and Lars was on a plane. Theo talked "
        "the airline into passing a message to his seat and rode in on his bicycle to open the "
        "safe. Ten minutes before the bank closed its window we were all paid.",
    ),
    "Locked gate, dark lane, two children and an owl": Text(
        "An owl walk rescued from the other side of the world",
        "I picked up the review this morning. A father and his two children were in front of a "
        "locked gate in the dark because we had mailed the owl centre the wrong night. Aroha, who "
        "was in Auckland, found a farm next door on the map and got the farmer to fetch the keeper "
        "with his torch. They had their night walk after all.",
    ),
    "Every shelf came down by forty centimetres": Text(
        "Sokha moved the shelves for her shoulder",
        "When Tegan came back after her operation she could not reach anything above her chest. "
        "She said nothing. Sokha saw it, stayed on after his shift and lowered the shelf with her "
        "boxes, then the whole row, labels too. We all like it better now.",
    ),
    "Forty-six calls before the harbour road": Text(
        "They were on the phone before the skippers were",
        "All boats stayed in because of the forecast, and forty-six bookings were about to set off "
        "for a harbour. Siân and Dimitra rang every one of them, the people with the longest drive "
        "first. Most of them rebooked right there on the phone. I have never seen that many calls "
        "before breakfast.",
    ),
    "Eleven ways to ask for the milk": Text(
        "Good evening, in sign language",
        "Jun-ho asked the new cleaner on the evening shift what she has to write on paper every "
        "day and learned to sign it. Then he taught the rest of us while the kettle boiled. I can "
        "sign that the milk is off, and there are drawings by Rosa on the cupboard.",
    ),
    "A letter, a stamp and the last train to Cardiff": Text(
        "She took the train so that Thandeka could stay",
        "The office in Cardiff wanted an original letter with a stamp on it by the next morning or "
        "Thandeka’s residence permit was gone. No courier would take it any more. Shira got Ingrid "
        "to sign, brought our dried-out stamp back to life and went on the last train herself.",
    ),
}
# By the same headlines: another deed of the same people.
DEMO_OTHER = {
    "Payday, a locked safe and a man in the air": Text(
        "The meeting room that ate every call",
        "For weeks every video call in the big room broke off after ten minutes. Theo sat in there "
        "for an evening with a stopwatch, found that the screen put the network to sleep, and "
        "taped a small switch to the table. Sales had their first whole call this week.",
    ),
    "Locked gate, dark lane, two children and an owl": Text(
        "A voucher for a flight nobody could find",
        "A customer rang late at night: her father’s balloon flight was nowhere in the system. "
        "Aroha looked through the old lists while she kept her talking, rang the pilot, and wrote "
        "the booking in by hand. The father flew in the morning and never knew.",
    ),
    "Every shelf came down by forty centimetres": Text(
        "The parcels for the islands",
        "The last boat to the islands leaves at four. Sokha noticed on Thursday that their parcels "
        "were at the bottom of the pile, stayed through his break, sorted all of them out and "
        "carried them to the driver himself. Nobody there got a present late.",
    ),
    "Forty-six calls before the harbour road": Text(
        "A refund before she had to ask",
        "A guest had paid twice for her seal trip and had not noticed. Siân and Dimitra did, while "
        "they were looking for something else. They rang her, said sorry, and the money was back "
        "the same day. She booked another trip on the same call.",
    ),
    "Eleven ways to ask for the milk": Text(
        "A first day with somebody beside you",
        "Three people began in the warehouse on one morning. Jun-ho walked each of them to their "
        "team, had lunch with them, and came back at five to ask what had been strange. He has "
        "changed two pages of the handbook since.",
    ),
    "A letter, a stamp and the last train to Cardiff": Text(
        "The form that nobody dared to sign",
        "Our health insurance wanted a form by Friday that named a person for each of our offices. "
        "Shira rang all four, got the names, found out that two of them had left years ago, and "
        "had new ones trained before the week was over.",
    ),
}
