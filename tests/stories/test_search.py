"""Search finds what everybody may read, in the words that people type."""

import pytest

from accounts.models import User
from stories.models import Story
from stories.search import to_terms
from tests.factories import UserFactory, tell_story
from tests.stories.searching import found

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "text",
    [
        "booking",
        "booked",
        "bookin",
        "boo",
        "BOOKINGS",
        "forty-one",
        "owner's",
        "owners",
        "cafe",
        "café",
        "wonderful",
        "baker",
        "Priya",
        "desai",
        "Ana Lima",
        "priya bookings lak",
        "the café by the lake",
    ],
)
def test_finds_a_story_by(text: str, bookings: Story) -> None:
    assert found(text) == ["The café at the lake"]


@pytest.mark.parametrize("text", ["kayak", "okings", "bookings kayak", "bookin lake"])
def test_does_not_find_a_story_by(text: str, bookings: Story) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "headlines"), [("x", ["Plan X"]), ("pl", ["Plan X"]), ("p", []), ("plan p", [])]
)
def test_one_letter_is_a_word_and_not_the_beginning_of_one(
    text: str, headlines: list[str], teller: User, stranger: User
) -> None:
    tell_story(teller, stranger, headline="Plan X")

    assert found(text) == headlines


def test_finds_helping_hands(teller: User, nominee: User, stranger: User) -> None:
    tell_story(teller, nominee, headline="One", helping_hands=[stranger])

    assert found("sam stone") == ["One"]


def test_finds_letters_that_carry_no_accent(teller: User) -> None:
    tell_story(teller, UserFactory(name="Søren Łukasz"), headline="One")

    assert found("soren lukasz") == ["One"]


def test_finds_names_in_their_own_script(teller: User) -> None:
    tell_story(teller, UserFactory(name="Юлия Ким"), headline="One")

    assert found("Юлия") == ["One"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "'",
        '"',
        '"unclosed',
        "a' OR 1=1 --",
        "* : & | ! ( ) < >",
        "headline:storm",
        "storm*",
        "NEAR(a b)",
        "NOT",
        "AND OR NOT",
        "null\x00byte",
        "%s %(x)s",
        "\\",
        "-",
        "🎉🎉",
        "x" * 10_000,
        "word " * 2_000,
        "the",
        "\u202eabc",
    ],
)
def test_no_question_is_an_error(text: str, bookings: Story) -> None:
    assert found(text) in ([], ["The café at the lake"])


def test_only_punctuation_asks_for_nothing() -> None:
    assert to_terms("'*:&|!") == []


def test_words_that_say_nothing_are_left_out() -> None:
    assert to_terms("The kayak for the school") == ["kayak", "school"]


def test_a_question_of_nothing_else_keeps_them() -> None:
    assert to_terms("to be") == ["to", "be"]
