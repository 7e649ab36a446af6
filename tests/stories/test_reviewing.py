"""What reviewers do with a story: what each verb changes, who may not, and who was faster."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import (
    Company,
    Delegation,
    Department,
    History,
    Publicity,
    ReviewPolicy,
    User,
)
from accounts.models.delegation import today
from stories import signals
from stories.models import State, Story, Visibility
from stories.models.deeds import DecidedError, last_decisive
from stories.models.reviewing import UNDO_WINDOW, TooLateError
from tests.factories import UserFactory, tell_story, telling, wants

REVIEWERS = ["manager", "director", "delegate", "culture_lead"]
OTHERS = ["teller", "nominee", "stranger", "leaver", "other_manager"]


@pytest.fixture
def review_first(company: Company) -> None:
    company.review_policy = ReviewPolicy.REVIEW_FIRST
    company.save()


@pytest.fixture
def waiting(review_first: None, manager: User, teller: User, nominee: User) -> Story:
    """A company story that waits for a reviewer."""
    story = tell_story(teller, nominee)
    assert story.state == State.WAITING
    return story


def verbs_of(story: Story) -> list[str]:
    return list(History.objects.about(story).values_list("verb", flat=True))


def seen(story: Story) -> int:
    row = last_decisive(story)
    assert row is not None
    return row.pk


@pytest.mark.parametrize("who", REVIEWERS)
def test_a_reviewer_publishes_what_waits(
    who: str, waiting: Story, request: pytest.FixtureRequest
) -> None:
    reviewer = request.getfixturevalue(who)
    waiting.publish(by=reviewer)
    assert waiting.state == State.PUBLISHED
    assert waiting.published_at is not None
    assert waiting.looked_at is not None
    assert verbs_of(waiting) == ["submit", "publish"]


@pytest.mark.parametrize("who", OTHERS)
@pytest.mark.parametrize("verb", ["publish", "send_back", "hand_over"])
def test_nobody_else_decides_about_what_waits(
    who: str, verb: str, waiting: Story, culture_lead: User, request: pytest.FixtureRequest
) -> None:
    other = request.getfixturevalue(who)
    said: dict[str, dict[str, Any]] = {
        "publish": {},
        "send_back": {"note": "No"},
        "hand_over": {"to": culture_lead},
    }
    with pytest.raises(PermissionDenied):
        getattr(waiting, verb)(by=other, **said[verb])
    waiting.refresh_from_db()
    assert waiting.state == State.WAITING
    assert verbs_of(waiting) == ["submit"]


@pytest.mark.parametrize("who", OTHERS)
@pytest.mark.parametrize("verb", ["send_back", "feature", "look", "hand_over"])
def test_nobody_else_decides_about_what_is_read(
    who: str, verb: str, story: Story, culture_lead: User, request: pytest.FixtureRequest
) -> None:
    other = request.getfixturevalue(who)
    said: dict[str, dict[str, Any]] = {
        "send_back": {"note": "No"},
        "hand_over": {"to": culture_lead},
    }
    with pytest.raises(PermissionDenied):
        getattr(story, verb)(by=other, **said.get(verb, {}))
    assert verbs_of(story) == ["submit"]


def test_publish_first_lets_a_story_be_read_at_once(company: Company, story: Story) -> None:
    assert story.state == State.PUBLISHED


@pytest.mark.parametrize("who", ["teller", "nominee"])
def test_a_department_has_its_stories_reviewed_first(
    who: str, teller: User, nominee: User, request: pytest.FixtureRequest
) -> None:
    """Those that its people tell, and those that celebrate them."""
    department = request.getfixturevalue(who).department
    department.review_policy = ReviewPolicy.REVIEW_FIRST
    department.save()
    assert tell_story(teller, nominee).state == State.WAITING


def test_a_department_that_publishes_first_does_so_in_a_careful_company(
    review_first: None, manager: User, teller: User, nominee: User
) -> None:
    Department.objects.update(review_policy=ReviewPolicy.PUBLISH_FIRST)
    assert tell_story(teller, nominee).state == State.PUBLISHED


def test_where_departments_differ_the_careful_one_counts(
    company: Company, teller: User, nominee: User, care: Department, product: Department
) -> None:
    Department.objects.filter(pk=care.pk).update(review_policy=ReviewPolicy.PUBLISH_FIRST)
    Department.objects.filter(pk=product.pk).update(review_policy=ReviewPolicy.REVIEW_FIRST)
    assert tell_story(teller, nominee).state == State.WAITING


def test_somebody_without_a_department_is_the_companys(
    review_first: None, culture_lead: User, stranger: User, teller: User
) -> None:
    Department.objects.update(review_policy=ReviewPolicy.PUBLISH_FIRST)
    assert tell_story(teller, stranger).state == State.WAITING


def test_a_private_story_waits_for_nobody(review_first: None, teller: User, nominee: User) -> None:
    story = tell_story(teller, nominee, visibility=Visibility.PRIVATE)
    assert story.state == State.PUBLISHED


def test_what_nobody_may_review_is_published_and_said(
    review_first: None, culture_lead: User, stranger: User
) -> None:
    """A single culture lead's own story."""
    heard = []

    def hear(story: Story, **kwargs: object) -> None:
        heard.append(story)

    signals.story_unreviewed.connect(hear)
    try:
        story = tell_story(culture_lead, stranger)
    finally:
        signals.story_unreviewed.disconnect(hear)
    assert story.state == State.PUBLISHED
    assert heard == [story]


