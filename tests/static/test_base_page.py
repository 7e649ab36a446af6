"""What base.html gives every page."""

import re

import pytest
from django.test import Client

from accounts.models import User


def page(client: Client, path: str = "/preferences/") -> str:
    return client.get(path).content.decode()


@pytest.fixture
def signed_in(client: Client, stranger: User) -> Client:
    client.force_login(stranger)
    return client


def test_the_open_page_is_marked_in_the_bar_and_in_the_tabs(signed_in: Client) -> None:
    marked = re.findall(r'href="([^"]+)" aria-current="page"', page(signed_in, "/stories/mine/"))

    assert marked[:2] == ["/stories/mine/", "/stories/mine/"]


def test_the_admin_is_offered_to_culture_leads_only(
    client: Client, signed_in: Client, culture_lead: User
) -> None:
    before = page(signed_in)
    client.force_login(culture_lead)

    assert ('href="/admin/"' in before, 'href="/admin/"' in page(client)) == (False, True)


def test_the_chosen_theme_is_on_the_page(signed_in: Client, stranger: User) -> None:
    stranger.theme = "dark"
    stranger.save()

    assert 'data-theme="dark"' in page(signed_in)


def test_shortcuts_can_be_switched_off(signed_in: Client, stranger: User) -> None:
    stranger.shortcuts = False
    stranger.save()

    assert 'data-shortcuts="off"' in page(signed_in)


def test_a_page_that_is_not_there_says_so_kindly(signed_in: Client) -> None:
    answer = signed_in.get("/nowhere/")

    assert answer.status_code == 404
    assert "There is nothing here for you to read" in answer.content.decode()


def test_a_page_carries_no_inline_script_style_or_handler(signed_in: Client) -> None:
    html = page(signed_in)

    assert re.findall(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", html) == []
