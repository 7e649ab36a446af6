"""Which stories are of one deed: two colleagues' words for it, and what merely sounds alike."""

from dataclasses import replace
from datetime import timedelta
from itertools import combinations

import pytest

from kudos.management import demo_company
from stories.digests.deeds import Deed, Deeds
from stories.words import WORDS_MAX, words_of
from tests.digests.retold import ALIKE, OTHER, RETOLD, TWICE, Text
from tests.digests.retold_demo import DEMO_OTHER, DEMO_RETOLD
from tests.digests.to_pick import MONDAY

KEYS = {person.key: number for number, person in enumerate(demo_company.PEOPLE)}
NAMES = {person.key: person.name for person in demo_company.PEOPLE}
SOMEBODY = frozenset({len(KEYS)})


def deed(story: int, *texts: str, nominees: frozenset[int] = SOMEBODY) -> Deed:
    return Deed(story=story, published_at=MONDAY, nominees=nominees, words=words_of(*texts))


DEMO: dict[str, Deed] = {}
for number, told in enumerate(demo_company.STORIES):
    names = words_of(*(NAMES[key] for key in told.nominees))
    texts = told.headline, told.what_they_did, told.difference
    DEMO[told.headline] = Deed(
        story=number,
        published_at=MONDAY,
        nominees=frozenset(KEYS[key] for key in told.nominees),
        words=words_of(*texts, but=names),
    )


def are_one(one: Deed, other: Deed) -> bool:
    """As the choice would say it in a company that tells what the demo company does."""
    return Deeds([one, other, *DEMO.values()]).are_one(one, other)


@pytest.mark.parametrize("headline", DEMO_RETOLD)
def test_another_telling_of_a_demo_story_is_known(headline: str) -> None:
    story = DEMO[headline]
    again = deed(1000, *DEMO_RETOLD[headline], nominees=story.nominees)
    assert are_one(story, again)


@pytest.mark.parametrize("headline", DEMO_OTHER)
def test_another_deed_of_the_same_people_is_let_through(headline: str) -> None:
    story = DEMO[headline]
    other = deed(1000, *DEMO_OTHER[headline], nominees=story.nominees)
    assert not are_one(story, other)


@pytest.mark.parametrize("pair", TWICE + RETOLD, ids=lambda pair: pair[0].headline)
def test_two_tellings_of_a_deed_are_known(pair: tuple[Text, Text]) -> None:
    assert are_one(deed(1000, *pair[0]), deed(1001, *pair[1]))


@pytest.mark.parametrize("pair", ALIKE + OTHER, ids=lambda pair: pair[0].headline)
def test_two_deeds_that_sound_alike_are_let_through(pair: tuple[Text, Text]) -> None:
    assert not are_one(deed(1000, *pair[0]), deed(1001, *pair[1]))


def test_no_two_stories_of_the_demo_company_are_of_one_deed_even_if_one_person_did_all() -> None:
    deeds = Deeds(DEMO.values())
    one_persons = [replace(story, nominees=SOMEBODY) for story in DEMO.values()]
    assert not [pair for pair in combinations(one_persons, 2) if deeds.are_one(*pair)]


ONE, AGAIN = deed(1000, *TWICE[0][0]), deed(1001, *TWICE[0][1])


def test_without_a_nominee_in_common_it_is_not_one_deed() -> None:
    assert not are_one(ONE, replace(AGAIN, nominees=frozenset({1})))


def test_one_nominee_in_common_is_enough() -> None:
    assert are_one(ONE, replace(AGAIN, nominees=SOMEBODY | {1}))


@pytest.mark.parametrize(("days", "expected"), [(14, True), (15, False)])
def test_what_is_told_more_than_two_weeks_later_is_another_deed(days: int, expected: bool) -> None:
    later = replace(AGAIN, published_at=MONDAY + timedelta(days=days))
    assert (are_one(ONE, later), are_one(later, ONE)) == (expected, expected)


def test_a_deed_that_ten_colleagues_tell_is_still_known() -> None:
    """Its words are many colleagues', but all of one person."""
    crowd = [replace(AGAIN, story=key) for key in range(2000, 2010)]
    assert Deeds([ONE, *crowd, *DEMO.values()]).are_one(ONE, crowd[0])


def test_two_stories_of_a_few_words_are_not_compared() -> None:
    short = deed(1000, "Thank you, dear team"), deed(1001, "Thank you, dear team")
    assert not are_one(*short)


def test_words_are_compared_as_search_folds_them() -> None:
    assert words_of("Søren’s CAFÉ in 2026") == {"soren", "cafe", "2026"}


def test_a_word_counts_by_its_beginning() -> None:
    assert words_of("bookings") == words_of("booking")


def test_in_a_script_without_spaces_every_character_begins_a_word() -> None:
    assert words_of("皮划艇学校") == {"pihua", "huati", "tingx", "xuexi", "xiao"}


def test_of_a_long_story_the_beginning_is_compared() -> None:
    long = " ".join(f"word{number}" for number in range(10_000, 10_000 + WORDS_MAX))
    assert words_of(long, "unheard") == words_of(long)
