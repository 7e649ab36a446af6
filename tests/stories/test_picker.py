"""Picking people: while typing, and with a button where there is no JavaScript."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Company, User
from stories.models import CustomerGroup, Story
from tests.factories import UserFactory
from tests.stories.composing import fields, publish, save

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def there_is_a_group(suppliers: CustomerGroup, company: Company) -> None:
    """Every form here can name it."""


def options(client: Client, **query: Any) -> list[str]:
    response = client.get(reverse("compose_people"), query, headers={"HX-Request": "true"})
    assert response.status_code == 200
    return [person.name for person in response.context["people"]]


def press(client: Client, *nominees: User, **said: Any) -> Any:
    return client.post(reverse("compose"), fields(*nominees, **said))


def test_somebody_is_offered_with_their_department(as_teller: Client, nominee: User) -> None:
    page = as_teller.get(reverse("compose_people"), {"q": "pryia desay"}).content.decode()
    assert "Priya Desai" in page
    assert "Product" in page
    assert f'name="nominees" value="{nominee.ref}"' in page


def test_chips_belong_to_the_picker_that_asked(as_teller: Client, nominee: User) -> None:
    query = {"q": "priya", "field": "helping_hands"}
    page = as_teller.get(reverse("compose_people"), query).content.decode()
    assert f'name="helping_hands" value="{nominee.ref}"' in page


def test_the_teller_is_not_offered(as_teller: Client) -> None:
    assert options(as_teller, q="ana lima") == []


def test_whoever_looks_for_themselves_is_told_why_they_are_not_there(as_teller: Client) -> None:
    page = as_teller.get(reverse("compose_people"), {"q": "ana lima"}).content.decode()
    assert "You cannot celebrate yourself." in page
    page = press(as_teller, find="nominees", nominees_query="ana lima").content.decode()
    assert "You cannot celebrate yourself." in page


def test_who_is_nobody_here_is_not_taken_for_oneself(as_teller: Client) -> None:
    page = as_teller.get(reverse("compose_people"), {"q": "zzzz"}).content.decode()
    assert "Nobody here answers to “zzzz”" in page


def test_who_is_picked_already_is_not_offered(
    as_teller: Client, nominee: User, manager: User
) -> None:
    found = options(as_teller, q="product", nominees=nominee.ref, helping_hands=[manager.ref])
    assert found == []


def test_a_leaver_is_not_offered(as_teller: Client, leaver: User) -> None:
    assert options(as_teller, q="lea vogel") == []


@pytest.mark.parametrize("query", ["", "p", "\x00", "%", "zzqx"])
def test_nothing_is_offered_for(as_teller: Client, nominee: User, query: str) -> None:
    assert options(as_teller, q=query, nominees="\x00") == []


def test_finding_nobody_is_said(as_teller: Client) -> None:
    page = as_teller.get(reverse("compose_people"), {"q": "<b>zzqx"}).content.decode()
    assert "Nobody here answers to “&lt;b&gt;zzqx”" in page


def test_names_are_offered_as_text(as_teller: Client) -> None:
    UserFactory(name="<b>Bo</b> Berg")
    page = as_teller.get(reverse("compose_people"), {"q": "berg"}).content.decode()
    assert "&lt;b&gt;Bo" in page
    assert "<b>Bo" not in page


def test_an_unknown_picker_is_not_found(as_teller: Client) -> None:
    query = {"q": "priya", "field": "judges"}
    assert as_teller.get(reverse("compose_people"), query).status_code == 404


def test_somebody_signed_out_finds_nobody(client: Client, nominee: User) -> None:
    assert client.get(reverse("compose_people"), {"q": "priya"}).status_code == 302


def test_the_find_button_offers_tiles_and_keeps_what_was_typed(
    as_teller: Client, nominee: User
) -> None:
    page = press(as_teller, nominees_query="prya", find="nominees").content.decode()
    assert f'type="checkbox" name="nominees" value="{nominee.ref}"' in page
    assert "A kayak school kept its season" in page


def test_enter_finds_too(as_teller: Client, nominee: User) -> None:
    response = press(as_teller, helping_hands_query="priya", stay="")
    assert response.context["pickers"]["helping_hands"][3].people == [nominee]


def test_the_find_button_offers_at_most_twenty(as_teller: Client) -> None:
    for number in range(25):
        UserFactory(name=f"Kim {number}")
    page = press(as_teller, nominees_query="kim").content.decode()
    assert page.count('type="checkbox" name="nominees"') == 20


def test_the_find_button_says_when_it_found_nobody(as_teller: Client) -> None:
    page = press(as_teller, nominees_query="zzqx").content.decode()
    assert "Nobody here answers to “zzqx”" in page


def test_finding_publishes_nothing(as_teller: Client, nominee: User) -> None:
    press(as_teller, nominee, nominees_query="maya")
    assert Story.objects.get().is_draft


def test_a_tile_that_was_ticked_becomes_a_chip(as_teller: Client, nominee: User) -> None:
    page = press(as_teller, nominee).content.decode()
    assert f'type="hidden" name="nominees" value="{nominee.ref}"' in page


def test_a_chip_is_taken_off_without_javascript(
    as_teller: Client, nominee: User, manager: User
) -> None:
    response = press(as_teller, nominee, manager, remove=nominee.ref)
    assert response.context["form"].celebrated == [manager]
    assert Story.objects.get().nominees == [manager]


def test_a_name_typed_but_not_picked_is_not_lost_in_publishing(
    as_teller: Client, nominee: User, manager: User
) -> None:
    response = publish(as_teller, nominee, nominees_query="maya")
    assert "“maya” is not picked yet." in response.content.decode()
    assert (response.status_code, Story.objects.get().is_draft) == (422, True)
    assert response.context["pickers"]["nominees"][3].people == [manager]


def test_saving_a_draft_with_a_name_not_picked_offers_who_it_could_be(
    as_teller: Client, manager: User
) -> None:
    response = save(as_teller, nominees_query="maya")
    assert response.context["pickers"]["nominees"][3].people == [manager]
