"""Under review first an edit waits while the old text stays: who proposes, and who decides."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
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
from stories.models import CustomerGroup, Proposal, State, Story, Visibility
from stories.models.deeds import DecidedError, last_decisive
from stories.models.reviewing import UNDO_WINDOW, TooLateError
from stories.models.telling import fingerprint, snapshot
from stories.models.writing import OvertakenError
from stories.reviewers import reviewers_of_edit
from tests.factories import (
    DepartmentFactory,
    UserFactory,
    ValueFactory,
    draft_story,
    tell_story,
    telling,
    wants,
)
from tests.stories.composing import photo_file

REVIEWERS = ["manager", "director", "delegate", "culture_lead"]
OTHERS = ["teller", "nominee", "stranger", "leaver", "other_manager"]
NEW = "Forty-one trips were saved"


@pytest.fixture
def review_first(company: Company) -> None:
    company.review_policy = ReviewPolicy.REVIEW_FIRST
    company.save()


@pytest.fixture
def careful(story: Story, manager: User, review_first: None) -> Story:
    """A published story whose edits wait."""
    return story


@pytest.fixture
def proposed(careful: Story, teller: User) -> Story:
    """Another headline waits for it."""
    assert edit(careful, headline=NEW)
    return careful


def edit(story: Story, *, by: User | None = None, seen: str = "", **said: Any) -> bool:
    """What its teller says anew, with the rest as it is."""
    said = {"nominees": story.nominees, "customer_group": story.customer_group} | said
    return story.edit(telling(**said), by=by or story.teller, seen=seen)


def again(story: Story) -> Story:
    return Story.objects.get(pk=story.pk)


def verbs_of(story: Story) -> list[str]:
    return list(History.objects.about(story).values_list("verb", flat=True))


def seen(story: Story) -> int:
    row = last_decisive(story)
    assert row is not None
    return row.pk


def is_waiting(story: Story) -> bool:
    return Story.objects.with_waiting_edit().filter(pk=story.pk).exists()


def photo_of(proposal: Proposal) -> str:
    return str(proposal.photo.name)


# Proposing


def test_readers_go_on_reading_the_old_text(proposed: Story) -> None:
    assert again(proposed).headline == "A kayak school kept its season"
    assert again(proposed).edited_at is None
    assert proposed.proposal.says == {"headline": NEW}
    assert is_waiting(proposed)
    assert verbs_of(proposed) == ["submit", "propose edit"]


def test_nobody_hears_of_a_change_that_only_waits(careful: Story) -> None:
    heard = []

    def hear(story: Story, **kwargs: object) -> None:
        heard.append(story)

    signals.story_changed.connect(hear)
    try:
        edit(careful, headline=NEW)
    finally:
        signals.story_changed.disconnect(hear)
    assert heard == []


def test_under_publish_first_an_edit_waits_for_nobody(company: Company, story: Story) -> None:
    edit(story, headline=NEW)
    assert again(story).headline == NEW
    assert story.proposed is None


def test_who_is_celebrated_anew_decides_too_whether_it_waits(
    company: Company, story: Story, manager: User
) -> None:
    careful = DepartmentFactory(review_policy=ReviewPolicy.REVIEW_FIRST)
    colleague = UserFactory(department=careful)
    edit(story, nominees=[*story.nominees, colleague])
    assert is_waiting(story)


def test_somebody_without_a_department_is_the_companys(
    story: Story, manager: User, review_first: None, stranger: User
) -> None:
    Department.objects.update(review_policy=ReviewPolicy.PUBLISH_FIRST)
    edit(story, nominees=[*story.nominees, stranger])
    assert is_waiting(story)


@pytest.mark.parametrize("who", REVIEWERS)
def test_a_reviewers_edit_waits_for_nobody(
    who: str, proposed: Story, request: pytest.FixtureRequest
) -> None:
    """What the teller proposed goes on waiting, and changes no more than it did."""
    edit(proposed, by=request.getfixturevalue(who), difference="Nobody lost a trip.")
    assert again(proposed).difference == "Nobody lost a trip."
    assert is_waiting(proposed)
    assert again(proposed).proposal.telling().difference == "Nobody lost a trip."


def test_what_nobody_may_review_does_not_wait(
    review_first: None, culture_lead: User, stranger: User
) -> None:
    story = tell_story(culture_lead, stranger)
    edit(story, headline=NEW)
    assert again(story).headline == NEW


def test_naming_the_only_reviewer_leaves_nobody_to_decide(
    review_first: None, culture_lead: User, teller: User, stranger: User
) -> None:
    story = tell_story(teller, stranger)
    story.publish(by=culture_lead)
    edit(story, helping_hands=[culture_lead])
    assert story.helping_hands == [culture_lead]


def test_the_teller_changes_what_they_proposed(proposed: Story) -> None:
    edit(proposed, headline="Forty-one trips", moment="wow")
    assert proposed.proposal.says == {"headline": "Forty-one trips", "moment": "wow"}
    assert Proposal.objects.count() == 1


def test_proposing_what_waits_already_changes_nothing(proposed: Story) -> None:
    """The second click of two: with what the form knew before the first."""
    knew = fingerprint(again(proposed).as_opened_by(proposed.teller))
    assert edit(proposed, headline=NEW, seen=knew) is False
    assert edit(proposed, headline=NEW, seen="0" * 16) is False
    assert verbs_of(proposed) == ["submit", "propose edit"]


def test_proposing_what_the_story_says_takes_it_back(proposed: Story) -> None:
    edit(proposed)
    assert not Proposal.objects.exists()
    assert verbs_of(proposed) == ["submit", "propose edit", "take edit back"]


def test_what_the_story_says_is_no_proposal(careful: Story) -> None:
    assert edit(careful) is False
    assert not Proposal.objects.exists()


def test_a_form_that_was_opened_before_the_proposal_overtakes_nothing(careful: Story) -> None:
    knew = fingerprint(careful.as_opened_by(careful.teller))
    edit(careful, headline=NEW)
    with pytest.raises(OvertakenError):
        edit(careful, headline="Another", seen=knew)
    assert again(careful).proposal.says == {"headline": NEW}


def test_a_form_that_was_opened_before_a_reviewers_edit_overtakes_nothing(
    careful: Story, culture_lead: User
) -> None:
    knew = fingerprint(careful.as_opened_by(careful.teller))
    edit(careful, by=culture_lead, headline="Mended")
    with pytest.raises(OvertakenError):
        edit(careful, headline=NEW, seen=knew)
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("who", [*OTHERS[1:], *REVIEWERS])
def test_nobody_else_proposes_or_takes_back(
    who: str, proposed: Story, request: pytest.FixtureRequest
) -> None:
    other = request.getfixturevalue(who)
    with pytest.raises(PermissionDenied):
        proposed.propose(telling(nominees=proposed.nominees), by=other, is_stale=False)
    with pytest.raises(PermissionDenied):
        proposed.take_edit_back(by=other)
    assert is_waiting(proposed)


@pytest.mark.parametrize("said", [{"headline": ""}, {"headline": "x" * 81}, {"nominees": []}])
def test_what_could_not_be_read_is_not_proposed(said: dict[str, Any], careful: Story) -> None:
    with pytest.raises(ValidationError):
        edit(careful, **said)
    assert not Proposal.objects.exists()
    assert again(careful).nominees == careful.nominees != []


@pytest.mark.parametrize("who", ["teller", "leaver"])
def test_the_teller_and_leavers_are_not_proposed(
    who: str, careful: Story, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(ValidationError):
        edit(careful, helping_hands=[request.getfixturevalue(who)])


def test_after_a_day_nothing_is_proposed(careful: Story) -> None:
    with (
        time_machine.travel(timezone.now() + timedelta(hours=25)),
        pytest.raises(PermissionDenied),
    ):
        edit(careful, headline=NEW)


def test_what_was_proposed_in_time_may_be_changed_later(proposed: Story, company: Company) -> None:
    """As a proposal, also where edits wait no more by then: nothing is changed at once."""
    company.review_policy = ReviewPolicy.PUBLISH_FIRST
    company.save()
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        edit(proposed, headline="Later")
        assert proposed.proposal.says == {"headline": "Later"}
        with pytest.raises(PermissionDenied):
            edit(proposed, headline="At once", visibility=Visibility.PRIVATE)


def test_where_edits_wait_no_more_the_next_one_is_read_at_once(
    proposed: Story, company: Company
) -> None:
    company.review_policy = ReviewPolicy.PUBLISH_FIRST
    company.save()
    edit(proposed, headline="Sooner")
    assert again(proposed).headline == "Sooner"
    assert not Proposal.objects.exists()


# What never waits


def test_keeping_it_private_waits_for_nobody(careful: Story) -> None:
    edit(careful, headline=NEW, visibility=Visibility.PRIVATE)
    assert (again(careful).headline, again(careful).visibility) == (NEW, Visibility.PRIVATE)


def test_taking_the_photo_away_waits_for_nobody(
    manager: User, teller: User, nominee: User, company: Company
) -> None:
    story = tell_story(teller, nominee, photo=photo_file(), photo_alt="A quay")
    company.review_policy = ReviewPolicy.REVIEW_FIRST
    company.save()
    edit(story, photo=False, photo_alt="A quay", headline=NEW)
    now = again(story)
    assert (bool(now.photo), now.photo_alt) == (False, "")
    assert now.headline == "A kayak school kept its season"
    assert now.proposal.says == {"headline": NEW}
    assert now.edited_at is not None
    assert verbs_of(story) == ["submit", "edit", "propose edit"]


def test_taking_the_customers_name_away_waits_for_nobody(
    manager: User, teller: User, nominee: User, company: Company
) -> None:
    story = tell_story(teller, nominee, customer_name="Bo Lind", customer_agreed=True)
    company.review_policy = ReviewPolicy.REVIEW_FIRST
    company.save()
    edit(story)
    assert (again(story).customer_name, again(story).customer_agreed) == ("", False)
    assert not Proposal.objects.exists()
    assert verbs_of(story) == ["submit", "edit"]


def test_another_customers_name_waits(
    manager: User, teller: User, nominee: User, company: Company
) -> None:
    story = tell_story(teller, nominee, customer_name="Bo Lind", customer_agreed=True)
    company.review_policy = ReviewPolicy.REVIEW_FIRST
    company.save()
    edit(story, customer_name="Bo Lindt", customer_agreed=True)
    assert again(story).customer_name == "Bo Lind"
    assert story.proposal.says == {"customer_name": "Bo Lindt"}


# Photos


def test_another_photo_waits_in_a_file_of_its_own(
    careful: Story, manager: User, django_capture_on_commit_callbacks: Any
) -> None:
    edit(careful, photo=photo_file())
    first = photo_of(careful.proposal)
    assert again(careful).photo == ""
    with django_capture_on_commit_callbacks(execute=True):
        edit(careful, photo=photo_file())
    second = photo_of(again(careful).proposal)
    assert (default_storage.exists(first), default_storage.exists(second)) == (False, True)
    with django_capture_on_commit_callbacks(execute=True):
        edit(careful, headline=NEW)
    assert photo_of(again(careful).proposal) == second
    with django_capture_on_commit_callbacks(execute=True):
        careful.publish_edit(by=manager)
    assert again(careful).photo.name == second
    assert default_storage.exists(second)


@pytest.mark.parametrize("verb", ["take_edit_back", "withdraw"])
def test_a_proposal_goes_with_its_photo(
    verb: str, careful: Story, teller: User, django_capture_on_commit_callbacks: Any
) -> None:
    edit(careful, photo=photo_file())
    file = photo_of(careful.proposal)
    with django_capture_on_commit_callbacks(execute=True):
        getattr(careful, verb)(by=teller)
    assert not Proposal.objects.exists()
    assert not default_storage.exists(file)


def test_a_photo_taken_out_of_the_proposal_is_gone(
    careful: Story, django_capture_on_commit_callbacks: Any
) -> None:
    edit(careful, photo=photo_file(), headline=NEW)
    file = photo_of(careful.proposal)
    with django_capture_on_commit_callbacks(execute=True):
        edit(careful, photo=False, headline=NEW)
    assert again(careful).proposal.photo == ""
    assert not default_storage.exists(file)


# Deciding


@pytest.mark.parametrize("who", REVIEWERS)
def test_a_reviewer_lets_it_be_read(
    who: str, proposed: Story, request: pytest.FixtureRequest
) -> None:
    reviewer = request.getfixturevalue(who)
    assert list(Story.objects.edits_for(reviewer)) == [proposed]
    published_at = proposed.published_at
    proposed.publish_edit(by=reviewer)
    now = again(proposed)
    assert (now.headline, now.state, now.published_at) == (NEW, State.PUBLISHED, published_at)
    assert now.edited_at is not None
    assert now.looked_at is not None
    assert not Proposal.objects.exists()
    row = History.objects.about(proposed).last()
    assert row is not None
    assert (row.verb, row.actor, row.after["headline"]) == ("publish edit", reviewer, NEW)


@pytest.mark.parametrize("who", REVIEWERS)
def test_a_reviewer_sends_it_back_and_the_teller_proposes_again(
    who: str, proposed: Story, request: pytest.FixtureRequest
) -> None:
    reviewer = request.getfixturevalue(who)
    proposed.send_edit_back(by=reviewer, note="Forty, I think?")
    assert again(proposed).headline == "A kayak school kept its season"
    assert not is_waiting(proposed)
    assert again(proposed).proposal.note == "Forty, I think?"
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert edit(proposed, headline=NEW)
    assert is_waiting(proposed)
    assert again(proposed).proposal.note == ""


@pytest.mark.parametrize("who", OTHERS)
@pytest.mark.parametrize("verb", ["publish_edit", "send_edit_back"])
def test_nobody_else_decides(
    who: str, verb: str, proposed: Story, request: pytest.FixtureRequest
) -> None:
    other = request.getfixturevalue(who)
    said = {"note": "No"} if verb == "send_edit_back" else {}
    assert not Story.objects.edits_for(other).exists()
    with pytest.raises(PermissionDenied):
        getattr(proposed, verb)(by=other, **said)
    assert is_waiting(proposed)


@pytest.mark.parametrize("who", REVIEWERS)
def test_nobody_decides_about_an_edit_that_names_them(
    who: str, careful: Story, request: pytest.FixtureRequest
) -> None:
    named = request.getfixturevalue(who)
    UserFactory(is_culture_lead=True)
    edit(careful, helping_hands=[named])
    assert is_waiting(careful)
    assert not Story.objects.edits_for(named).exists()
    with pytest.raises(PermissionDenied):
        careful.publish_edit(by=named)


def test_whoever_stands_in_decides_only_what_the_absent_might(
    careful: Story, delegate: User, manager: User, culture_lead: User
) -> None:
    """The change names the manager, in whose place the delegate reviews."""
    edit(careful, helping_hands=[manager])
    assert not Story.objects.edits_for(delegate).exists()
    assert delegate not in reviewers_of_edit(careful)
    with pytest.raises(PermissionDenied):
        careful.publish_edit(by=delegate)


def test_whoever_stands_in_for_two_decides_where_one_of_them_might(
    careful: Story, delegate: User, manager: User, culture_lead: User
) -> None:
    Delegation.objects.hand_over(culture_lead, delegate, first=today(), last=today())
    edit(careful, helping_hands=[manager])
    assert list(Story.objects.edits_for(delegate)) == [careful]
    assert delegate in reviewers_of_edit(careful)
    careful.publish_edit(by=delegate)
    assert not Proposal.objects.exists()


def test_an_edit_does_not_wait_for_who_stands_in_for_somebody_it_names(
    careful: Story, delegate: User, manager: User
) -> None:
    edit(careful, helping_hands=[manager])
    assert not is_waiting(careful)
    assert manager in again(careful).helping_hands


def test_all_of_a_telling_is_kept_and_read(
    careful: Story, manager: User, stranger: User, customers: CustomerGroup
) -> None:
    values = [ValueFactory(), ValueFactory()]
    said = telling(
        nominees=[*careful.nominees, stranger],
        helping_hands=[UserFactory()],
        customer_group=customers,
        values=values,
        moment="wow",
        customer_words="You saved our summer.",
        words_source="call",
    )
    careful.edit(said, by=careful.teller)
    expected = again(careful).proposal.snapshot()
    careful.publish_edit(by=manager)
    assert snapshot(again(careful)) == expected | {"state": State.PUBLISHED}
    assert careful.nominees == said.nominees
    assert list(careful.values.all()) == values


def test_whoever_it_names_newly_is_asked_first(
    careful: Story, manager: User, stranger: User
) -> None:
    wants(stranger, Publicity.ASK_FIRST)
    edit(careful, nominees=[*careful.nominees, stranger])
    careful.publish_edit(by=manager)
    assert again(careful).state == State.ASKING
    careful.agree(by=stranger)
    assert again(careful).state == State.PUBLISHED


def test_whoever_it_names_newly_may_want_privacy(
    careful: Story, manager: User, stranger: User
) -> None:
    wants(stranger, Publicity.PRIVATE_ONLY)
    edit(careful, nominees=[*careful.nominees, stranger])
    careful.publish_edit(by=manager)
    assert (again(careful).state, again(careful).visibility) == ("published", "private")


def test_nobody_who_has_left_since_is_named(careful: Story, manager: User, stranger: User) -> None:
    edit(careful, nominees=[*careful.nominees, stranger])
    stranger.is_active = False
    stranger.save()
    with pytest.raises(ValidationError):
        careful.publish_edit(by=manager)
    assert stranger not in again(careful).nominees
    assert is_waiting(careful)


def test_what_a_reviewer_changed_meanwhile_stays(
    proposed: Story, manager: User, culture_lead: User
) -> None:
    edit(proposed, by=culture_lead, what_they_did="Rang at eight.")
    proposed.publish_edit(by=manager)
    assert (again(proposed).headline, again(proposed).what_they_did) == (NEW, "Rang at eight.")


@pytest.mark.parametrize("verb", ["publish_edit", "send_edit_back"])
def test_the_second_of_two_reviewers_hears_who_was_faster(
    verb: str, proposed: Story, manager: User, culture_lead: User
) -> None:
    knew = seen(proposed)
    proposed.publish_edit(by=manager, seen=knew)
    said = {"note": "No"} if verb == "send_edit_back" else {}
    with pytest.raises(DecidedError) as caught:
        getattr(again(proposed), verb)(by=culture_lead, seen=knew, **said)
    assert (caught.value.deed.verb, caught.value.deed.actor) == ("publish edit", manager)


def test_a_reviewer_decides_about_no_other_words_than_they_read(
    proposed: Story, manager: User, teller: User
) -> None:
    knew = seen(proposed)
    edit(proposed, headline="Something else")
    with pytest.raises(DecidedError):
        proposed.publish_edit(by=manager, seen=knew)
    knew = seen(proposed)
    proposed.take_edit_back(by=teller)
    with pytest.raises(DecidedError):
        proposed.publish_edit(by=manager, seen=knew)
    with pytest.raises(PermissionDenied):
        proposed.publish_edit(by=manager)


def test_sending_it_back_is_undone(proposed: Story, manager: User) -> None:
    says = proposed.proposal.says
    proposed.send_edit_back(by=manager, note="Forty, I think?")
    proposed.undo(seen(proposed), by=manager)
    proposal = again(proposed).proposal
    assert (proposal.says, proposal.returned_at, proposal.note) == (says, None, "")
    assert is_waiting(proposed)
    assert verbs_of(proposed)[-2:] == ["send edit back", "undo send edit back"]


@pytest.mark.parametrize("late", ["another", "seconds", "proposed", "taken back"])
def test_it_is_not_undone_too_late_or_by_another(
    late: str, proposed: Story, manager: User, culture_lead: User, teller: User
) -> None:
    proposed.send_edit_back(by=manager, note="Forty, I think?")
    deed, by, at = seen(proposed), manager, timezone.now()
    if late == "another":
        by = culture_lead
    elif late == "seconds":
        at += UNDO_WINDOW + timedelta(seconds=1)
    elif late == "proposed":
        edit(proposed, headline="Forty trips were saved")
    else:
        proposed.take_edit_back(by=teller)
    before = list(Proposal.objects.values())
    with time_machine.travel(at, tick=False), pytest.raises(TooLateError):
        proposed.undo(deed, by=by)
    assert list(Proposal.objects.values()) == before


def test_letting_it_be_read_is_not_undone(proposed: Story, manager: User) -> None:
    proposed.publish_edit(by=manager)
    with pytest.raises(TooLateError):
        proposed.undo(seen(proposed), by=manager)
    assert again(proposed).headline == NEW


def test_a_name_goes_with_the_agreement_that_the_story_lost_meanwhile(
    review_first: None, teller: User, nominee: User, manager: User, culture_lead: User
) -> None:
    story = tell_story(teller, nominee, customer_name="Bo Lind", customer_agreed=True)
    story.publish(by=manager)
    edit(story, headline=NEW, customer_name="Bo Lindt", customer_agreed=True)
    edit(story, by=culture_lead)
    proposal = again(story).proposal
    assert proposal.says["customer_name"] == "Bo Lindt"
    assert (proposal.telling().customer_name, proposal.snapshot()["customer_name"]) == ("", "")
    story.publish_edit(by=manager)
    now = again(story)
    assert (now.headline, now.customer_name, now.customer_agreed) == (NEW, "", False)


# What becomes of it where the story goes on without it


@pytest.mark.parametrize("way", ["hide", "keep_private", "send_back"])
def test_it_waits_for_nobody_while_the_story_is_off_the_feed(
    way: str, proposed: Story, manager: User, teller: User
) -> None:
    by = teller if way == "keep_private" else manager
    getattr(proposed, way)(by=by, **({} if way == "keep_private" else {"note": "A name in it"}))
    assert Proposal.objects.exists()
    assert not is_waiting(proposed)
    with pytest.raises(PermissionDenied):
        proposed.publish_edit(by=manager)
    proposed.take_edit_back(by=teller)


def test_shown_again_it_waits_again(proposed: Story, manager: User) -> None:
    proposed.hide(by=manager, note="A name in it")
    proposed.unhide(by=manager)
    assert is_waiting(proposed)


def test_a_story_submitted_anew_has_none(proposed: Story, manager: User, teller: User) -> None:
    proposed.send_back(by=manager, note="A name in it")
    proposed.submit(by=teller)
    assert not Proposal.objects.exists()


def test_while_it_is_private_an_edit_is_read_at_once(proposed: Story, teller: User) -> None:
    proposed.keep_private(by=teller)
    edit(proposed, headline="Among ourselves")
    assert again(proposed).headline == "Among ourselves"
    assert not Proposal.objects.exists()


# A story that waits itself


@pytest.fixture
def waiting(review_first: None, manager: User, teller: User, nominee: User) -> Story:
    story = tell_story(teller, nominee)
    assert story.is_waiting
    return story


def test_the_teller_changes_a_waiting_story_and_it_goes_on_waiting(waiting: Story) -> None:
    since = waiting.waiting_since
    edit(waiting, headline=NEW)
    now = again(waiting)
    assert (now.headline, now.state, now.waiting_since) == (NEW, State.WAITING, since)
    assert now.edited_at is None
    assert verbs_of(waiting) == ["submit", "edit"]


def test_whoever_read_the_old_words_is_told(waiting: Story, manager: User) -> None:
    knew = seen(waiting)
    edit(waiting, headline=NEW)
    with pytest.raises(DecidedError):
        waiting.publish(by=manager, seen=knew)


@pytest.mark.parametrize("who", [*REVIEWERS, *OTHERS[1:]])
def test_nobody_else_changes_a_waiting_story(
    who: str, waiting: Story, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(PermissionDenied):
        edit(waiting, by=request.getfixturevalue(who), headline=NEW)


def test_whom_a_waiting_story_names_newly_is_asked_first(waiting: Story, stranger: User) -> None:
    wants(stranger, Publicity.ASK_FIRST)
    edit(waiting, nominees=[*waiting.nominees, stranger])
    assert again(waiting).state == State.ASKING


def test_a_waiting_story_kept_private_waits_no_more(waiting: Story) -> None:
    edit(waiting, visibility=Visibility.PRIVATE)
    assert (again(waiting).state, again(waiting).visibility) == ("published", "private")


def test_a_waiting_story_that_names_its_only_reviewer_is_published(
    review_first: None, culture_lead: User, teller: User, stranger: User
) -> None:
    story = tell_story(teller, stranger)
    assert story.is_waiting
    edit(story, helping_hands=[culture_lead])
    assert again(story).state == State.PUBLISHED


def test_a_draft_has_no_proposal(review_first: None, teller: User, nominee: User) -> None:
    with pytest.raises(PermissionDenied):
        edit(draft_story(teller, nominee), headline=NEW)
