"""The verbs of a story's life: what each changes, and who may not use it."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError

from accounts.models import History, Publicity, User
from stories import signals
from stories.models import Answer, State, Story, Visibility
from stories.models.limits import PUBLISHED_MAX
from tests.factories import draft_story, tell_story, telling, wants


def verbs_of(story: Story) -> list[str]:
    return list(History.objects.about(story).values_list("verb", flat=True))


def test_a_complete_draft_is_published_when_submitted(teller: User, nominee: User) -> None:
    story = draft_story(teller, nominee)
    story.submit(by=teller)
    assert story.state == State.PUBLISHED
    assert story.published_at is not None
    row = History.objects.about(story).get()
    assert (row.verb, row.actor, row.before, row.after) == (
        "submit",
        teller,
        {"state": "draft"},
        {"state": "published"},
    )


@pytest.mark.parametrize(
    "missing",
    [{"headline": ""}, {"what_they_did": ""}, {"customer_group": None}, {"nominees": []}],
)
def test_a_draft_that_lacks_something_stays_a_draft(
    teller: User, nominee: User, missing: dict[str, object]
) -> None:
    story = draft_story(teller)
    story.keep(telling(**({"nominees": [nominee]} | missing)), by=teller)
    with pytest.raises(ValidationError):
        story.submit(by=teller)
    story.refresh_from_db()
    assert story.state == State.DRAFT
    assert verbs_of(story) == []


@pytest.mark.parametrize(("name", "most"), PUBLISHED_MAX.items())
def test_a_text_longer_than_readers_are_shown_stays_a_draft(
    teller: User, nominee: User, name: str, most: int
) -> None:
    story = draft_story(teller, nominee, **{"customer_agreed": True, name: "a" * most})
    setattr(story, name, "a" * (most + 1))
    with pytest.raises(ValidationError):
        story.check_complete()


@pytest.mark.parametrize("missing", ["headline", "what_they_did"])
def test_the_database_refuses_a_published_story_with_nothing_to_read(
    story: Story, missing: str
) -> None:
    with pytest.raises(IntegrityError):
        Story.objects.filter(pk=story.pk).update(**{missing: ""})


def test_the_database_refuses_a_published_headline_of_many_lines(story: Story) -> None:
    with pytest.raises(IntegrityError):
        Story.objects.filter(pk=story.pk).update(headline="a" * 81)


def test_nobody_submits_the_draft_of_another(teller: User, nominee: User, stranger: User) -> None:
    story = draft_story(teller, nominee)
    with pytest.raises(PermissionDenied):
        story.submit(by=stranger)


def test_submitting_twice_is_refused_and_leaves_one_row(story: Story, teller: User) -> None:
    with pytest.raises(PermissionDenied):
        story.submit(by=teller)
    assert verbs_of(story) == ["submit"]


def test_naming_somebody_who_wants_privacy_makes_the_story_private(
    teller: User, nominee: User
) -> None:
    wants(nominee, Publicity.PRIVATE_ONLY)
    story = tell_story(teller, nominee)
    assert (story.state, story.visibility) == (State.PUBLISHED, Visibility.PRIVATE)


def test_a_helping_hand_who_wants_privacy_counts_as_well(
    teller: User, nominee: User, stranger: User
) -> None:
    wants(stranger, Publicity.PRIVATE_ONLY)
    story = tell_story(teller, nominee, helping_hands=[stranger])
    assert story.visibility == Visibility.PRIVATE


def test_somebody_who_wants_to_be_asked_is_asked_before_anybody_reads(
    teller: User, nominee: User
) -> None:
    wants(nominee, Publicity.ASK_FIRST)
    story = tell_story(teller, nominee)
    assert story.state == State.ASKING
    assert story.published_at is None
    assert story.named.get().answer == Answer.ASKED


def test_a_private_story_asks_nobody(teller: User, nominee: User) -> None:
    wants(nominee, Publicity.ASK_FIRST)
    story = tell_story(teller, nominee, visibility=Visibility.PRIVATE)
    assert (story.state, story.visibility) == (State.PUBLISHED, Visibility.PRIVATE)


def test_the_last_agreement_publishes(teller: User, nominee: User, stranger: User) -> None:
    wants(nominee, Publicity.ASK_FIRST)
    wants(stranger, Publicity.ASK_FIRST)
    story = tell_story(teller, nominee, helping_hands=[stranger])
    story.agree(by=nominee)
    assert story.state == State.ASKING
    story.agree(by=stranger)
    assert story.state == State.PUBLISHED
    assert verbs_of(story) == ["submit", "agree", "agree"]


def test_one_refusal_makes_the_story_private(teller: User, nominee: User, stranger: User) -> None:
    wants(nominee, Publicity.ASK_FIRST)
    wants(stranger, Publicity.ASK_FIRST)
    story = tell_story(teller, nominee, helping_hands=[stranger])
    story.agree(by=nominee)
    story.keep_private(by=stranger)
    assert (story.state, story.visibility) == (State.PUBLISHED, Visibility.PRIVATE)


@pytest.mark.parametrize("who", ["stranger", "manager", "culture_lead"])
def test_only_somebody_asked_can_answer(
    who: str, teller: User, nominee: User, request: pytest.FixtureRequest
) -> None:
    wants(nominee, Publicity.ASK_FIRST)
    story = tell_story(teller, nominee)
    other = request.getfixturevalue(who)
    with pytest.raises(PermissionDenied):
        story.agree(by=other)
    with pytest.raises(PermissionDenied):
        story.keep_private(by=other)


@pytest.mark.parametrize("who", ["manager", "director", "delegate", "culture_lead"])
def test_reviewers_hide_and_unhide(who: str, story: Story, request: pytest.FixtureRequest) -> None:
    reviewer = request.getfixturevalue(who)
    published_at = story.published_at
    story.hide(by=reviewer, note="Names a customer")
    assert story.state == State.HIDDEN
    story.unhide(by=reviewer)
    assert (story.state, story.published_at) == (State.PUBLISHED, published_at)
    assert verbs_of(story) == ["submit", "hide", "unhide"]
    assert History.objects.about(story).get(verb="hide").note == "Names a customer"


@pytest.mark.parametrize("who", ["teller", "nominee", "stranger", "leaver", "other_manager"])
def test_nobody_else_hides(who: str, story: Story, request: pytest.FixtureRequest) -> None:
    with pytest.raises(PermissionDenied):
        story.hide(by=request.getfixturevalue(who), note="No")
    story.refresh_from_db()
    assert story.state == State.PUBLISHED


def test_a_reviewer_named_in_a_story_does_not_review_it(
    teller: User, manager: User, nominee: User
) -> None:
    story = tell_story(teller, manager)
    with pytest.raises(PermissionDenied):
        story.hide(by=manager, note="About me")


def test_a_reviewer_does_not_review_their_own_story(manager: User, nominee: User) -> None:
    story = tell_story(manager, nominee)
    with pytest.raises(PermissionDenied):
        story.hide(by=manager, note="Mine")


def test_no_reviewer_reviews_a_private_story(
    teller: User, nominee: User, culture_lead: User, manager: User
) -> None:
    story = tell_story(teller, nominee, visibility=Visibility.PRIVATE)
    for reviewer in (culture_lead, manager):
        with pytest.raises(PermissionDenied):
            story.hide(by=reviewer, note="Private")


def test_the_teller_withdraws_at_any_time(story: Story, teller: User, culture_lead: User) -> None:
    story.hide(by=culture_lead, note="Wait")
    story.withdraw(by=teller)
    assert story.state == State.WITHDRAWN


@pytest.mark.parametrize("who", ["nominee", "manager", "culture_lead", "stranger"])
def test_nobody_else_withdraws(who: str, story: Story, request: pytest.FixtureRequest) -> None:
    with pytest.raises(PermissionDenied):
        story.withdraw(by=request.getfixturevalue(who))


def test_a_receiver_that_fails_undoes_the_change(story: Story, culture_lead: User) -> None:
    def fail(**kwargs: object) -> None:
        raise RuntimeError

    signals.story_changed.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            story.hide(by=culture_lead, note="No")
    finally:
        signals.story_changed.disconnect(fail)
    story.refresh_from_db()
    assert story.state == State.PUBLISHED
    assert verbs_of(story) == ["submit"]
