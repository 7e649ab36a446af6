"""How an edition went: its ledger, the people in it, and sending again what did not arrive."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Company, User
from stories.digests.models import Delivery, DeliveryState, Edition, EditionState, Suppression
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


def test_what_can_never_go_again_is_not_offered_and_says_why(
    as_culture_lead: Client, edition: Edition
) -> None:
    over(edition, sent=2, failed=3)
    refused = list(edition.deliveries.filter(state="failed"))
    Suppression.objects.suppress(refused[0].address.upper(), "550 5.1.1")
    User.objects.filter(pk=refused[1].person_id).update(digest="off")
    page = as_culture_lead.get(url("edition", edition=edition))
    assertContains(page, "Send 1 failed copy again")
    assertContains(page, 'state=failed#people">1 failed copy</a> cannot go again', 2)
    assertContains(page, "nothing is sent to that address")
    assertContains(page, "stopped the digest.")
    after = as_culture_lead.post(url("resend", "failed", edition=edition), follow=True)
    assertContains(after, "1 copy leaves again.")
    assertNotContains(after, 'id="resend-failed"')


def test_a_copy_in_doubt_that_goes_once_more_by_itself_is_not_offered(
    as_culture_lead: Client, edition: Edition
) -> None:
    settle(edition, sent=4)
    edition.deliveries.filter(state="pending").update(state="uncertain")
    page = as_culture_lead.get(url("edition", edition=edition))
    assertNotContains(page, 'id="resend-uncertain"')
    assertNotContains(page, "cannot go again")


def test_one_who_left_and_whose_address_is_suppressed_counts_once(
    as_culture_lead: Client, edition: Edition
) -> None:
    over(edition, sent=4, uncertain=1)
    doubt = edition.deliveries.get(state="uncertain")
    Suppression.objects.suppress(doubt.address, "550 5.1.1")
    User.objects.filter(pk=doubt.person_id).update(is_active=False)
    page = as_culture_lead.get(url("edition", edition=edition))
    assertContains(page, "1 copy of which nobody knows</a> cannot go again: whoever")
    assertNotContains(page, 'id="resend-uncertain"')


def test_while_it_is_held_sending_again_says_what_it_waits_for(
    as_culture_lead: Client, edition: Edition, culture_lead: User
) -> None:
    settle(edition, failed=2)
    edition.pause(by=culture_lead, note="Wait.")
    answer = as_culture_lead.post(url("resend", "failed", edition=edition), follow=True)
    assertContains(answer, "2 copies leave again once the edition goes on.")


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
