"""The `demo` and `seed` commands: what they load, and where they refuse to."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts.models import Company, History, User
from kudos.management.demo_company import DEMO_SIGN_INS, PASSWORD, PEOPLE, STORIES
from stories.digests.models import Edition
from stories.models import State, Story
from stories.notices.models import Notice
from stories.replay import versions
from stories.review.queue import Queue
from stories.review.tabs import CHANGES, REPORTED, WAITING
from stories.team import Team
from tests.factories import UserFactory


@pytest.fixture
def demo(db: None) -> str:
    out = StringIO()
    call_command("demo", stdout=out)
    return out.getvalue()


def test_the_demo_company_has_its_people_and_stories(demo: str) -> None:
    assert User.objects.count() == len(PEOPLE)
    assert Story.objects.count() == len(STORIES)
    assert Company.current().vision


def test_its_stories_are_of_the_last_eight_weeks_and_none_of_the_future(demo: str) -> None:
    now = timezone.now()
    told = Story.objects.exclude(published_at=None)
    eight_weeks = (now - timedelta(weeks=8, days=3), now)
    assert told.filter(published_at__range=eight_weeks).count() == told.count()


def test_running_it_again_changes_nothing(demo: str) -> None:
    someone = User.objects.get(email=DEMO_SIGN_INS[0].key)
    someone.name = "Renamed by a visitor"
    someone.save()
    call_command("demo", stdout=StringIO())
    assert Story.objects.count() == len(STORIES)
    assert User.objects.get(pk=someone.pk).name == "Renamed by a visitor"


@pytest.mark.parametrize("sign_in", DEMO_SIGN_INS, ids=lambda sign_in: sign_in.key)
def test_it_says_how_to_sign_in_and_that_works(demo: str, sign_in: object) -> None:
    key = sign_in.key
    assert key in demo
    assert PASSWORD in demo
    assert Client().login(email=key, password=PASSWORD)


def test_nobody_else_of_the_demo_can_sign_in(demo: str) -> None:
    keys = [sign_in.key for sign_in in DEMO_SIGN_INS]
    for person in User.objects.exclude(email__in=keys):
        assert not person.has_usable_password()
    assert authenticate(email="nobody@plumhour.example", password=PASSWORD) is None


def test_every_story_that_left_its_draft_remembers_it(demo: str) -> None:
    told = Story.objects.exclude(state=State.DRAFT)
    assert History.objects.filter(verb="submit").count() == told.count()
    hidden = told.get(state=State.HIDDEN)
    assert History.objects.about(hidden).last().note


def test_a_story_that_was_edited_has_both_its_versions(demo: str) -> None:
    edited = Story.objects.exclude(edited_at=None).get()
    first, second = versions(edited)
    assert first.told["headline"] != second.told["headline"] == edited.headline
    assert edited.published_at == first.at < second.at == edited.edited_at


def test_the_editions_of_the_last_weeks_were_sent_to_everybody_with_a_mailbox(demo: str) -> None:
    sent = Edition.objects.sent()
    readers = User.objects.filter(is_active=True, email__isnull=False).count()
    assert sent.count() >= 3
    for edition in sent:
        assert edition.deliveries.filter(state="sent").count() == readers
        assert edition.picked()


def test_it_refuses_to_mix_with_people_who_are_real(db: None) -> None:
    UserFactory()
    with pytest.raises(CommandError, match="a database of its own"):
        call_command("demo", stdout=StringIO())
    assert User.objects.count() == 1


def test_seed_gives_the_numbers_it_was_asked_for(db: None) -> None:
    call_command("seed", people=30, stories=50, seed=7, stdout=StringIO())
    assert User.objects.count() == 30
    assert Story.objects.on_feed().count() == 50
    assert not Story.objects.filter(named__isnull=True).exists()


def seeded() -> list[tuple[str, str, str]]:
    """What a seeding makes, looked at and undone."""
    with transaction.atomic():
        call_command("seed", people=12, stories=9, seed=7, stdout=StringIO())
        told = list(Story.objects.order_by("ref").values_list("ref", "headline", "teller__name"))
        transaction.set_rollback(True)
    return told


def test_the_same_seed_gives_the_same_company(db: None) -> None:
    first = seeded()
    assert len(first) == 9
    assert seeded() == first


@pytest.mark.parametrize(("people", "stories"), [(1, 5), (5, -1)])
def test_seed_refuses_numbers_that_make_no_company(db: None, people: int, stories: int) -> None:
    with pytest.raises(CommandError):
        call_command("seed", people=people, stories=stories, stdout=StringIO())


def test_seed_refuses_a_database_in_use(db: None) -> None:
    UserFactory()
    with pytest.raises(CommandError, match="empty database"):
        call_command("seed", people=5, stories=5, stdout=StringIO())


def test_its_manager_finds_a_team_to_look_after(demo: str) -> None:
    manager = User.objects.get(email=DEMO_SIGN_INS[1].key)
    team = Team(manager)
    quiet = team.not_celebrated_lately()
    helped = [report.person for report in team.page(team.people).shown if report.helped]
    assert 0 < quiet.count() < team.people.count()
    assert set(quiet) <= set(helped)


def test_its_manager_finds_something_to_decide_under_every_list_that_asks(demo: str) -> None:
    manager = User.objects.get(email=DEMO_SIGN_INS[1].key)
    found = {tab.name: Queue(tab, manager).count() for tab in (WAITING, CHANGES, REPORTED)}
    assert found == {"waiting": 3, "changes": 1, "reported": 1}
    assert not Notice.objects.exists()


def test_what_its_teller_wants_to_change_may_be_read(demo: str) -> None:
    manager = User.objects.get(email=DEMO_SIGN_INS[1].key)
    story = Story.objects.get(proposal__isnull=False)
    says = story.proposal.says["difference"]
    story.publish_edit(by=manager)
    story.refresh_from_db()
    assert story.difference == says
