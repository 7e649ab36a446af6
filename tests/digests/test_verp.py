"""Which delivery a returned mail is about."""

from typing import Any

import pytest

from stories.digests.models import Delivery, Edition
from stories.digests.verp import delivery_of, envelope, reference


@pytest.fixture
def copy(edition: Edition) -> Delivery:
    return edition.deliveries.get(person__name="Sam Stone")


def test_a_reference_leads_back_to_its_delivery(copy: Delivery) -> None:
    assert delivery_of(reference(copy)) == copy


def test_a_reference_is_the_key_and_half_of_the_random_part() -> None:
    copy = Delivery(pk=36**5, message_id="<0123456789abcdef0011223344556677@company.example>")
    assert reference(copy) == "100000.0123456789abcdef"


def test_with_a_bounce_domain_each_copy_has_a_sender_of_its_own(
    copy: Delivery, settings: Any
) -> None:
    settings.DIGEST_BOUNCE_DOMAIN = "bounces.company.example"
    local, _at, domain = envelope(copy).sender.partition("@")
    assert (local, domain) == (f"bounce-{reference(copy)}", "bounces.company.example")
    assert delivery_of(local) == copy
    assert len(local) <= 64  # RFC 5321, 4.5.3.1.1


def test_without_one_all_leave_from_the_sender(copy: Delivery, settings: Any) -> None:
    settings.DIGEST_FROM_EMAIL = "Kudos <kudos@företag.example>"
    assert envelope(copy).sender == "kudos@xn--fretag-wxa.example"


def test_a_server_that_changes_the_case_is_understood(copy: Delivery) -> None:
    assert delivery_of(f"BOUNCE-{reference(copy).upper()}") == copy


def test_anothers_random_part_does_not_fit(edition: Edition, copy: Delivery) -> None:
    other = edition.deliveries.exclude(pk=copy.pk)[0]
    key, _dot, _random = reference(copy).partition(".")
    assert delivery_of(f"{key}.{other.message_id[1:17]}") is None


def test_a_delivery_that_is_gone_is_nobodys(copy: Delivery) -> None:
    name = reference(copy)
    copy.delete()
    assert delivery_of(name) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "bounce-",
        "1",
        ".",
        "1.",
        "1.0123",
        "somebody",
        "zzzzzzzzzzzz.0123456789abcdef",
        "zzzzzzzzzzzzz.0123456789abcdef",
        "-1.0123456789abcdef",
        "1.0123456789abcdeg",
        "1.0123456789abcdef0",
        "1.0123456789abcdef\n",
        "١.0123456789abcdef",
    ],
)
def test_what_is_no_reference_is_nobodys(copy: Delivery, text: str) -> None:
    assert delivery_of(text) is None