def test_a_second_lead_reviews_the_firsts(
    review_first: None, culture_lead: User, stranger: User
) -> None:
    UserFactory(is_culture_lead=True)
    assert tell_story(culture_lead, stranger).state == State.WAITING


def test_all_agree_and_then_a_reviewer_sees_it(
    review_first: None, manager: User, teller: User, nominee: User
) -> None:
    wants(nominee, Publicity.ASK_FIRST)
    story = tell_story(teller, nominee)
    assert story.state == State.ASKING
    story.agree(by=nominee)
    assert story.state == State.WAITING


def test_a_wish_made_while_it_waits_still_counts(
    waiting: Story, nominee: User, manager: User
) -> None:
    wants(nominee, Publicity.PRIVATE_ONLY)
    waiting.publish(by=manager)
    assert (waiting.state, waiting.visibility) == (State.PUBLISHED, Visibility.PRIVATE)


def test_who_is_asked_after_the_review_publishes_by_agreeing(
    waiting: Story, nominee: User, manager: User
) -> None:
    wants(nominee, Publicity.ASK_FIRST)
    waiting.publish(by=manager)
    assert waiting.state == State.ASKING
    waiting.agree(by=nominee)
    assert waiting.state == State.PUBLISHED


def test_sent_back_it_is_its_tellers_again_and_waits_anew(
    waiting: Story, manager: User, teller: User
) -> None:
    waiting.send_back(by=manager, note="Say what changed for the customer.")
    assert waiting.state == State.RETURNED
    assert History.objects.about(waiting).last().note == "Say what changed for the customer."
    waiting.submit(by=teller)
    assert waiting.state == State.WAITING


def test_a_published_story_is_sent_back(story: Story, manager: User) -> None:
    story.send_back(by=manager, note="It names a customer.")
    assert story.state == State.RETURNED
    assert not Story.objects.on_feed().exists()


def test_featuring_and_looking_are_no_states(story: Story, manager: User) -> None:
    story.look(by=manager)
    story.feature(by=manager)
    assert story.state == State.PUBLISHED
    assert story.featured_at is not None
    story.unfeature(by=manager)
    assert not Story.objects.filter(featured_at__isnull=False).exists()
    assert verbs_of(story) == ["submit", "look", "feature", "unfeature"]


def test_after_its_week_a_story_is_featured_again(story: Story, manager: User) -> None:
    story.feature(by=manager)
    once = story.featured_at
    with time_machine.travel(timezone.now() + timedelta(days=7, seconds=1), tick=False):
        before = where(story)
        story.feature(by=manager)
        assert story.is_featured
        story.undo(seen_by_anybody(story), by=manager)
    assert where(story) == before
    assert story.featured_at == once


def test_after_its_week_it_is_kept_from_leading_a_digest_that_comes_late(
    story: Story, manager: User
) -> None:
    story.feature(by=manager)
    with time_machine.travel(timezone.now() + timedelta(days=20), tick=False):
        story.unfeature(by=manager)
    assert story.featured_at is None


