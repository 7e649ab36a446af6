"""Arranging an edition on the desk's page: its order, and what is in it."""

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import History, User
from stories.digests.desk.planning import next_edition
from stories.digests.models import Edition, EditionState
from stories.models import Story
from tests.digests.desk_pages import DESK, HTMX, of, told, url

pytestmark = pytest.mark.django_db


def test_a_story_moves_down_by_a_plain_form(as_culture_lead: Client, three: list[Story]) -> None:
    first, second, third = told()
    answer = as_culture_lead.post(url("place", of(first).ref), {"down": "0"})
    assertRedirects(answer, f"{DESK}#lineup")
    assert told() == [second, first, third]


def test_a_story_moves_up_and_the_pressed_button_keeps_the_focus(
    as_culture_lead: Client, three: list[Story]
) -> None:
    first, second, third = told()
    ref = of(second).ref
    answer = as_culture_lead.post(url("place", ref), {"up": "1"}, headers=HTMX)
    assert told() == [second, first, third]
    assertContains(answer, f"“{second}” is now number 1.")
    button = answer.content.decode().split(f'id="up-{ref}"')[1].split(">")[0]
    assert "autofocus" in button
    assert "<html" not in answer.content.decode()


@pytest.mark.parametrize(
    "sent", [{}, {"up": "0"}, {"up": "x"}, {"down": "-1"}, {"up": "1", "down": "1"}]
)
def test_a_place_that_is_none_is_a_bad_request(
    as_culture_lead: Client, three: list[Story], sent: dict[str, str]
) -> None:
    before = told()
    assert as_culture_lead.post(url("place", three[0].ref), sent).status_code == 400
    assert told() == before


def test_all_stories_take_the_order_in_which_they_were_dragged(
    as_culture_lead: Client, three: list[Story]
) -> None:
    backwards = told()[::-1]
    refs = [of(headline).ref for headline in backwards]
    answer = as_culture_lead.post(url("order"), {"story": refs, "moved": refs[0]}, headers=HTMX)
    assert told() == backwards
    handle = answer.content.decode().split(f'id="handle-{refs[0]}"')[1].split(">")[0]
    assert "autofocus" in handle


def test_a_story_is_taken_out_and_can_be_added_again(
    as_culture_lead: Client, three: list[Story]
) -> None:
    first, *others = told()
    answer = as_culture_lead.post(url("take_out", of(first).ref), follow=True)
    assert told() == others
    assertContains(answer, f"“{first}” is taken out.")
    assertContains(answer, url("add", of(first).ref))
    as_culture_lead.post(url("add", of(first).ref))
    assert told() == [*others, first]


def test_what_a_culture_lead_put_in_says_who_did(
    as_culture_lead: Client, three: list[Story]
) -> None:
    first = told()[0]
    as_culture_lead.post(url("take_out", of(first).ref))
    as_culture_lead.post(url("add", of(first).ref))
    assertContains(as_culture_lead.get(DESK), "Chosen by Cora Lindqvist")


def test_asking_for_fresh_suggestions_forgets_what_was_arranged(
    as_culture_lead: Client, three: list[Story]
) -> None:
    before = told()
    as_culture_lead.post(url("take_out", of(before[0]).ref))
    as_culture_lead.post(url("afresh"))
    assert told() == before


GONE = "This story is not in the edition any more."


@pytest.mark.parametrize("verb", ["place", "take_out", "add"])
def test_a_click_on_a_story_that_went_private_says_that_it_is_gone(
    as_culture_lead: Client, three: list[Story], teller: User, verb: str
) -> None:
    three[0].keep_private(by=teller)
    address = url(verb, three[0].ref)
    for options in ({"headers": HTMX}, {"follow": True}):
        answer = as_culture_lead.post(address, {"down": "0"}, **options)
        assertContains(answer, GONE)
        assertNotContains(answer, three[0].headline)


def test_a_click_on_a_story_that_never_was_says_the_same(
    as_culture_lead: Client, three: list[Story]
) -> None:
    assertContains(as_culture_lead.post(url("take_out", "nobody"), headers=HTMX), GONE)


def test_every_change_is_in_the_history(
    as_culture_lead: Client, three: list[Story], culture_lead: User
) -> None:
    first = told()[0]
    as_culture_lead.post(url("place", of(first).ref), {"down": "0"})
    as_culture_lead.post(url("take_out", of(first).ref))
    as_culture_lead.post(url("words"), {"subject": "Ours", "note": ""})
    rows = History.objects.about(next_edition())
    assert [row.actor for row in rows] == [culture_lead] * 3
    assert Edition.objects.get().state == EditionState.PLANNED


def test_an_order_of_stories_that_are_gone_is_refused_in_words(
    as_culture_lead: Client, three: list[Story]
) -> None:
    answer = as_culture_lead.post(url("order"), {"story": ["nowhere"]}, headers=HTMX)
    assertContains(answer, "The stories have changed meanwhile.")


def test_a_story_that_was_hidden_meanwhile_is_refused_in_words(
    as_culture_lead: Client, three: list[Story], culture_lead: User
) -> None:
    three[0].hide(by=culture_lead, note="Ask the customer first.")
    answer = as_culture_lead.post(url("take_out", three[0].ref), headers=HTMX)
    assertContains(answer, "This story is not in the edition any more.")
    assertContains(answer, 'data-announce="This story is not in the edition any more."')
