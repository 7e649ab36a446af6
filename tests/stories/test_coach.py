from typing import Any

import pytest

from stories.coach import TEXTS, hints

STORY = {
    "headline": "A kayak school kept its season because Priya read the forecast",
    "what_they_did": (
        "Priya saw the storm warning before our supplier did. She rang the kayak school at seven "
        "in the morning and moved forty-one bookings with its owner."
    ),
    "difference": "",
    "customer_words": "",
}
ALWAYS = {"words", "length"}
WORDING = {"action", "where_when", "change", "adjectives", "names"}


def coach(what_they_did: str = "", **more: Any) -> dict[str, bool]:
    blank = {"headline": "", "difference": "", "customer_words": ""}
    return {
        hint.name: hint.done for hint in hints(**blank | {"what_they_did": what_they_did} | more)
    }


def test_a_story_half_told_is_confirmed_and_asked_for_the_rest() -> None:
    assert coach(**STORY) == {
        "action": True,
        "where_when": True,
        "change": False,
        "words": False,
        "length": True,
    }


def test_a_story_well_told_has_no_question_left() -> None:
    told = STORY | {"difference": "Forty-one families paddled.", "customer_words": "You saved us."}
    assert all(coach(**told).values())


def test_hints_come_in_reading_order() -> None:
    told = hints(headline="", what_they_did="Great Mrs Okafor", difference="", customer_words="")
    assert [hint.name for hint in told] == list(TEXTS)


@pytest.mark.parametrize("nothing", ["", " \n\t", "\x00", "!!! … ???", "😀👍🏽❤️", "12 345"])
def test_an_empty_form_gets_the_opening_questions(nothing: str) -> None:
    assert coach(nothing, headline=nothing, difference=nothing, customer_words=nothing) == {
        "action": False,
        "where_when": False,
        "change": False,
        "words": False,
        "length": False,
    }


@pytest.mark.parametrize(
    "text",
    [
        "She walked the parcel over",
        "Ivo and his team drove all night",
        "They guaranteed the price",
        "Rebuilt the pump",
        "She agreed a new date with the school",
        "He brought a ladder",
    ],
)
def test_a_deed_is_an_action(text: str) -> None:
    assert coach(text)["action"]


@pytest.mark.parametrize(
    "text",
    [
        "She is the one you need in every hundred",
        "They helped and supported us through it",
        "He went above and beyond for them",
        "She went the extra mile",
        "It made their day",
        "He made a really huge difference to them",
        "She is dedicated and talented",
        "The red shed is indeed there",
        "Thank you for this, Ahmed",
    ],
)
def test_praise_in_the_past_tense_is_no_action(text: str) -> None:
    assert coach(text)["action"] is False


def test_the_headline_may_name_the_action() -> None:
    assert coach(headline="Priya rebuilt the booking page")["action"]


@pytest.mark.parametrize(
    "text",
    [
        "She rang them on Tuesday",
        "She rang them at 7:15",
        "She rang them from the harbour",
    ],
)
def test_a_time_or_a_place_sets_the_scene(text: str) -> None:
    assert coach(text)["where_when"]


def test_neither_time_nor_place_leaves_the_scene_open() -> None:
    assert coach("She rang them and moved the booking")["where_when"] is False


@pytest.mark.parametrize(
    "text",
    [
        "She moved the booking so that they could sail",
        "They no longer wait for the invoice",
        "She saved them the drive",
        "She rang them instead of writing",
    ],
)
def test_an_outcome_is_a_change_wherever_it_is_told(text: str) -> None:
    assert coach(text)["change"]


@pytest.mark.parametrize(
    "text",
    [
        "The school opened",
        "From nine days to two",
        "41 families on the water",
        "Down by 30 %",
        "€ 400 back in the till",
        "Nineteen bookings a month",
        "They can sail again",
        "Invoices are faster",
    ],
)
def test_the_difference_says_what_changed(text: str) -> None:
    assert coach("She rang them", difference=text)["change"]


