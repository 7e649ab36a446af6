"""What culture leads change in the admin: the groups and values that stories choose from."""

import pytest
from django.test import Client

from accounts.models import Department, History
from stories.models import CustomerGroup, Value
from tests.factories import ValueFactory

pytestmark = pytest.mark.django_db


def test_a_lead_edits_a_group(
    as_culture_lead: Client, suppliers: CustomerGroup, product: Department
) -> None:
    answer = {
        "name": "Suppliers",
        "hint": "people we buy from",
        "hue": "cyan",
        "served_by": [product.pk],
        "position": 2,
        "is_active": "on",
    }
    as_culture_lead.post(f"/admin/stories/customergroup/{suppliers.pk}/change/", answer)
    suppliers.refresh_from_db()
    assert (suppliers.hue, list(suppliers.served_by.all())) == ("cyan", [product])


def test_history_tells_which_departments_serve_a_group(
    as_culture_lead: Client, suppliers: CustomerGroup, product: Department
) -> None:
    answer = {
        "name": "Suppliers",
        "hint": "",
        "hue": "amber",
        "served_by": [product.pk],
        "position": 0,
        "is_active": "on",
    }
    as_culture_lead.post(f"/admin/stories/customergroup/{suppliers.pk}/change/", answer)
    row = History.objects.about(suppliers).get()
    assert (row.before, row.after) == ({"served_by": []}, {"served_by": ["Product"]})


@pytest.mark.parametrize(
    "answer",
    [
        {"name": "", "hue": "cyan"},
        {"name": "X", "hue": "gold"},
        {"name": "X" * 61, "hue": "cyan"},
        {"name": "SUPPLIERS\x00", "hue": "cyan"},
    ],
)
def test_a_group_that_cannot_be_is_refused(as_culture_lead: Client, answer: dict[str, str]) -> None:
    page = as_culture_lead.post("/admin/stories/customergroup/add/", answer | {"position": "0"})
    assert "errorlist" in page.content.decode()
    assert not CustomerGroup.objects.exists()


def test_a_lead_adds_a_value(as_culture_lead: Client) -> None:
    as_culture_lead.post(
        "/admin/stories/value/add/", {"name": "Own it", "position": 0, "is_active": "on"}
    )
    assert Value.objects.get().name == "Own it"


@pytest.mark.parametrize("kind", ["value", "customergroup"])
def test_values_and_groups_are_never_deleted(
    as_culture_lead: Client, suppliers: CustomerGroup, kind: str
) -> None:
    pk = ValueFactory().pk if kind == "value" else suppliers.pk
    assert (
        as_culture_lead.post(f"/admin/stories/{kind}/{pk}/delete/", {"post": "yes"}).status_code
        == 403
    )
