"""The account that decides each verdict: it must be able to find something wrong."""

from dataclasses import replace

import pytest

from accounts.models import User
from stories.digests.models import Delivery, DeliveryState, Edition, EditionState
from tests.faults.account import Account, account, strangers
from tests.faults.ledger import Copy
from tests.faults.line import Line
from tests.faults.rows.smtp import before_resending


@pytest.fixture
def sent(edition: Edition) -> Edition:
    """An edition whose copies have all been sent."""
    edition.deliveries.update(state=DeliveryState.SENT, next_attempt_at=None)
    Edition.objects.update(state=EditionState.SENT)
    return Edition.objects.get()


@pytest.fixture
def copies(sent: Edition) -> list[Copy]:
    """What the mail server noted of them: one copy each."""
    return [
        Copy(
            key=str(row.pk),
            to=row.address,
            message_id=row.message_id,
            date="Mon, 16 Nov 2026 09:00:00 +0000",
            version="1",
            hash="same",
            marks=[],
            wall=0,
            dropped=False,
        )
        for row in sent.deliveries.order_by("pk")
    ]


def of(sent: Edition, copies: list[Copy]) -> Account:
    return account(sent, copies, wanted=set(User.objects.values_list("pk", flat=True)))


def test_one_copy_for_everybody_is_what_is_wanted(sent: Edition, copies: list[Copy]) -> None:
    assert of(sent, copies) == Account()


def test_a_copy_that_was_never_accepted_is_missing(sent: Edition, copies: list[Copy]) -> None:
    found = of(sent, copies[1:])
    assert found.missing == 1
    assert "sent, but never accepted" in found.wrongs[0]


def test_a_second_copy_is_extra(sent: Edition, copies: list[Copy]) -> None:
    assert of(sent, [*copies, copies[0]]) == Account(extra=1)


def test_a_copy_to_somebody_who_should_have_none_is_extra(
    sent: Edition, copies: list[Copy]
) -> None:
    assert account(sent, copies, wanted=set()).extra == len(copies)


def test_an_accepted_copy_that_is_neither_sent_nor_uncertain_is_wrong(
    sent: Edition, copies: list[Copy]
) -> None:
    sent.deliveries.filter(address=copies[0].to).update(state=DeliveryState.SKIPPED)
    assert "accepted, but neither sent nor uncertain" in of(sent, copies).wrongs[0]


def test_copies_of_one_version_with_other_bytes_are_wrong(
    sent: Edition, copies: list[Copy]
) -> None:
    second = replace(copies[0], hash="other")
    assert "copies of one delivery and version differ" in of(sent, [*copies, second]).wrongs[0]


def test_copies_of_one_version_with_another_date_are_wrong(
    sent: Edition, copies: list[Copy]
) -> None:
    second = replace(copies[0], date="Mon, 16 Nov 2026 09:00:01 +0000")
    assert "copies of one delivery and version differ" in of(sent, [*copies, second]).wrongs[0]


def test_copies_of_two_versions_may_differ(sent: Edition, copies: list[Copy]) -> None:
    second = replace(copies[0], version="2", hash="other")
    assert of(sent, [*copies, second]).wrongs == []


def test_a_copy_that_went_to_somebody_else_is_wrong(sent: Edition, copies: list[Copy]) -> None:
    astray = replace(copies[0], to="sam.stone@company.example")
    assert "a copy went to somebody else" in of(sent, [astray, *copies[1:]]).wrongs[0]


def test_a_row_that_may_still_change_is_wrong(sent: Edition, copies: list[Copy]) -> None:
    Delivery.objects.filter(address=copies[0].to).update(state=DeliveryState.SENDING)
    assert "a row is not terminal" in of(sent, copies).wrongs[0]


def test_an_edition_that_is_not_closed_is_wrong(sent: Edition, copies: list[Copy]) -> None:
    sent.state = EditionState.SENDING
    assert "is sending" in of(sent, copies).wrongs[0]


@pytest.mark.django_db
def test_a_message_of_no_delivery_is_extra(copies: list[Copy]) -> None:
    assert strangers([*copies, replace(copies[0], message_id="<nobody@x>")]).extra == 1


@pytest.mark.parametrize(("answered", "extra"), [(True, 1), (False, 0)])
def test_only_a_copy_after_an_answered_one_was_sent_for_no_reason(
    answered: bool, extra: int, copies: list[Copy]
) -> None:
    keys = {copies[0].key} if answered else set()
    assert before_resending([copies[0], replace(copies[0], key="again")], keys) == extra


def test_a_line_is_read_as_it_was_written() -> None:
    line = Line(fault="kill", seed=3, recipients=10, missing=0, extra=2, bound=11, is_ok=True)
    assert Line.parse(str(line)) == line


def test_what_was_not_measured_is_no_figure() -> None:
    assert str(Line(fault="kill", seed=1, recipients=10)) == "kill 1 10 - - - broken"
