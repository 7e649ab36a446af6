"""The desk's first page: what the next edition tells, and in which order."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import Company, History, User
from stories.digests.desk.lineup import lineup
from stories.digests.desk.planning import next_edition
from stories.digests.models import Edition, EditionState
from stories.models import Story
from tests.digests.desk_pages import DESK, HTMX, of, over, queries, told, url
from tests.factories import UserFactory, tell_story

pytestmark = pytest.mark.django_db


def test_it_shows_the_stories_in_order_with_the_reason_for_each(
    as_culture_lead: Client, three: list[Story]
) -> None:
    page = as_culture_lead.get(DESK)
    places = lineup(next_edition())
    assert [place.story.headline for place in page.context["placed"]] == told()
    for place in places:
        assert place.reason
        assertContains(page, place.reason)


def test_looking_at_it_makes_no_edition(as_culture_lead: Client, three: list[Story]) -> None:
    as_culture_lead.get(DESK)
    assert not Edition.objects.exists()


def test_a_private_story_is_nowhere_on_it(
    as_culture_lead: Client, three: list[Story], teller: User, nominee: User
) -> None:
    tell_story(teller, nominee, headline="For her eyes only", visibility="private")
    assertNotContains(as_culture_lead.get(DESK), "For her eyes only")
    assertNotContains(as_culture_lead.get(f"{DESK}?find=eyes"), "For her eyes only")


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


def test_stories_that_could_be_added_are_found_by_their_words(
    as_culture_lead: Client, three: list[Story]
) -> None:
    as_culture_lead.post(url("take_out", of("A lost voucher").ref))
    as_culture_lead.post(url("take_out", of("Ice on the quay").ref))
    answer = as_culture_lead.get(url("stories"), {"find": "vouch"}, headers=HTMX)
    assertContains(answer, "A lost voucher")
    assertNotContains(answer, "Ice on the quay")
    assertContains(answer, "1 story found")
    assertNotContains(answer, "<h1>")


def test_what_the_page_shows_is_not_among_what_could_be_added(
    as_culture_lead: Client, three: list[Story]
) -> None:
    shown = {"story": [of("A lost voucher").ref, of("Ice on the quay").ref]}
    answer = as_culture_lead.get(url("stories"), shown, headers=HTMX)
    assertContains(answer, "Forty chairs by noon")
    assertNotContains(answer, "A lost voucher")
    assertNotContains(answer, "Ice on the quay")


def test_looking_for_a_story_chooses_none_anew(
    as_culture_lead: Client, three: list[Story], monkeypatch: pytest.MonkeyPatch
) -> None:
    address = url("stories")
    monkeypatch.delattr("stories.digests.desk.lineup.choose")
    assert as_culture_lead.get(address, {"find": "vouch"}, headers=HTMX).status_code == 200


def test_a_page_left_open_finds_no_stories_of_the_week_after(
    as_culture_lead: Client, three: list[Story]
) -> None:
    over = next_edition()
    left_open = url("stories", edition=over)
    over.abort(by=None, note="")
    answer = as_culture_lead.get(left_open, {"find": "vouch"}, headers=HTMX)
    assertContains(answer, "This edition takes no other story any more.")
    assertNotContains(answer, "/addition/")


def test_a_search_that_finds_no_story_says_so(as_culture_lead: Client, three: list[Story]) -> None:
    answer = as_culture_lead.get(DESK, {"find": "zeppelin"})
    assertContains(answer, "No other story of these weeks has “zeppelin”.")


@pytest.mark.parametrize(
    ("policy", "said"),
    [("skip", "no digest leaves"), ("prompt", "one line that invites them to tell a story")],
)
def test_a_week_without_stories_says_what_will_happen(
    as_culture_lead: Client, company: Company, policy: str, said: str
) -> None:
    company.quiet_week = policy
    company.save()
    page = as_culture_lead.get(DESK)
    assertContains(page, "No story yet this week")
    assertContains(page, said)


def test_a_week_without_stories_promises_nobody_a_copy(
    as_culture_lead: Client, company: Company, stranger: User
) -> None:
    page = as_culture_lead.get(DESK)
    assertContains(page, "As it stands, nobody gets it: it has no story.")
    assertNotContains(page, "people get it.")
    assertNotContains(page, "It leaves")


def test_the_status_of_a_week_without_stories_says_so_by_itself(
    as_culture_lead: Client, company: Company
) -> None:
    answer = as_culture_lead.post(url("pause"), headers=HTMX)
    assertContains(answer, "Paused")
    answer = as_culture_lead.post(url("resume"), headers=HTMX)
    assertContains(answer, "As it stands, nobody gets it: it has no story.")


def test_who_takes_the_last_story_out_reads_at_once_that_nobody_gets_it(
    as_culture_lead: Client, company: Company, story: Story
) -> None:
    assertContains(as_culture_lead.get(DESK), 'id="leaving"')
    answer = as_culture_lead.post(url("take_out", story.ref), headers=HTMX)
    assertContains(answer, 'id="leaving" hx-swap-oob="true"')
    assertContains(answer, "As it stands, nobody gets it: it has no story.")


def test_it_says_when_it_leaves_and_to_how_many(
    as_culture_lead: Client, company: Company, three: list[Story], culture_lead: User
) -> None:
    culture_lead.time_zone = "Asia/Tokyo"
    culture_lead.save()
    page = as_culture_lead.get(DESK).content.decode()
    assert "at 18:00</time>" in page
    assert f"{User.objects.filter(is_active=True).count()} people get it." in page


def test_verbs_name_their_week_so_that_a_page_left_open_does_no_harm(
    as_culture_lead: Client, three: list[Story]
) -> None:
    left_open = url("pause")
    coming = next_edition()
    coming.abort(by=None, note="")
    following = next_edition()
    as_culture_lead.post(left_open)
    following.refresh_from_db()
    assert following.week_start == coming.week_start + timedelta(weeks=1)
    assert following.paused_at is None


def test_an_address_of_a_week_that_has_no_edition_is_not_found(
    as_culture_lead: Client, company: Company
) -> None:
    assert as_culture_lead.get("/digest/desk/1999-01-04/").status_code == 404
    assert as_culture_lead.post("/digest/desk/1999-01-04/pause/").status_code == 404


def test_the_page_asks_as_often_for_forty_stories_as_for_ten(
    as_culture_lead: Client, three: list[Story], teller: User
) -> None:
    def queries_after(stories: int) -> int:
        for number in range(stories):
            tell_story(teller, UserFactory(), UserFactory(), headline=f"Story {number}")
        return queries(as_culture_lead, DESK)

    assert queries_after(7) == queries_after(30)


def test_the_page_asks_little(as_culture_lead: Client, three: list[Story]) -> None:
    as_culture_lead.get(DESK)
    not_stored = queries(as_culture_lead, DESK)
    as_culture_lead.post(url("place", of(told()[0]).ref), {"down": "0"})
    as_culture_lead.post(url("take_out", of(told()[0]).ref))
    arranged = queries(as_culture_lead, DESK)
    assert (not_stored, arranged) == (29, 38)


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


def test_who_looks_for_a_story_that_was_told_reads_so_and_finds_no_button(
    as_culture_lead: Client, edition: Edition, story: Story, teller: User
) -> None:
    over(edition, sent=4)
    spared = tell_story(teller, UserFactory(), headline="Another matter")
    found = url("stories") + "?find="
    answer = as_culture_lead.get(found + story.headline.split()[1], headers=HTMX)
    why = "told this story already: none is told twice."
    assertContains(answer, story.headline)
    assertContains(answer, why, count=2)
    assertNotContains(answer, url("add", story.ref))
    answer = as_culture_lead.get(found + "another", headers=HTMX)
    assertContains(answer, url("add", spared.ref))
    assertNotContains(answer, why)


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
