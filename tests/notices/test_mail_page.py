"""The page on which each person chooses which mails they get."""

import re

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from stories.models import Story
from stories.notices.kinds import Group, Kind, offered_to
from stories.notices.models import SwitchedOff
from tests.notices.mails import mail_of

pytestmark = pytest.mark.django_db

PAGE = "/preferences/mail/"
FOUR = ["celebrated", "thanked", "asked", "voiced"]


def switched_off() -> set[tuple[str, str]]:
    return {(row.person.name, row.kind) for row in SwitchedOff.objects.select_related("person")}


def ticked(client: Client) -> list[str]:
    boxes = re.findall(r'<input type="checkbox"[^>]*>', client.get(PAGE).text)
    return [re.findall('value="(.*?)"', box)[0] for box in boxes if " checked" in box]


def test_every_kind_is_on_until_it_is_switched_off(as_nominee: Client, nominee: User) -> None:
    assert ticked(as_nominee) == [kind for kinds in offered_to(nominee).values() for kind in kinds]
    assert set(FOUR) <= set(ticked(as_nominee))


def test_each_kind_says_when_it_comes_under_the_name_of_its_group(
    as_culture_lead: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind in Kind:
        monkeypatch.setattr(kind, "group", Group.REVIEWING)
    page = as_culture_lead.get(PAGE).text
    assert "Reviewing" in page
    for kind in Kind:
        assert str(kind.label) in page
        assert str(kind.sentence) in page
    for group in (Group.ABOUT_YOU, Group.TOLD):
        assert str(group.label) not in page


def test_what_is_not_ticked_is_switched_off_and_on_again(as_nominee: Client) -> None:
    answer = as_nominee.post(PAGE, {"shown": FOUR, "wanted": ["celebrated", "asked"]})
    assert answer["Location"] == PAGE
    assert switched_off() == {("Priya Desai", "thanked"), ("Priya Desai", "voiced")}
    assert "Saved." in as_nominee.get(PAGE).text
    assert not {"thanked", "voiced"} & set(ticked(as_nominee))
    assert {"celebrated", "asked"} <= set(ticked(as_nominee))
    as_nominee.post(PAGE, {"shown": FOUR, "wanted": ["celebrated", "voiced"]})
    assert switched_off() == {("Priya Desai", "thanked"), ("Priya Desai", "asked")}


def test_nobody_changes_what_others_chose(
    as_stranger: Client, stranger: User, nominee: User
) -> None:
    SwitchedOff.objects.choose(nominee, {Kind.VOICED: False})
    as_stranger.post(
        PAGE,
        {"shown": FOUR, "wanted": ["voiced"], "person": nominee.pk, "person_id": nominee.pk},
    )
    theirs = {("Sam Stone", "celebrated"), ("Sam Stone", "thanked"), ("Sam Stone", "asked")}
    assert switched_off() == {("Priya Desai", "voiced")} | theirs


def test_what_the_form_did_not_show_stays_as_it_was(as_nominee: Client, nominee: User) -> None:
    SwitchedOff.objects.choose(nominee, {Kind.VOICED: False})
    as_nominee.post(PAGE, {"shown": ["thanked", "invented"], "wanted": ["voiced", "invented"]})
    assert switched_off() == {("Priya Desai", "voiced"), ("Priya Desai", "thanked")}


def test_what_reviewers_get_is_offered_to_reviewers_alone(
    nominee: User,
    manager: User,
    delegate: User,
    culture_lead: User,
    stranger: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Kind.VOICED, "group", Group.REVIEWING)
    for person in (manager, delegate, culture_lead):
        assert Kind.VOICED in offered_to(person)[Group.REVIEWING]
    for person in (nominee, stranger):
        assert Group.REVIEWING not in offered_to(person)
        assert Kind.VOICED not in offered_to(person)[Group.ABOUT_YOU]


def test_what_only_reviewers_get_is_not_to_be_switched_by_others(
    as_stranger: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Kind.VOICED, "group", Group.REVIEWING)
    as_stranger.post(PAGE, {"shown": ["voiced", "asked"]})
    assert switched_off() == {("Sam Stone", "asked")}


def test_people_without_a_mailbox_are_told_that_none_comes(
    as_nominee: Client, nominee: User
) -> None:
    assert "no email address" not in as_nominee.get(PAGE).text
    User.objects.filter(pk=nominee.pk).update(email=None, employee_id="W-014")
    page = Client()
    nominee.refresh_from_db()
    page.force_login(nominee)
    assert "no email address" in page.get(PAGE).text


def test_the_page_and_the_preferences_lead_to_each_other(as_nominee: Client) -> None:
    assert f'href="{PAGE}"' in as_nominee.get("/preferences/").text
    assert 'href="/preferences/#mail"' in as_nominee.get(PAGE).text
    assert 'id="mail"' in as_nominee.get("/preferences/").text


@pytest.mark.parametrize("kind", Kind)
def test_every_mail_leads_to_the_page(
    story: Story, nominee: User, manager: User, kind: Kind
) -> None:
    message = mail_of(kind, story, nominee, by=manager)
    address = f"{settings.KUDOS_URL}{PAGE}"
    assert f"Choose which mails you get:\n{address}\n" in str(message.body)
    html = str(message.alternatives[0].content)
    assert re.search(rf'href="{address}"[^>]*>Choose which mails you get<', html)


@pytest.mark.parametrize("off", [[], FOUR])
def test_the_page_takes_a_fixed_number_of_queries(
    as_manager: Client,
    manager: User,
    off: list[str],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    SwitchedOff.objects.choose(manager, {kind: False for kind in Kind if kind in off})
    as_manager.get(PAGE)
    with django_assert_num_queries(6):
        as_manager.get(PAGE)
