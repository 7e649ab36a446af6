"""Editions and deliveries in the admin: to look at, for culture leads, without any headline."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import History, User
from stories.digests.models import (
    Delivery,
    Edition,
    EditionState,
    MailEvent,
    Suppression,
    UnsubscribeToken,
)
from stories.models import Story

LISTS = [
    reverse(f"admin:digests_{name}_changelist")
    for name in ("edition", "delivery", "suppression", "mailevent")
]


@pytest.fixture
def pages(edition: Edition) -> list[str]:
    delivery = Delivery.objects.all()[0]
    event = MailEvent.objects.create(delivery=delivery, kind="bounced", event="1", code="5.2.2")
    return [
        *LISTS,
        reverse("admin:digests_edition_change", args=[edition.pk]),
        reverse("admin:digests_delivery_change", args=[delivery.pk]),
        reverse("admin:digests_mailevent_change", args=[event.pk]),
    ]


def test_nothing_can_be_added_changed_or_deleted(
    pages: list[str], edition: Edition, as_culture_lead: Client
) -> None:
    for page in pages[-3:]:
        assert as_culture_lead.post(page, {"state": "sent"}).status_code == 403
        assert (
            as_culture_lead.post(page.replace("change", "delete"), {"post": "yes"}).status_code
            == 403
        )
    for name in ("edition", "delivery", "suppression", "mailevent"):
        assert as_culture_lead.get(reverse(f"admin:digests_{name}_add")).status_code == 403


def test_no_page_shows_a_headline_or_the_way_out(
    pages: list[str], story: Story, as_culture_lead: Client
) -> None:
    tokens = list(UnsubscribeToken.objects.values_list("token", flat=True))
    for page in pages:
        text = as_culture_lead.get(page).text
        assert story.headline not in text
        assert not any(token in text for token in tokens)


def test_an_edition_that_was_given_up_is_called_as_at_the_desk(
    edition: Edition, as_culture_lead: Client
) -> None:
    Edition.objects.update(state=EditionState.ABORTED)
    for page in (reverse("admin:digests_edition_changelist"), reverse("digest:desk_editions")):
        assert "Given up" in as_culture_lead.get(page).text


@pytest.fixture
def suppression(company: object) -> Suppression:
    Suppression.objects.suppress("sam@company.example", "5.1.1 no such mailbox")
    return Suppression.objects.get()


def test_a_suppression_can_be_lifted(suppression: Suppression, as_culture_lead: Client) -> None:
    url = reverse("admin:digests_suppression_delete", args=[suppression.pk])
    as_culture_lead.post(url, {"post": "yes"})
    assert not Suppression.objects.exists()


def test_history_keeps_who_lifted_it_and_what_the_server_had_said(
    suppression: Suppression, as_culture_lead: Client, culture_lead: User
) -> None:
    url = reverse("admin:digests_suppression_delete", args=[suppression.pk])
    as_culture_lead.post(url, {"post": "yes"})
    row = History.objects.about(suppression).get()
    assert (row.verb, row.actor) == ("lift suppression", culture_lead)
    assert row.before == {"address": suppression.address, "reason": suppression.reason}


def test_history_keeps_each_of_many_lifted_at_once(
    suppression: Suppression, as_culture_lead: Client
) -> None:
    Suppression.objects.suppress("ana@company.example", "5.1.1 no such mailbox")
    chosen = list(Suppression.objects.values_list("pk", flat=True))
    as_culture_lead.post(
        reverse("admin:digests_suppression_changelist"),
        {"action": "delete_selected", "_selected_action": chosen, "post": "yes"},
    )
    assert not Suppression.objects.exists()
    assert History.objects.filter(verb="lift suppression").count() == 2
