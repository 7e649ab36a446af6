"""A private story opens to its reviewers by the report of one of its few, and by nothing else."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import Company, User
from stories import access, decisions
from stories.models import Story, Visibility
from tests.conftest import signed_in
from tests.factories import tell_story

pytestmark = pytest.mark.django_db

SECRET = "Zanzibar"
WHY = "It tells of my illness."
# The manager reads it because the nominee reports to them.
DOOR = ["director", "delegate", "culture_lead"]
NEVER = ["stranger", "other_manager", "leaver", "helper"]


@pytest.fixture
def helper(db: None) -> User:
    from tests.factories import UserFactory

    return UserFactory(name="Hana Sato")


@pytest.fixture
def private(company: Company, teller: User, nominee: User, manager: User, helper: User) -> Story:
    return tell_story(
        teller,
        nominee,
        helping_hands=[helper],
        visibility=Visibility.PRIVATE,
        headline=f"{SECRET} by night",
    )


def sees(person: User, story: Story) -> tuple[bool, bool]:
    visible = Story.objects.visible_to(person).filter(pk=story.pk).exists()
    return visible, access.may_review(person, story)


@pytest.mark.parametrize("who", DOOR + NEVER)
def test_before_there_is_a_report_there_is_nothing(
    who: str, private: Story, request: pytest.FixtureRequest
) -> None:
    assert sees(request.getfixturevalue(who), private) == (False, False)


@pytest.mark.parametrize("reporter", ["nominee", "manager"])
@pytest.mark.parametrize("who", DOOR)
def test_a_report_opens_it_to_its_reviewers(
    who: str, reporter: str, private: Story, request: pytest.FixtureRequest
) -> None:
    person = request.getfixturevalue(who)
    private.report(WHY, by=request.getfixturevalue(reporter))
    assert sees(person, private) == (True, True)
    client = signed_in(person)
    assert client.get(private.get_absolute_url()).status_code == 200
    page = client.get(f"/review/?tab=reported&story={private.ref}").text
    assert SECRET in page
    assert WHY in page


@pytest.mark.parametrize("who", NEVER)
def test_and_to_nobody_else(who: str, private: Story, request: pytest.FixtureRequest) -> None:
    person = request.getfixturevalue(who)
    for reporter in (private.nominees[0], request.getfixturevalue("manager")):
        private.report(WHY, by=reporter)
    assert sees(person, private) == (False, False)
    client = signed_in(person)
    assert client.get(private.get_absolute_url()).status_code != 200
    assert SECRET not in client.get(f"/review/?tab=reported&story={private.ref}").text


def test_a_report_from_when_it_was_the_company_s_opens_nothing(
    company: Company, story: Story, stranger: User, teller: User, culture_lead: User
) -> None:
    story.report(WHY, by=stranger)
    story.keep_private(by=teller)
    assert sees(culture_lead, story) == (False, False)


def test_nor_does_one_that_had_its_outcome_by_then(
    company: Company, story: Story, nominee: User, manager: User, teller: User, culture_lead: User
) -> None:
    story.report(WHY, by=nominee)
    story.keep_as_it_is(by=manager)
    story.keep_private(by=teller)
    assert sees(culture_lead, story) == (False, False)


def test_one_of_the_few_whose_report_is_open_when_it_is_made_private_opens_it(
    company: Company, story: Story, nominee: User, teller: User, culture_lead: User
) -> None:
    story.report(WHY, by=nominee)
    story.keep_private(by=teller)
    assert sees(culture_lead, story) == (True, True)


def lists(story: Story) -> list[str]:
    nominee = story.nominees[0]
    return [
        "/",
        f"/?q={SECRET}",
        f"/?person={nominee.ref}",
        f"/people/{nominee.ref}/",
        f"/people/{nominee.ref}/?list=celebrated",
        f"/people/{story.teller.ref}/?list=told",
        "/stories/mine/",
        "/team/",
        "/digest/",
        "/review/?tab=week",
        "/review/?tab=waiting",
        "/review/?tab=hidden",
    ]


@pytest.mark.parametrize("who", DOOR)
def test_it_is_in_no_list_but_that_of_reports(
    who: str, private: Story, nominee: User, request: pytest.FixtureRequest
) -> None:
    client = signed_in(request.getfixturevalue(who))
    private.report(WHY, by=nominee)
    for address in lists(private):
        page = client.get(address)
        shown = page.text.replace(f'value="{SECRET}"', "").replace(f"“{SECRET}”", "")
        assert SECRET not in shown.replace(f"q={SECRET}", ""), address


def test_the_admin_shows_nothing_of_it(
    private: Story, nominee: User, as_culture_lead: Client
) -> None:
    private.report(WHY, by=nominee)
    for address in (
        "/admin/stories/story/",
        f"/admin/stories/story/{private.pk}/change/",
        "/admin/accounts/history/",
    ):
        page = as_culture_lead.get(address, follow=True).text
        assert SECRET not in page
        assert WHY not in page


@pytest.mark.parametrize("who", DOOR)
def test_a_reviewer_decides_about_it_and_takes_no_part_in_it(
    who: str, private: Story, nominee: User, request: pytest.FixtureRequest
) -> None:
    person = request.getfixturevalue(who)
    private.report(WHY, by=nominee)
    assert decisions.open_to(person, private) == {"hide", "send back", "keep", "hand over"}
    assert not access.may_cheer(person, private)
    assert not access.may_add_voice(person, private)
    assert "cheers/love/" not in signed_in(person).get(private.get_absolute_url()).text


@pytest.mark.parametrize(
    "decide",
    [
        lambda story, by: story.keep_as_it_is(by=by),
        lambda story, by: story.hide(by=by, note="Rightly so"),
        lambda story, by: story.send_back(by=by, note="Leave that out"),
    ],
)
def test_a_decision_about_it_is_undone(
    decide: Callable[[Story, User], None], private: Story, nominee: User, culture_lead: User
) -> None:
    from stories.models.deeds import last_deed

    private.report(WHY, by=nominee)
    decide(private, culture_lead)
    deed = last_deed(private)
    assert deed is not None
    private.undo(deed.pk, by=culture_lead)
    assert private.is_published
    assert private.is_private
    assert private.reports.open().count() == 1


@pytest.mark.parametrize("is_named", [False, True])
def test_a_culture_lead_whose_story_it_is_reads_no_report_in_the_admin(
    is_named: bool, company: Company, culture_lead: User, stranger: User, nominee: User
) -> None:
    others = User.objects.exclude(pk=culture_lead.pk)
    reader = others.get(pk=stranger.pk)
    story = tell_story(nominee, culture_lead) if is_named else tell_story(culture_lead, nominee)
    story.report(WHY, by=reader)
    assert WHY not in signed_in(culture_lead).get("/admin/accounts/history/").text


def test_a_culture_lead_reads_the_reports_of_others_stories_there(
    company: Company, story: Story, stranger: User, as_culture_lead: Client
) -> None:
    story.report(WHY, by=stranger)
    assert WHY in as_culture_lead.get("/admin/accounts/history/").text
