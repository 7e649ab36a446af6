"""What the address of an admin list may ask for: what the page's own filters ask, no more.

Any other path through the tables answers yes or no about rows that the reader may not see.
"""

import pytest
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory

from accounts.admin import CultureLeadAdmin
from accounts.models import Department, User
from stories.models import CustomerGroup, State
from tests.factories import tell_story

pytestmark = pytest.mark.django_db
OURS = [page for page in admin.site._registry.values() if isinstance(page, CultureLeadAdmin)]


@pytest.mark.parametrize(
    "address",
    [
        "stories/story/?customer_group__stories__headline__startswith=Secret",
        "stories/story/?customer_group__stories__state=draft",
        "stories/story/?customer_group__name__startswith=S",
        "stories/story/?headline__startswith=A",
        "stories/story/?state__startswith=p",
        "accounts/user/?department__people__told__headline__startswith=Secret",
        "accounts/user/?department__people__password__startswith=m",
        "accounts/user/?department__in=1",
        "accounts/history/?at__year=2026",
        "accounts/history/?actor__told__headline__startswith=Secret",
        "digests/delivery/?edition__picks__story__headline__startswith=Hush",
        "digests/delivery/?edition__deliveries__address__startswith=a",
        "digests/edition/?picks__story__headline__startswith=Hush",
        "digests/suppression/?address__startswith=a",
        "stories/customergroup/?stories__headline__startswith=Secret",
        "stories/customergroup/?is_active__stories__headline__startswith=Secret",
        "stories/value/?stories__headline__startswith=Secret",
        "accounts/department/?people__told__headline__startswith=Secret",
    ],
)
def test_an_address_that_no_filter_makes_is_refused(as_culture_lead: Client, address: str) -> None:
    assert as_culture_lead.get(f"/admin/{address}").status_code == 400


@pytest.mark.parametrize("page", OURS, ids=lambda page: page.opts.label)
def test_no_list_answers_a_path_through_its_filters(page: CultureLeadAdmin) -> None:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    for name in page.list_filter:
        for rest in ("x", "pk__in", "headline__startswith", "stories__headline", "contains"):
            assert not page.lookup_allowed(f"{name}__{rest}", "1", request)


@pytest.mark.parametrize("page", OURS, ids=lambda page: page.opts.label)
def test_every_link_of_every_filter_is_allowed(
    page: CultureLeadAdmin, culture_lead: User, care: Department, customers: CustomerGroup
) -> None:
    request = RequestFactory().get("/")
    request.user = culture_lead
    for asked in expected_of(page, request):
        assert page.lookup_allowed(asked, "1", request)


def expected_of(page: CultureLeadAdmin, request: object) -> list[str]:
    """The parameters that the filters beside a list read, as Django names them."""
    changes: ChangeList = page.get_changelist_instance(request)  # type: ignore[arg-type]
    return [name for spec in changes.filter_specs for name in spec.expected_parameters() if name]


def test_the_filter_by_a_relation_works(
    as_culture_lead: Client, teller: User, nominee: User, customers: CustomerGroup
) -> None:
    tell_story(teller, nominee, customer_group=customers)
    address = f"/admin/stories/story/?customer_group__id__exact={customers.pk}"
    assert as_culture_lead.get(address).context["cl"].result_count == 1


def test_the_filter_by_a_state_works(
    as_culture_lead: Client, teller: User, nominee: User, customers: CustomerGroup
) -> None:
    tell_story(teller, nominee, customer_group=customers)
    address = f"/admin/stories/story/?state__exact={State.HIDDEN}"
    assert as_culture_lead.get(address).context["cl"].result_count == 0


def test_the_filter_by_a_day_works(as_culture_lead: Client) -> None:
    days = {"at__gte": "2026-01-01 00:00:00+00:00", "at__lt": "2026-01-02 00:00:00+00:00"}
    assert as_culture_lead.get("/admin/accounts/history/", days).status_code == 200


def test_the_filter_by_an_edition_works(as_culture_lead: Client) -> None:
    assert as_culture_lead.get("/admin/digests/delivery/?edition__id__exact=1").status_code == 200
