"""What is not everybody's appears nowhere for a stranger."""

import pytest
from django.test import Client

from accounts.models import Publicity, User
from stories.models import CustomerGroup, Moment, Story, Value
from stories.search_index import reindex
from tests.factories import ValueFactory, draft_story
from tests.stories.test_photo import picture

pytestmark = pytest.mark.django_db

SECRET = "Zephyrine"


@pytest.fixture
def value(db: None) -> Value:
    return ValueFactory()


@pytest.fixture(params=["draft", "asking", "private", "hidden", "withdrawn"])
def secret(
    request: pytest.FixtureRequest,
    teller: User,
    nominee: User,
    manager: User,
    culture_lead: User,
    suppliers: CustomerGroup,
    value: Value,
) -> Story:
    """A story with every tag, in a state that a stranger may not read."""
    if request.param == "asking":
        nominee.publicity = Publicity.ASK_FIRST
        nominee.save()
    story = draft_story(
        teller,
        nominee,
        helping_hands=[manager],
        headline=f"{SECRET} kept its season",
        customer_group=suppliers,
        moment=Moment.WOW,
        values=[value],
        photo=picture(),
        visibility="private" if request.param == "private" else "company",
    )
    if request.param != "draft":
        story.submit(by=teller)
    if request.param == "hidden":
        story.hide(by=culture_lead, note="No.")
    if request.param == "withdrawn":
        story.withdraw(by=teller)
    return story


def test_appears_on_no_page_of_a_stranger(
    secret: Story,
    as_stranger: Client,
    suppliers: CustomerGroup,
    value: Value,
    teller: User,
    nominee: User,
    manager: User,
) -> None:
    reindex()
    department = nominee.department_id
    pages = [
        "/",
        f"/?q={SECRET}",
        f"/?q={SECRET[:5]}",
        "/?q=Priya+Desai",
        f"/?group={suppliers.pk}",
        "/?moment=wow",
        f"/?value={value.pk}",
        f"/?department={department}",
        f"/?person={nominee.ref}",
        f"/?person={manager.ref}",
        "/?period=week",
        "/stories/mine/",
        *(f"/stories/mine/?list={name}" for name in ("drafts", "under-way", "told", "celebrated")),
        *(
            f"/people/{person.ref}/?list={name}"
            for person in (teller, nominee, manager)
            for name in ("celebrated", "told", "helped")
        ),
    ]
    for url in pages:
        response = as_stranger.get(url)
        assert response.status_code == 200
        html = response.content.decode()
        assert f"{SECRET} kept" not in html, url
        assert secret.ref not in html, url


def test_is_in_no_count(secret: Story, as_stranger: Client) -> None:
    context = as_stranger.get("/").context

    assert context["week"].stories == 0
    assert all(row.count == 0 for row in context["month"])


def test_is_no_news(secret: Story, as_stranger: Client) -> None:
    long_ago = "MjAyNS0wMS0wMVQwMDowMDowMCswMDowMHwx"

    assert as_stranger.get(f"/stories/news/?since={long_ago}").status_code == 204


@pytest.mark.parametrize("what", ["", "photo/"])
def test_is_not_found_by_its_reference(secret: Story, as_stranger: Client, what: str) -> None:
    assert as_stranger.get(f"/stories/{secret.ref}/{what}").status_code == 404


def test_cannot_be_cheered(secret: Story, as_stranger: Client) -> None:
    response = as_stranger.post(f"/stories/{secret.ref}/cheers/love/", {"pressed": "1"})

    assert response.status_code == 404