@pytest.mark.parametrize(
    "text", ["It made a huge difference", "It was really appreciated", "They are so happy", "7"]
)
def test_a_difference_without_content_stays_a_question(text: str) -> None:
    assert coach("She rang them", difference=text)["change"] is False


def test_a_number_of_things_done_is_not_yet_a_change() -> None:
    assert coach("She drove from Porto to Braga with 41 parcels")["change"] is False


@pytest.mark.parametrize("said", ["Thank you.", "Danke!", "شكرا", "ありがとう"])
def test_the_customer_s_words_count_in_any_language(said: str) -> None:
    assert coach(customer_words=said)["words"]


@pytest.mark.parametrize("said", ["", " ", "❤️❤️❤️", "...", "\x00"])
def test_what_has_no_word_in_it_is_nobody_s_words(said: str) -> None:
    assert coach(customer_words=said)["words"] is False


def test_the_headline_does_not_make_a_story_long() -> None:
    assert coach(headline="word " * 40)["length"] is False


@pytest.mark.parametrize(
    "text",
    [
        "Great job!",
        "Amazing colleague, always helpful",
        "She is so kind and professional, a star",
        "Kind, generous, wonderful, reliable Priya answered",
    ],
)
def test_praise_alone_is_asked_for_its_moment(text: str) -> None:
    assert coach(text)["adjectives"] is False


def test_a_kind_word_beside_a_deed_is_welcome() -> None:
    told = coach("Our wonderful Priya drove the parcel to the station and rang the owner")
    assert "adjectives" not in told


def test_words_that_only_look_like_adjectives_are_no_praise() -> None:
    assert "adjectives" not in coach("The previous executive will receive the archive")


@pytest.mark.parametrize(
    "text",
    [
        "She drove Mrs Okafor's parcel home",
        "She rang Mr. King and he was there",
        "She rang Ms O’Brien",
        "She rang Dr. Jean-Luc",
        "Then Grace Okafor was stranded",
        "She was there for Ahmed Hassan on Tuesday",
        "She told ‘Grace Okafor’ about it",
        "She called Maria da Silva back",
        "She Rang Mrs Okafor And Then Drove Home",
    ],
)
def test_a_name_in_the_text_is_asked_about(text: str) -> None:
    assert coach(text)["names"] is False


@pytest.mark.parametrize("field", ["headline", "difference", "customer_words", "customer_role"])
def test_a_name_is_seen_in_every_field(field: str) -> None:
    assert "names" in coach("She rang the owner", **{field: "It was for Grace Okafor"})


@pytest.mark.parametrize(
    "text",
    [
        "She rang the owner of a kayak school",
        "On Monday Priya rang the harbour in December",
        "A Kayak School Kept Its Season And Was Happy",
        "She rang the Marketing Manager about SAP and VIP things",
        "Then Priya, Ivo and Sofia rang them. Customer Service was there",
        "THE WHOLE STORY IS IN CAPITALS AND SO ARE THEY",
    ],
)
def test_what_is_no_full_name_is_left_alone(text: str) -> None:
    assert "names" not in coach(text)


def test_a_customer_who_agreed_may_be_named() -> None:
    assert "names" not in coach("She rang Mrs Okafor", customer_agreed=True)


@pytest.mark.parametrize("text", ["Priya Desai rang them", "She rang Ms Desai, our colleague"])
def test_colleagues_may_be_named(text: str) -> None:
    assert "names" not in coach(text, colleagues=frozenset({"Ivo Horvat", "PRIYA DESAI"}))


def test_names_of_two_colleagues_do_not_excuse_a_third() -> None:
    told = coach("She rang Ivo Desai", colleagues=frozenset({"Ivo Horvat", "Priya Desai"}))
    assert "names" in told


@pytest.mark.parametrize("name", sorted(ALWAYS | WORDING))
def test_every_open_hint_is_a_kind_question(name: str) -> None:
    question = _source_text(TEXTS[name][False])
    assert "?" in question
    assert "!" not in question


def _source_text(promise: Any) -> str:
    """The untranslated text: settings are no business of a pure function's tests."""
    return str(promise._args[0])
