"""Search finds what everybody may read, in the words that people type."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.http import Http404
from django.test import Client

from accounts.models import User
from stories.models import SearchEntry, Story
from stories.search import SearchCursor, beyond, search, to_terms
from stories.search_index import reindex
from tests.factories import UserFactory, tell_story, telling

pytestmark = pytest.mark.django_db


def found(text: str) -> list[str]:
    return [story.headline for story in search(text, among=Story.objects.on_feed())]


@pytest.fixture
def bookings(teller: User, nominee: User) -> Story:
    return tell_story(
        teller,
        nominee,
        headline="The café at the lake",
        what_they_did="Moved forty-one bookings by hand.",
        difference="Nobody lost the owner's trip.",
        customer_words="Wonderful people.",
        customer_role="a baker",
    )


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


def test_the_headline_outweighs_the_customers_words_and_those_the_text(
    teller: User, nominee: User
) -> None:
    tell_story(teller, nominee, headline="A storm came")
    tell_story(teller, nominee, headline="Two", customer_words="What a storm.")
    tell_story(teller, nominee, headline="Three", what_they_did="Saw the storm.")

    assert found("storm") == ["A storm came", "Two", "Three"]


def test_equal_stories_come_newest_first(teller: User, nominee: User) -> None:
    for headline in ("Storm one", "Storm two", "Storm six"):
        tell_story(teller, nominee, headline=headline)

    assert found("storm") == ["Storm six", "Storm two", "Storm one"]


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


def test_pages_meet_without_gap_or_repeat(teller: User, nominee: User) -> None:
    for number in range(7):
        words = {"headline": "Storm"} if number % 3 == 0 else {"what_they_did": "A storm came."}
        tell_story(teller, nominee, **words)
    everything = list(search("storm", among=Story.objects.on_feed()))

    pages, rest = [], search("storm", among=Story.objects.on_feed())
    while page := list(rest[:2]):
        pages += page
        rest = beyond(
            search("storm", among=Story.objects.on_feed()),
            SearchCursor.parse(str(SearchCursor.of(page[-1]))),
        )

    assert len(everything) == 7
    assert pages == everything


def test_a_score_stays_when_another_story_is_told(
    bookings: Story, teller: User, nominee: User
) -> None:
    before = search("bookings", among=Story.objects.on_feed()).get(pk=bookings.pk).score
    tell_story(teller, nominee, headline="More bookings")

    assert search("bookings", among=Story.objects.on_feed()).get(pk=bookings.pk).score == before


def test_beyond_nothing_is_nothing(bookings: Story) -> None:
    place = SearchCursor.of(search("lake", among=Story.objects.on_feed()).get())

    assert list(beyond(search("!!!", among=Story.objects.on_feed()), place)) == []


def test_a_page_beyond_nothing_is_empty(bookings: Story, as_stranger: Client) -> None:
    place = SearchCursor.of(search("lake", among=Story.objects.on_feed()).get())

    assert as_stranger.get("/", {"q": "!!!", "after": str(place)}).context["page"].stories == []


@pytest.mark.parametrize("text", ["", "nonsense", "!!!", "LTF-fA", "MX5-", "Å", "A" * 500])
def test_a_forged_cursor_is_not_found(text: str) -> None:
    with pytest.raises(Http404):
        SearchCursor.parse(text)


def test_an_edited_story_is_found_by_its_new_words(bookings: Story, teller: User) -> None:
    people = [named.person for named in bookings.named.all()]
    bookings.edit(telling(nominees=people, headline="A lighthouse"), by=teller)

    assert found("lighthouse") == ["A lighthouse"]
    assert found("lake") == []


def test_a_renamed_nominee_is_found_by_the_new_name(bookings: Story, nominee: User) -> None:
    nominee.name = "Priya Holm"
    nominee.save()

    assert found("holm")
    assert not found("desai")


def test_a_renamed_teller_is_found_by_the_new_name(bookings: Story, teller: User) -> None:
    teller.name = "Ana Sol"
    teller.save()

    assert found("sol")


def test_a_nominee_whom_an_import_renames_is_found_by_the_new_name(
    bookings: Story, nominee: User, tmp_path: Path
) -> None:
    staff = tmp_path / "staff.csv"
    staff.write_text(f"name,email,department,manager\nPriya Holm,{nominee.email},,\n")
    call_command("import_people", staff, stdout=StringIO())

    assert found("holm")
    assert not found("desai")


def test_a_hidden_story_leaves_the_index_and_comes_back(
    bookings: Story, culture_lead: User
) -> None:
    bookings.hide(by=culture_lead, note="Names a customer.")
    assert not SearchEntry.objects.exists()

    bookings.unhide(by=culture_lead)
    assert found("lake")


def test_a_withdrawn_story_leaves_the_index(bookings: Story, teller: User) -> None:
    bookings.withdraw(by=teller)

    assert not SearchEntry.objects.exists()


def test_a_story_kept_private_leaves_the_index(bookings: Story, teller: User) -> None:
    bookings.keep_private(by=teller)

    assert not SearchEntry.objects.exists()


def test_a_private_story_never_enters_the_index(teller: User, nominee: User) -> None:
    tell_story(teller, nominee, visibility="private")

    assert not SearchEntry.objects.exists()


def test_reindex_writes_what_bulk_writes_left_out(bookings: Story) -> None:
    SearchEntry.objects.all().delete()

    assert reindex() == 1
    assert found("lake")


def test_reindex_drops_what_is_no_longer_on_the_feed(bookings: Story) -> None:
    Story.objects.filter(pk=bookings.pk).update(visibility="private")

    assert reindex() == 0
    assert not SearchEntry.objects.exists()


def test_searching_is_narrowed_by_what_it_searches(
    bookings: Story, stranger: User, nominee: User
) -> None:
    tell_story(stranger, nominee, headline="The lake again")

    among = Story.objects.on_feed().told_by(stranger)
    assert [story.headline for story in search("lake", among=among)] == ["The lake again"]


def test_of_a_word_that_everybody_writes_the_newest_are_ranked(
    teller: User, nominee: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stories.search.RANKED_MAX", 2)
    for headline in ("Storm one", "Storm two", "A calm day"):
        tell_story(teller, nominee, headline=headline, difference="After the storm.")

    assert found("storm") == ["Storm two", "A calm day"]