def test_once_no_digest_can_tell_it_a_story_needs_no_unfeaturing(
    story: Story, manager: User
) -> None:
    story.feature(by=manager)
    later = time_machine.travel(timezone.now() + timedelta(weeks=4), tick=False)
    with later, pytest.raises(PermissionDenied):
        story.unfeature(by=manager)


@pytest.mark.parametrize("verb", ["look", "feature"])
def test_doing_it_twice_is_refused(verb: str, story: Story, manager: User) -> None:
    getattr(story, verb)(by=manager)
    with pytest.raises(PermissionDenied):
        getattr(story, verb)(by=manager)


def test_what_its_teller_changes_is_looked_at_again(
    story: Story, manager: User, teller: User
) -> None:
    story.look(by=manager)
    story.edit(telling(nominees=story.nominees, headline="Another headline"), by=teller)
    assert story.looked_at is None


@pytest.mark.parametrize("who", ["director", "delegate", "culture_lead"])
def test_a_reviewer_hands_a_story_to_another(
    who: str, waiting: Story, manager: User, request: pytest.FixtureRequest
) -> None:
    other = request.getfixturevalue(who)
    waiting.hand_over(other, by=manager, note="You know the customer.")
    assert waiting.handed_to == other
    waiting.publish(by=other)
    assert waiting.handed_to is None


