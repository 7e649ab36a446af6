"""What the choice is given: stories as they are in the database, whatever became of them."""

import tracemalloc
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Company, Publicity, User
from stories.digests.candidates import choose
from stories.digests.models import Edition, EditionState, Pick
from stories.digests.schedule import week_start
from stories.models import CustomerGroup, Named, Role, State, Story, Visibility
from tests.factories import ANOTHER_DEED, UserFactory, draft_story, tell_story, telling, wants

# Chinese characters, each as good as at random.
HAN = [chr(0x4E00 + number * 7919 % 20_000) for number in range(12_000)]

type Verb = Callable[[Story, User], None]


def edition_of(weeks_ago: int = 0, **said: Any) -> Edition:
    at = timezone.now() - timedelta(weeks=weeks_ago)
    return Edition.objects.create(
        week_start=week_start(at, "UTC"),
        cutoff_at=at,
        covers_from=at - timedelta(weeks=1),
        **said,
    )


def chosen(edition: Edition) -> list[int]:
    return [choice.story for choice in choose(edition)]


def submit(story: Story, lead: User) -> None:
    story.submit(by=story.teller)


def agree(story: Story, lead: User) -> None:
    story.agree(by=story.nominees[0])


def refuse(story: Story, lead: User) -> None:
    story.keep_private(by=story.nominees[0])


def narrow(story: Story, lead: User) -> None:
    story.keep_private(by=story.teller)


def withdraw(story: Story, lead: User) -> None:
    story.withdraw(by=story.teller)


def hide(story: Story, lead: User) -> None:
    story.hide(by=lead, note="Names a customer.")


def unhide(story: Story, lead: User) -> None:
    story.unhide(by=lead)


def make_private_by_an_edit(story: Story, lead: User) -> None:
    people = story.nominees
    story.edit(telling(nominees=people, visibility=Visibility.PRIVATE), by=story.teller)


def send(story: Story, lead: User) -> None:
    """In an edition: one that is about it alone, if it is on the feed."""
    if Story.objects.on_feed().filter(pk=story.pk, pick=None).exists():
        weeks_ago = 1 + Edition.objects.count()
        Pick.objects.create(edition=edition_of(weeks_ago, state="sent"), story=story, position=0)


VERBS: list[Verb] = [
    submit,
    agree,
    refuse,
    narrow,
    withdraw,
    hide,
    unhide,
    make_private_by_an_edit,
    send,
]
# What a life begins with matters most: most stories are submitted before anything else.
LIVES = st.tuples(
    st.sampled_from(Visibility.values),
    st.sampled_from(Publicity.values),
    st.booleans(),
    st.lists(st.sampled_from(VERBS), max_size=4),
)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(LIVES, max_size=4))
def test_an_edition_tells_what_everybody_may_read_and_none_has_told(
    company: Company, teller: User, culture_lead: User, lives: list[Any]
) -> None:
    with transaction.atomic():
        for visibility, publicity, is_submitted, verbs in lives:
            nominee = wants(UserFactory(), publicity)
            story = draft_story(teller, nominee, visibility=visibility)
            live(story, culture_lead, [submit, *verbs] if is_submitted else verbs)
        sent = Pick.objects.values_list("story", flat=True)
        open_to_all = Story.objects.filter(state=State.PUBLISHED, visibility=Visibility.COMPANY)
        expected = set(open_to_all.exclude(pk__in=sent).values_list("pk", flat=True))
        assert set(chosen(edition_of())) == expected
        transaction.set_rollback(True)


def live(story: Story, lead: User, verbs: list[Verb]) -> None:
    """Do what may be done; the rest is refused and changes nothing."""
    for verb in verbs:
        try:
            verb(story, lead)
        except PermissionDenied:
            story.refresh_from_db()


def test_what_was_put_in_is_told_unless_it_was_hidden(
    company: Company, teller: User, nominee: User, stranger: User, culture_lead: User
) -> None:
    edition = edition_of()
    stories = [tell_story(teller, person) for person in (nominee, stranger)]
    Pick.objects.bulk_create(
        Pick(edition=edition, story=story, position=place) for place, story in enumerate(stories)
    )
    hide(stories[0], culture_lead)
    assert chosen(edition) == [stories[1].pk]


def test_an_edition_that_is_not_stored_yet_has_nothing_put_in(
    company: Company, story: Story
) -> None:
    now = timezone.now()
    draft = Edition(week_start=now.date(), cutoff_at=now, covers_from=now - timedelta(weeks=1))
    assert chosen(draft) == [story.pk]


def test_of_two_tellings_of_a_deed_one_is_told(
    company: Company, story: Story, nominee: User, stranger: User
) -> None:
    tell_story(stranger, nominee)
    assert len(chosen(edition_of())) == 1


def test_a_deed_that_was_told_last_week_is_not_told_again(
    company: Company, story: Story, nominee: User, stranger: User
) -> None:
    Pick.objects.create(edition=edition_of(1), story=story, position=0)
    tell_story(stranger, nominee)
    another = tell_story(stranger, nominee, **ANOTHER_DEED)
    assert chosen(edition_of()) == [another.pk]


def test_a_name_that_two_stories_share_does_not_make_them_alike(
    company: Company, teller: User
) -> None:
    name = "Maria Leopoldina Constança Vasconcelos Albuquerque Teixeira Sampaio"
    person = UserFactory(name=name)
    for headline, did, difference in [
        ("Ran for the ferry", "had the harbour master wait", "the guests saw an island"),
        ("Mended a kiln", "found somebody with a spare part", "eleven pots were fired"),
    ]:
        tell_story(
            teller,
            person,
            headline=headline,
            what_they_did=f"{name} {did}.",
            difference=f"Thanks to {name} {difference}.",
        )
    assert len(chosen(edition_of())) == 2


def test_choosing_asks_as_much_for_many_stories_as_for_few(
    company: Company, teller: User, django_assert_num_queries: Any
) -> None:
    last, edition = edition_of(1, state=EditionState.SENT), edition_of()
    for count in (2, 20):
        people = UserFactory.create_batch(2 * count)
        stories = [tell_story(teller, person) for person in people]
        Pick.objects.filter(edition=last).delete()
        Pick.objects.bulk_create(
            Pick(edition=last, story=story, position=place)
            for place, story in enumerate(stories[:count])
        )
        edition.cutoff_at = timezone.now()
        with django_assert_num_queries(8):
            choose(edition)


@pytest.mark.parametrize(
    ("word", "most"),
    [
        (lambda number: f"w{number * 7919 % 9973} ", 4_500_000),
        (lambda number: HAN[number], 8_000_000),
    ],
    ids=["spaced", "unspaced"],
)
def test_the_longest_stories_fit_into_memory(
    company: Company,
    teller: User,
    customers: CustomerGroup,
    word: Callable[[int], str],
    most: int,
) -> None:
    """A tenth of the 2,000 that are considered; in bytes, with what is kept of letters."""
    text = "".join(map(word, range(12_000)))
    stories = Story.objects.bulk_create(
        Story(
            teller=teller,
            state=State.PUBLISHED,
            customer_group=customers,
            headline=f"Story {number}",
            what_they_did=text[30 * number :][:5000],
            difference=text[:2000],
            published_at=timezone.now(),
        )
        for number in range(200)
    )
    Named.objects.bulk_create(
        Named(story=story, person=person, role=Role.NOMINEE, position=0)
        for story, person in zip(stories, UserFactory.create_batch(200), strict=True)
    )
    edition = edition_of()
    tracemalloc.start()
    choose(edition)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < most
