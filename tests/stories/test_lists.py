"""The lists that a company edits: each name once, however it is written."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.models import Department
from stories.models import CustomerGroup, Value
from tests.factories import DepartmentFactory, GroupFactory, ValueFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("make", "model"),
    [(DepartmentFactory, Department), (GroupFactory, CustomerGroup), (ValueFactory, Value)],
)
def test_a_name_that_differs_in_case_alone_is_taken(make: type, model: type) -> None:
    make(name="Suppliers")
    with pytest.raises(ValidationError, match="of this name"):
        model(name="suppliers").full_clean()


def test_the_admin_says_so_beside_the_form(as_culture_lead: Client, suppliers: object) -> None:
    page = as_culture_lead.post(
        "/admin/stories/customergroup/add/", {"name": "SUPPLIERS", "hue": "amber", "position": "1"}
    )
    assert "There is a customer group of this name." in page.content.decode()
    assert CustomerGroup.objects.count() == 1