@pytest.mark.parametrize("who", [*OTHERS, "manager"])
def test_nobody_who_may_not_review_it_is_handed_a_story(
    who: str, waiting: Story, manager: User, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(PermissionDenied):
        waiting.hand_over(request.getfixturevalue(who), by=manager)


def test_the_second_of_two_reviewers_hears_who_was_faster(
    waiting: Story, manager: User, culture_lead: User
) -> None:
    knew = seen(waiting)
    waiting.publish(by=manager, seen=knew)
    again = Story.objects.get(pk=waiting.pk)
    with pytest.raises(DecidedError) as caught:
        again.send_back(by=culture_lead, note="Too short", seen=knew)
    assert (caught.value.deed.verb, caught.value.deed.actor) == ("publish", manager)
    assert verbs_of(waiting) == ["submit", "publish"]


def test_a_look_and_a_voice_overtake_nobody(
    story: Story, manager: User, culture_lead: User, stranger: User
) -> None:
    knew = seen(story)
    story.look(by=culture_lead, seen=knew)
    story.add_voice("They did this for us, too.", by=stranger)
    story.hide(by=manager, note="Names a customer", seen=knew)
    assert story.state == State.HIDDEN


def test_a_story_withdrawn_meanwhile_is_not_decided_about(
    waiting: Story, manager: User, teller: User
) -> None:
    knew = seen(waiting)
    waiting.withdraw(by=teller)
    with pytest.raises(DecidedError):
        waiting.publish(by=manager, seen=knew)
    with pytest.raises(PermissionDenied):
        waiting.publish(by=manager)


# Undo


def decide(story: Story, verb: str, by: User, other: User) -> None:
    said: dict[str, dict[str, Any]] = {
        "send_back": {"note": "Shorter"},
        "hide": {"note": "Names a customer"},
        "hand_over": {"to": other},
    }
    getattr(story, verb)(by=by, **said.get(verb, {}))


def where(story: Story) -> dict[str, object]:
    story.refresh_from_db()
    fields = ("state", "visibility", "published_at", "featured_at", "handed_to_id")
    return {name: getattr(story, name) for name in fields} | {"looked": story.looked_at is None}


@pytest.mark.parametrize("verb", ["send_back", "hide", "feature", "look", "hand_over"])
def test_a_decision_about_a_published_story_is_undone(
    verb: str, story: Story, manager: User, culture_lead: User
) -> None:
    before = where(story)
    decide(story, verb, manager, culture_lead)
    assert where(story) != before
    story.undo(seen_by_anybody(story), by=manager)
    assert where(story) == before
    name = verb.replace("_", " ")
    assert verbs_of(story) == ["submit", name, f"undo {name}"]


@pytest.mark.parametrize("verb", ["publish", "send_back", "hand_over"])
def test_a_decision_about_a_waiting_story_is_undone(
    verb: str, waiting: Story, manager: User, culture_lead: User
) -> None:
    before = where(waiting)
    decide(waiting, verb, manager, culture_lead)
    waiting.undo(seen_by_anybody(waiting), by=manager)
    assert where(waiting) == before


@pytest.mark.parametrize("verb", ["unhide", "unfeature"])
def test_an_inverse_is_undone_too(
    verb: str, story: Story, manager: User, culture_lead: User
) -> None:
    decide(story, {"unhide": "hide", "unfeature": "feature"}[verb], manager, culture_lead)
    before = where(story)
    decide(story, verb, manager, culture_lead)
    story.undo(seen_by_anybody(story), by=manager)
    assert where(story) == before


def seen_by_anybody(story: Story) -> int:
    row = History.objects.about(story).last()
    assert row is not None
    return row.pk


def test_after_its_seconds_a_decision_stands(story: Story, manager: User) -> None:
    story.hide(by=manager, note="Names a customer")
    with (
        time_machine.travel(timezone.now() + UNDO_WINDOW + timedelta(seconds=1), tick=False),
        pytest.raises(TooLateError),
    ):
        story.undo(seen_by_anybody(story), by=manager)
    assert where(story)["state"] == State.HIDDEN


def test_nobody_undoes_the_decision_of_another(
    story: Story, manager: User, culture_lead: User
) -> None:
    story.hide(by=manager, note="Names a customer")
    with pytest.raises(TooLateError):
        story.undo(seen_by_anybody(story), by=culture_lead)


def test_what_happened_since_is_not_undone(story: Story, manager: User, culture_lead: User) -> None:
    story.hide(by=manager, note="Names a customer")
    deed = seen_by_anybody(story)
    story.unhide(by=culture_lead)
    with pytest.raises(TooLateError):
        story.undo(deed, by=manager)


def test_a_story_that_its_teller_has_begun_to_change_stays_theirs(
    waiting: Story, manager: User, teller: User
) -> None:
    waiting.send_back(by=manager, note="Shorter")
    waiting.keep(telling(nominees=waiting.nominees, headline="Shorter"), by=teller)
    with pytest.raises(TooLateError):
        waiting.undo(seen_by_anybody(waiting), by=manager)
    assert where(waiting)["state"] == State.RETURNED


@pytest.mark.parametrize("wish", [Publicity.PRIVATE_ONLY, Publicity.ASK_FIRST])
def test_a_publishing_that_made_somebody_named_decide_stands(
    wish: Publicity, waiting: Story, manager: User, nominee: User
) -> None:
    wants(nominee, wish)
    waiting.publish(by=manager)
    with pytest.raises(TooLateError):
        waiting.undo(seen_by_anybody(waiting), by=manager)


def test_undoing_twice_changes_nothing(story: Story, manager: User) -> None:
    story.hide(by=manager, note="Names a customer")
    deed = seen_by_anybody(story)
    story.undo(deed, by=manager)
    with pytest.raises(TooLateError):
        story.undo(deed, by=manager)
    assert where(story)["state"] == State.PUBLISHED


# Standing in


@pytest.mark.parametrize("verb", ["hide", "look", "feature", "send_back"])
def test_who_stands_in_decides_nothing_about_the_story_of_whoever_asked_them(
    verb: str, manager: User, nominee: User, delegate: User, culture_lead: User
) -> None:
    story = tell_story(manager, nominee)
    with pytest.raises(PermissionDenied):
        decide(story, verb, delegate, culture_lead)


def test_nor_about_one_that_names_them(
    teller: User, manager: User, delegate: User, culture_lead: User
) -> None:
    story = tell_story(teller, manager)
    with pytest.raises(PermissionDenied):
        decide(story, "hide", delegate, culture_lead)


def test_a_single_leads_own_story_is_not_left_to_their_stand_in(
    review_first: None, culture_lead: User, stranger: User, teller: User
) -> None:
    until = today() + timedelta(days=7)
    Delegation.objects.hand_over(culture_lead, stranger, first=today(), last=until)
    assert tell_story(culture_lead, teller).state == State.PUBLISHED


def test_a_manager_whose_reports_have_all_left_keeps_no_story_waiting(
    review_first: None, manager: User, director: User, nominee: User, teller: User
) -> None:
    """The director's only report has left: nobody may review, and so nothing waits."""
    User.objects.filter(pk=manager.pk).update(is_active=False)
    assert tell_story(teller, nominee).state == State.PUBLISHED
