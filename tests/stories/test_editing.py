"""Changing a story that is published."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import Company, History, Publicity, User
from stories.models import CustomerGroup, Story
from stories.models.choices import State, Visibility
from tests.conftest import signed_in
from tests.factories import draft_story, tell_story
from tests.stories.composing import photo_file
from tests.stories.editing import change, editing, headline

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def there_is_a_company(company: Company) -> None:
    """The form asks it for its moments."""


def test_the_teller_changes_a_story_and_readers_see_that(
    as_teller: Client, as_stranger: Client, story: Story
) -> None:
    response = change(as_teller, story, headline="Forty-one trips were saved")
    page = as_stranger.get(response.url).content.decode()
    assert "Forty-one trips were saved" in page
    assert "edited" in page


def test_history_keeps_both_texts(as_teller: Client, story: Story) -> None:
    change(as_teller, story, headline="Forty-one trips were saved")
    row = History.objects.about(story).last()
    assert row is not None
    assert (row.before["headline"], row.after["headline"]) == (
        "A kayak school kept its season",
        "Forty-one trips were saved",
    )


def test_the_form_opens_with_the_story_in_it(as_teller: Client, story: Story) -> None:
    page = as_teller.get(editing(story)).content.decode()
    assert f'value="{story.headline}"' in page
    assert f'name="nominees" value="{story.nominees[0].ref}"' in page


def test_a_draft_is_changed_in_the_composer(as_teller: Client, teller: User, nominee: User) -> None:
    story = draft_story(teller, nominee)
    assert as_teller.get(editing(story)).url == f"/stories/new/?draft={story.ref}"


def test_after_a_day_the_teller_is_told_who_still_can(as_teller: Client, story: Story) -> None:
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        response = change(as_teller, story, headline="Too late")
    assert (response.status_code, headline(story)) == (403, "A kayak school kept its season")
    assert "Now only a reviewer can" in response.content.decode()


@pytest.mark.parametrize("who", ["stranger", "nominee", "manager"])
def test_who_sees_it_but_may_not_change_it_is_told_so(
    who: str, request: pytest.FixtureRequest, story: Story
) -> None:
    reader = request.getfixturevalue(who)
    if who == "manager":
        story.named.create(person=reader, role="helper")
    response = change(signed_in(reader), story, headline="Mine now")
    assert (response.status_code, headline(story)) == (403, "A kayak school kept its season")


@pytest.mark.parametrize("who", ["manager", "director", "delegate", "culture_lead"])
def test_a_reviewer_changes_it_later(
    who: str, request: pytest.FixtureRequest, story: Story
) -> None:
    client = signed_in(request.getfixturevalue(who))
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        change(client, story, headline="Without the customer's name")
    assert headline(story) == "Without the customer's name"


@pytest.mark.parametrize("who", ["stranger", "culture_lead", "other_manager"])
def test_a_story_that_one_may_not_see_is_not_found(
    who: str, request: pytest.FixtureRequest, teller: User, nominee: User
) -> None:
    client = signed_in(request.getfixturevalue(who))
    private = tell_story(teller, nominee, visibility=Visibility.PRIVATE)
    withdrawn = tell_story(teller, nominee)
    withdrawn.withdraw(by=teller)
    stories = [private, withdrawn, draft_story(teller, nominee)]
    assert [client.get(editing(story)).status_code for story in stories] == [404] * 3


def test_a_withdrawn_story_is_not_changed_by_its_teller(
    as_teller: Client, teller: User, story: Story
) -> None:
    story.withdraw(by=teller)
    assert change(as_teller, story).status_code == 403


def test_signed_out_nobody_changes_anything(client: Client, story: Story) -> None:
    assert change(client, story, headline="Hello").status_code == 302
    assert headline(story) == "A kayak school kept its season"


def test_a_story_can_be_made_private(as_teller: Client, story: Story) -> None:
    change(as_teller, story, visibility="private")
    assert Story.objects.get().visibility == Visibility.PRIVATE


def test_a_reviewers_change_leaves_the_story_to_everybody(
    as_other_manager: Client, story: Story
) -> None:
    change(as_other_manager, story, visibility="private")
    story.refresh_from_db()
    assert story.visibility == Visibility.COMPANY


def test_a_private_story_is_never_widened(
    as_teller: Client, teller: User, nominee: User, suppliers: CustomerGroup
) -> None:
    story = tell_story(teller, nominee, visibility=Visibility.PRIVATE)
    change(as_teller, story, visibility="company", headline="Changed")
    assert Story.objects.get().visibility == Visibility.PRIVATE
    assert 'name="visibility"' not in as_teller.get(editing(story)).content.decode()


def test_naming_somebody_who_wants_to_be_asked_asks_them(
    as_teller: Client, story: Story, nominee: User, stranger: User
) -> None:
    User.objects.filter(pk=stranger.pk).update(publicity=Publicity.ASK_FIRST)
    change(as_teller, story, nominee, stranger)
    assert Story.objects.get().state == State.ASKING


def test_a_nominee_who_has_left_since_stays(as_teller: Client, story: Story, nominee: User) -> None:
    User.objects.filter(pk=nominee.pk).update(is_active=False)
    change(as_teller, story, headline="Changed")
    assert (headline(story), story.nominees) == ("Changed", [nominee])


def test_neither_teller_nor_editor_gets_into_the_story(
    as_manager: Client, story: Story, nominee: User, teller: User, manager: User
) -> None:
    response = change(as_manager, story, nominee, teller, manager)
    assert (response.status_code, story.nominees) == (422, [nominee])
    assert len(response.context["form"].errors["nominees"]) == 2


@pytest.mark.parametrize("name", ["nominees", "headline", "what_they_did", "customer_group"])
def test_what_a_story_needs_cannot_be_taken_away(
    as_teller: Client, story: Story, name: str
) -> None:
    response = change(as_teller, story, **{name: []})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [name]


def test_finding_somebody_changes_nothing_yet(
    as_teller: Client, story: Story, manager: User
) -> None:
    response = change(as_teller, story, save=None, nominees_query="maya", headline="Soon")
    assert response.context["pickers"]["nominees"][3].people == [manager]
    assert 'value="Soon"' in response.content.decode()
    assert headline(story) == "A kayak school kept its season"


def test_a_name_not_picked_is_pointed_at(as_teller: Client, story: Story, manager: User) -> None:
    assert change(as_teller, story, nominees_query="maya").status_code == 422


def test_a_photo_is_added_with_the_change(as_teller: Client, story: Story) -> None:
    change(as_teller, story, photo=photo_file())
    assert Story.objects.get().photo.name.endswith(".webp")


def test_a_photo_that_was_not_kept_has_to_be_chosen_again(as_teller: Client, story: Story) -> None:
    response = change(as_teller, story, headline="", photo=photo_file())
    assert "Choose the photo again" in response.content.decode()
    assert Story.objects.get().photo.name == ""


def test_words_written_past_the_day_come_back(as_teller: Client, story: Story) -> None:
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        page = change(as_teller, story, headline="A line of the last minute")
    assert page.status_code == 403
    assert "A line of the last minute" in page.content.decode()


def test_a_reviewer_is_not_asked_who_may_read_it(as_culture_lead: Client, story: Story) -> None:
    page = as_culture_lead.get(editing(story)).content.decode()
    assert 'name="visibility"' not in page


def test_somebody_who_left_between_the_check_and_the_change_is_named_in_a_sentence(
    as_teller: Client, story: Story, stranger: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit = Story.edit

    def slowly(self: Story, telling: Any, *, by: User, seen: str) -> bool:
        User.objects.filter(pk=stranger.pk).update(is_active=False)
        for person in telling.nominees:
            person.refresh_from_db()
        return edit(self, telling, by=by, seen=seen)

    monkeypatch.setattr(Story, "edit", slowly)
    page = change(as_teller, story, *story.nominees, stranger)
    assert page.status_code == 422
    assert "Sam Stone no longer works here" in page.content.decode()
    assert list(Story.objects.get(pk=story.pk).nominees) == story.nominees
