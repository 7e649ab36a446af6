"""The demo company's stories keep the rules that real stories must keep."""

import re
from collections import Counter

import pytest

from kudos.management.demo_company import DEPARTMENTS, GROUPS, PEOPLE, STORIES, VALUES
from kudos.management.demo_company.shapes import Story

BY_KEY = {person.key: person for person in PEOPLE}
LEAVERS_GONE_FOR = 28  # days; a leaver may appear only in stories older than this
ON_FEED = [story for story in STORIES if story.state == "published" and not story.private]
SOURCES = {"email", "call", "review", "visit", "survey", "social"}
WEEKS = [(0, 4), (7, 7), *((first_day, 4) for first_day in range(14, 56, 7))]

every_story = pytest.mark.parametrize("story", STORIES, ids=lambda story: story.headline)


def named(story: Story) -> tuple[str, ...]:
    return (*story.nominees, *story.helping_hands)


def who_cheered(story: Story) -> list[str]:
    return [key for key, _reaction in story.cheers]


def text(story: Story) -> str:
    return f"{story.headline} {story.what_they_did} {story.difference} {story.customer_words}"


def test_no_two_stories_share_a_headline() -> None:
    assert len({story.headline for story in STORIES}) == len(STORIES)


@every_story
def test_a_headline_fits(story: Story) -> None:
    assert 0 < len(story.headline) <= 80


@every_story
def test_a_story_says_what_was_done_and_what_changed(story: Story) -> None:
    assert story.what_they_did
    assert story.difference


@every_story
def test_a_finished_story_is_neither_a_line_nor_an_essay(story: Story) -> None:
    words = len(f"{story.what_they_did} {story.difference}".split())
    assert words <= 280
    assert words >= 40 or story.state == "draft"


@every_story
def test_a_story_refers_to_people_groups_and_values_that_exist(story: Story) -> None:
    assert {story.teller, *named(story), *who_cheered(story)} <= BY_KEY.keys()
    assert story.group in {group.name for group in GROUPS}
    assert set(story.values) <= {value.name for value in VALUES}


@every_story
def test_a_story_shows_at_most_three_values_each_once(story: Story) -> None:
    assert len(set(story.values)) == len(story.values) <= 3


@every_story
def test_nobody_is_named_twice_or_by_themselves(story: Story) -> None:
    people = (story.teller, *named(story))
    assert story.nominees
    assert len(set(people)) == len(people)


def test_two_stories_have_voices() -> None:
    assert len([story for story in STORIES if story.voices]) == 2


@every_story
def test_a_voice_is_a_colleagues_whom_the_story_does_not_name(story: Story) -> None:
    tellers = [voice.teller for voice in story.voices]
    assert len(set(tellers)) == len(tellers)
    assert {key for key in tellers if BY_KEY[key].active} == set(tellers)
    assert not {story.teller, *named(story)} & set(tellers)


@every_story
def test_a_leaver_appears_only_in_stories_from_before_they_left(story: Story) -> None:
    people = [BY_KEY[key] for key in (story.teller, *named(story), *who_cheered(story))]
    assert all(person.active for person in people) or story.days_ago > LEAVERS_GONE_FOR


@every_story
def test_who_wants_only_private_stories_is_in_no_other(story: Story) -> None:
    wishes = {BY_KEY[key].publicity for key in named(story)}
    assert story.private or "private_only" not in wishes


@every_story
def test_a_person_cheers_once_and_not_for_themselves(story: Story) -> None:
    cheered = who_cheered(story)
    assert len(set(cheered)) == len(cheered) <= 14
    assert not set(cheered) & {story.teller, *story.nominees}


@every_story
def test_a_private_story_is_cheered_only_by_those_who_can_see_it(story: Story) -> None:
    managers = {BY_KEY[key].manager for key in story.nominees}
    assert not story.private or set(who_cheered(story)) <= managers


@every_story
def test_a_story_that_nobody_has_seen_has_no_cheers(story: Story) -> None:
    assert story.state not in ("draft", "waiting") or not story.cheers


@every_story
def test_the_customers_words_come_with_their_source_and_role(story: Story) -> None:
    said_by_somebody = story.words_source in SOURCES and bool(story.customer_role)
    nobody = not story.words_source and not story.customer_role
    assert said_by_somebody if story.customer_words else nobody


@every_story
def test_a_customer_is_named_only_where_they_agreed(story: Story) -> None:
    assert bool(story.customer_name) == story.customer_agreed


@every_story
def test_a_story_without_consent_gives_nobody_a_title_and_surname(story: Story) -> None:
    titled = re.search(r"\b(Mr|Mrs|Ms|Miss|Mx|Dr|Senhora?|Herr|Frau|Madame)\.? [A-Z]", text(story))
    assert story.customer_agreed or titled is None


@every_story
def test_a_name_given_with_consent_stays_out_of_all_other_stories(story: Story) -> None:
    others = {s.customer_name for s in STORIES if s.customer_name} - {story.customer_name}
    assert not any(name in text(story) for name in others)


@every_story
def test_a_story_happened_in_the_last_eight_weeks_at_a_time_that_exists(story: Story) -> None:
    assert 0 <= story.days_ago <= 55
    assert 0 <= story.hour <= 23
    assert 0 <= story.minute <= 59


@every_story
def test_a_story_does_not_shout(story: Story) -> None:
    assert "!" not in text(story)


def test_stories_come_newest_first() -> None:
    ages = [(story.days_ago, -story.hour, -story.minute) for story in STORIES]
    assert ages == sorted(ages)


def test_every_group_has_at_least_five_stories_on_the_feed() -> None:
    told = Counter(story.group for story in ON_FEED)
    assert min(told[group.name] for group in GROUPS) >= 5


def test_every_department_is_celebrated_on_the_feed() -> None:
    assert {BY_KEY[key].department for s in ON_FEED for key in s.nominees} == set(DEPARTMENTS)


def test_every_value_shows_on_the_feed() -> None:
    assert {value for story in ON_FEED for value in story.values} == {v.name for v in VALUES}


def test_both_moments_and_every_source_show_on_the_feed() -> None:
    assert {story.moment for story in ON_FEED} == {"customer_love", "wow"}
    assert {story.words_source for story in ON_FEED} >= SOURCES


@pytest.mark.parametrize(
    ("first_day", "at_least"), [(0, 4), (7, 7), *((d, 4) for d in range(14, 56, 7))]
)
def test_every_week_has_stories_enough_for_a_digest(first_day: int, at_least: int) -> None:
    week = range(first_day, first_day + 7)
    assert sum(story.days_ago in week for story in ON_FEED) >= at_least


def test_nobody_is_celebrated_more_than_three_times() -> None:
    assert max(Counter(key for story in ON_FEED for key in story.nominees).values()) <= 3


def test_about_half_of_the_stories_have_the_customers_words() -> None:
    assert 0.4 <= sum(bool(story.customer_words) for story in ON_FEED) / len(ON_FEED) <= 0.7


@pytest.mark.parametrize(
    ("state", "count"), [("draft", 2), ("waiting", 3), ("hidden", 1), ("withdrawn", 1)]
)
def test_some_stories_are_off_the_feed(state: str, count: int) -> None:
    assert sum(story.state == state for story in STORIES) == count


def test_two_stories_are_private() -> None:
    assert sum(story.private for story in STORIES) == 2
