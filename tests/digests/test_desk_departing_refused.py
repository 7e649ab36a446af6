"""Sending an edition at once where it cannot leave, or is not what was seen."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import Company, User
from stories.digests.desk.planning import next_edition
from stories.digests.models import Delivery, Edition, EditionState, Pick
from stories.models import Story
from tests.digests.desk import done_to, in_state, publish, write
from tests.digests.desk_pages import DESK, agree, ask, of, url

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (EditionState.SENDING, "This edition is on its way already."),
        (EditionState.SENT, "This edition was sent already."),
        (EditionState.ABORTED, "This edition was given up."),
    ],
)
def test_one_that_has_left_or_is_over_is_refused(
    as_culture_lead: Client, three: list[Story], state: EditionState, said: str
) -> None:
    edition = next_edition()
    seen = ask(as_culture_lead)
    in_state(edition, state)
    for answer in (
        agree(as_culture_lead, seen, edition),
        ask(as_culture_lead, edition),
    ):
        assertRedirects(answer, DESK)
        assertContains(answer, said)
    assert done_to(edition) == []
    assert not Delivery.objects.exists()


def test_one_that_another_comes_before_is_refused(
    as_culture_lead: Client, three: list[Story]
) -> None:
    edition = next_edition()
    seen = ask(as_culture_lead)
    before = edition.week_start - timedelta(weeks=1)
    in_state(
        Edition.objects.create(week_start=before, cutoff_at=edition.cutoff_at),
        EditionState.SENDING,
    )
    for answer in (
        agree(as_culture_lead, seen, edition),
        ask(as_culture_lead, edition),
    ):
        assertContains(answer, "Another edition comes first.")
    assert done_to(edition) == []
    assert not Delivery.objects.exists()


def test_pressing_twice_sends_once(as_culture_lead: Client, three: list[Story]) -> None:
    edition = next_edition()
    seen = ask(as_culture_lead)
    agree(as_culture_lead, seen, edition)
    assertContains(agree(as_culture_lead, seen, edition), "This edition is on its way already.")
    assert done_to(edition) == ["send now"]


def another_subject(edition: Edition, lead: User) -> None:
    write(edition, subject="Ours", note="", by=lead)


def one_hidden(edition: Edition, lead: User) -> None:
    of("A lost voucher").hide(by=lead, note="A name.")


@pytest.mark.parametrize("change", [another_subject, one_hidden])
@pytest.mark.parametrize("is_fixed", [False, True])
def test_what_has_changed_since_is_shown_first(
    as_culture_lead: Client,
    three: list[Story],
    culture_lead: User,
    change: Any,
    is_fixed: bool,
) -> None:
    edition = next_edition()
    if is_fixed:
        as_culture_lead.post(url("freeze"))
    seen = ask(as_culture_lead)
    change(edition, culture_lead)
    answer = agree(as_culture_lead, seen)
    assertContains(
        answer, "The edition has changed meanwhile. Here is how it is now.", status_code=422
    )
    assert "send now" not in done_to(edition)
    assert not Delivery.objects.exists()
    edition.refresh_from_db()
    assert edition.state == (EditionState.FROZEN if is_fixed else EditionState.PLANNED)
    agree(as_culture_lead, answer)
    edition.refresh_from_db()
    assert edition.is_departing


def test_a_story_told_since_is_shown_first(
    as_culture_lead: Client, three: list[Story], teller: User, nominee: User
) -> None:
    seen = ask(as_culture_lead)
    publish(teller, nominee, "One more")
    answer = agree(as_culture_lead, seen)
    assertContains(answer, "One more", status_code=422)
    assert not Pick.objects.exists()


def test_a_forged_or_missing_agreement_sends_nothing(
    as_culture_lead: Client, three: list[Story]
) -> None:
    assert as_culture_lead.post(url("send_now")).status_code == 422
    assert not Delivery.objects.exists()


def test_a_week_without_stories_is_refused_and_stays_planned(
    as_culture_lead: Client, company: Company
) -> None:
    edition = next_edition()
    assertNotContains(as_culture_lead.get(DESK), url("send_now"))
    assertContains(ask(as_culture_lead), "There is no story to tell yet.")
    answer = as_culture_lead.post(url("send_now"), {"agreed": "1"}, follow=True)
    assertContains(answer, "There is no story to tell yet.")
    edition.refresh_from_db()
    assert edition.state == EditionState.PLANNED


def test_without_a_reader_there_is_nothing_to_send(
    as_culture_lead: Client, three: list[Story]
) -> None:
    User.objects.update(digest="off")
    edition = next_edition()
    assertNotContains(as_culture_lead.get(DESK), url("send_now"))
    assertContains(ask(as_culture_lead), "Nobody gets the digest for now.")
    assertContains(
        as_culture_lead.post(url("send_now"), follow=True), "Nobody gets the digest for now."
    )
    assert in_state(edition, EditionState.PLANNED) == edition


def test_what_cannot_be_written_is_refused_in_words(
    as_culture_lead: Client, three: list[Story], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_options: object) -> None:
        raise ValueError("no such template")

    seen = ask(as_culture_lead)
    monkeypatch.setattr("stories.digests.rendering.render", broken)
    answer = agree(as_culture_lead, seen)
    assertContains(
        answer, "This edition cannot be written: ValueError: no such template", status_code=422
    )
    assert next_edition().state == EditionState.PLANNED
