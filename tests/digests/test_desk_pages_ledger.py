"""How an edition went: its ledger, the people in it, and sending again what did not arrive."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Company, User
from stories.digests.models import Delivery, DeliveryState, Edition, EditionState
from stories.digests.sending import send_now
from stories.models import Story
from tests.digests.desk_pages import DESK, over, queries, settle, url
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(company: Company, story: Story, stranger: User, culture_lead: User) -> Edition:
    """On its way to five people."""
    return send_now()


def test_what_failed_is_sent_again_and_counted(as_culture_lead: Client, edition: Edition) -> None:
    over(edition, sent=3, failed=2)
    page = as_culture_lead.get(url("edition", edition=edition))
    assertContains(page, "Sent, but for 2 copies")
    assertContains(page, "desk-status--warning")
    assertContains(page, "Send 2 failed copies again")
    after = as_culture_lead.post(url("resend", "failed", edition=edition), follow=True)
    assertContains(after, "2 copies leave again.")
    assert edition.deliveries.filter(state=DeliveryState.PENDING).count() == 2


def test_what_nobody_knows_of_says_what_sending_it_again_means(
    as_culture_lead: Client, edition: Edition
) -> None:
    over(edition, sent=4, uncertain=1)
    page = as_culture_lead.get(url("edition", edition=edition))
    assertContains(page, "Send 1 copy again of which nobody knows")
    assertContains(page, "Who got theirs already gets an identical one.")
    as_culture_lead.post(url("resend", "uncertain", edition=edition))
    assert edition.deliveries.get(state=DeliveryState.PENDING).resends == 1


def test_while_it_is_held_sending_again_says_what_it_waits_for(
    as_culture_lead: Client, edition: Edition, culture_lead: User
) -> None:
    settle(edition, failed=2)
    edition.pause(by=culture_lead, note="Wait.")
    answer = as_culture_lead.post(url("resend", "failed", edition=edition), follow=True)
    assertContains(answer, "2 copies leave again once the edition goes on.")


def test_an_edition_that_was_given_up_is_called_so_in_the_list_too(
    as_culture_lead: Client, edition: Edition
) -> None:
    settle(edition, sent=2)
    edition.abort(by=None, note="")
    page = as_culture_lead.get(f"{DESK}editions/")
    assertContains(page, "Given up · 2 of 5 copies were sent")
    assertNotContains(page, "5 people")


def test_an_edition_given_up_before_any_copy_was_made_counts_none(
    as_culture_lead: Client, edition: Edition
) -> None:
    edition.deliveries.all().delete()
    Edition.objects.update(eligible=None)
    edition.abort(by=None, note="")
    page = as_culture_lead.get(f"{DESK}editions/")
    assertContains(page, "Given up</span>")


def test_what_was_given_up_half_way_says_how_much_leaves_no_more(
    as_culture_lead: Client, edition: Edition
) -> None:
    settle(edition, sent=2)
    Delivery.objects.claim(edition, most=1)
    edition.abort(by=None, note="")
    page = as_culture_lead.get(url("edition", edition=edition))
    assertContains(page, "2 of 5 copies are done · 3 do not leave any more")
    assertContains(page, "<b>40 %</b>")
    assertNotContains(page, "Being sent")
    assertNotContains(page, "hx-trigger")


def test_while_a_copy_of_what_was_given_up_is_leaving_the_page_looks_again(
    as_culture_lead: Client, edition: Edition
) -> None:
    edition.abort(by=None, note="")
    edition.deliveries.filter(pk=edition.deliveries.first().pk).update(
        state="sending", started_at=timezone.now()
    )
    page = as_culture_lead.get(url("edition", edition=edition))
    assertContains(page, 'hx-trigger="every 2s"')


def test_what_is_claimed_and_not_begun_is_listed_as_to_be_sent(
    as_culture_lead: Client, edition: Edition
) -> None:
    [held] = Delivery.objects.claim(edition, most=1)
    edition.pause(by=None, note="")
    path = url("edition", edition=edition)
    assertContains(as_culture_lead.get(path), "<b>5</b> To be sent")
    listed = as_culture_lead.get(f"{path}?state=pending").context["copies"]
    assert held in listed
    assert as_culture_lead.get(f"{path}?state=sending").context["copies"] == []


def test_what_was_just_leaving_when_it_was_held_is_told(
    as_culture_lead: Client, edition: Edition
) -> None:
    [held] = Delivery.objects.claim(edition, most=1)
    Delivery.objects.filter(pk=held.pk).update(started_at=timezone.now())
    edition.pause(by=None, note="")
    page = as_culture_lead.get(url("edition", edition=edition))
    assertContains(page, "1 copy was just leaving then; its answer is still to come.")


def test_nothing_to_send_again_is_said_plainly(as_culture_lead: Client, edition: Edition) -> None:
    over(edition, sent=5)
    page = as_culture_lead.post(url("resend", "failed", edition=edition), follow=True)
    assertContains(page, "There was nothing to send again.")
    assertContains(page, "No copy failed.")


def test_other_states_are_no_address_to_send_again(
    as_culture_lead: Client, edition: Edition
) -> None:
    assert as_culture_lead.post(url("resend", "sent", edition=edition)).status_code == 404


def test_an_older_edition_is_not_sent_again(as_culture_lead: Client, edition: Edition) -> None:
    over(edition, sent=3, failed=2)
    older = Edition.objects.create(
        week_start=edition.week_start - timedelta(weeks=1),
        cutoff_at=edition.cutoff_at - timedelta(weeks=1),
        state=EditionState.SENT,
    )
    page = as_culture_lead.post(url("resend", "failed", edition=older), follow=True)
    assertContains(page, "Only the newest edition can be sent again.")


def test_the_desk_leads_to_how_the_edition_before_went(
    as_culture_lead: Client, edition: Edition
) -> None:
    over(edition, sent=5)
    assertContains(as_culture_lead.get(DESK), url("edition", edition=edition))


def test_the_desk_leads_to_the_edition_that_was_just_given_up(
    as_culture_lead: Client, edition: Edition
) -> None:
    Edition.objects.create(
        week_start=edition.week_start - timedelta(weeks=1),
        cutoff_at=edition.cutoff_at - timedelta(weeks=1),
        state=EditionState.SENT,
    )
    edition.abort(by=None, note="")
    assertContains(as_culture_lead.get(DESK), f'href="{url("edition", edition=edition)}">How')


def test_the_people_in_a_state_are_listed_fifty_at_a_time(
    as_culture_lead: Client, company: Company, story: Story
) -> None:
    UserFactory.create_batch(60)
    edition = send_now()
    seen: list[str] = []
    address: str | None = "?state=pending"
    while address:
        page = as_culture_lead.get(url("edition", edition=edition) + address)
        seen += [copy.person.ref for copy in page.context["copies"]]
        after = page.context["next"]
        address = f"?state=pending&after={after}" if after else None
    everybody = edition.deliveries.values_list("person__ref", flat=True)
    assert len(seen) == len(set(seen)) == len(everybody)
    assert set(seen) == set(everybody)


@pytest.mark.parametrize("query", ["?state=lost", "?state=sent&after=x"])
def test_a_forged_list_is_not_found(as_culture_lead: Client, edition: Edition, query: str) -> None:
    assert as_culture_lead.get(url("edition", edition=edition) + query).status_code == 404


def test_the_list_asks_as_often_for_fifty_people_as_for_five(
    as_culture_lead: Client, edition: Edition
) -> None:
    address = url("edition", edition=edition) + "?state=sent"
    settle(edition, sent=5)
    few = queries(as_culture_lead, address)
    now = timezone.now()
    people = UserFactory.create_batch(45)
    Delivery.objects.bulk_create(
        Delivery(
            edition=edition, person=person, address=person.email or "", due_at=now, state="sent"
        )
        for person in people
    )
    assert queries(as_culture_lead, address) == few


def test_the_editions_are_listed_a_half_year_at_a_time(
    as_culture_lead: Client, edition: Edition
) -> None:
    for weeks in range(1, 31):
        Edition.objects.create(
            week_start=edition.week_start - timedelta(weeks=weeks),
            cutoff_at=edition.cutoff_at - timedelta(weeks=weeks),
            state=EditionState.SENT,
        )
    first = as_culture_lead.get("/digest/desk/editions/")
    assert len(first.context["editions"]) == 26
    rest = as_culture_lead.get(f"/digest/desk/editions/?after={first.context['next']}")
    assert len(rest.context["editions"]) == 5
    assert rest.context["next"] is None


def test_before_the_first_edition_the_list_says_so(
    as_culture_lead: Client, company: Company
) -> None:
    assertContains(as_culture_lead.get("/digest/desk/editions/"), "No edition yet")


def test_people_who_should_have_a_copy_and_have_none_are_an_alarm(
    as_culture_lead: Client, edition: Edition
) -> None:
    edition.deliveries.first().delete()
    assertContains(as_culture_lead.get(DESK), "1 person who should get it has no copy.")
