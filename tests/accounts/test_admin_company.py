"""What a culture lead sets for the whole company, in the admin."""

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts.models import Company, Department, History, User

pytestmark = pytest.mark.django_db


def test_the_company_can_be_set_up(as_culture_lead: Client) -> None:
    answer = {
        "name": "Larkfield",
        "vision": "A day.",
        "time_zone": "Europe/Berlin",
        "language": "de",
        "accent_hue": 150,
        "review_policy": "review",
        "reports_to_hide": 3,
        "digest_weekday": 0,
        "digest_hour": 9,
        "quiet_week": "skip",
        "reply_to": "",
    }
    as_culture_lead.post("/admin/accounts/company/1/change/", answer)
    company = Company.objects.get()
    assert (company.name, company.review_policy) == ("Larkfield", "review")


def test_looking_at_the_company_makes_no_row(as_culture_lead: Client) -> None:
    as_culture_lead.get("/admin/accounts/company/", follow=True)
    assert not Company.objects.exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"accent_hue": 360},
        {"digest_hour": 24},
        {"time_zone": "Mars"},
        {"language": "tlh"},
        {"review_policy": "never"},
        {"reports_to_hide": -1},
        {"name": ""},
        {"reply_to": "nobody"},
    ],
)
def test_a_company_that_cannot_be_is_refused(
    as_culture_lead: Client, company: Company, changed: dict[str, object]
) -> None:
    answer = {
        "name": "Other",
        "time_zone": "UTC",
        "language": "en",
        "accent_hue": 22,
        "review_policy": "publish",
        "reports_to_hide": 3,
        "digest_weekday": 0,
        "digest_hour": 9,
        "quiet_week": "skip",
    } | changed
    assert (
        "errorlist"
        in as_culture_lead.post("/admin/accounts/company/1/change/", answer).content.decode()
    )
    assert Company.objects.get().name == "Larkfield"


@pytest.mark.parametrize("page", ["add/", "2/change/", "1/delete/"])
def test_there_is_one_company(as_culture_lead: Client, company: Company, page: str) -> None:
    assert as_culture_lead.get(f"/admin/accounts/company/{page}").status_code in {302, 403, 404}


def test_a_renamed_department_is_told_by_history(
    as_culture_lead: Client, product: Department
) -> None:
    as_culture_lead.post(f"/admin/accounts/department/{product.pk}/change/", {"name": "Products"})
    row = History.objects.about(product).get()
    assert (row.before, row.after) == ({"name": "Product"}, {"name": "Products"})


def test_who_chose_to_review_first_is_in_the_history(
    as_culture_lead: Client, culture_lead: User, product: Department
) -> None:
    page = f"/admin/accounts/department/{product.pk}/change/"
    as_culture_lead.post(page, {"name": "Product", "review_policy": "review"})
    row = History.objects.about(product).get()
    assert (row.actor, row.before, row.after) == (
        culture_lead,
        {"review_policy": ""},
        {"review_policy": "review"},
    )


def test_a_department_with_people_cannot_be_deleted(
    as_culture_lead: Client, nominee: User, product: Department
) -> None:
    assert (
        as_culture_lead.post(
            f"/admin/accounts/department/{product.pk}/delete/", {"post": "yes"}
        ).status_code
        == 403
    )


def test_an_empty_one_can_and_history_tells(as_culture_lead: Client, product: Department) -> None:
    pk = product.pk
    as_culture_lead.post(f"/admin/accounts/department/{pk}/delete/", {"post": "yes"})
    assert not Department.objects.filter(pk=pk).exists()
    assert History.objects.get(subject_id=pk).before == {"name": "Product"}


@pytest.mark.parametrize("name", ["auth_group_changelist", "account_emailaddress_changelist"])
def test_what_is_not_ours_is_not_there(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(f"admin:{name}")


def test_a_password_is_changed_where_guesses_are_counted(as_culture_lead: Client) -> None:
    assert as_culture_lead.get("/admin/password_change/").url == "/accounts/password/change/"


def test_signing_out_of_the_admin_is_signing_out(as_culture_lead: Client) -> None:
    as_culture_lead.post("/admin/logout/", follow=True)
    assert "_auth_user_id" not in as_culture_lead.session
