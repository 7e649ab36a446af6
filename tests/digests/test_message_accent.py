"""The company's accent in the digest's mail."""

from html.parser import HTMLParser

import pytest

from accounts.models import Company, User
from kudos.lib.colour import accent_of
from stories.digests.models import Edition
from tests.digests.copies import parsed, reader, shared_parts
from tests.digests.mailserver import text_of


class Styles(HTMLParser):
    """The inline style of each element, by its class."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.of: dict[str, str] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        said = dict(attributes)
        for name in (said.get("class") or "").split():
            self.of[name] = said.get("style") or ""


def html_of(edition: Edition, person: int = 0) -> str:
    return text_of(parsed(shared_parts(edition).copy_for(reader(person=person))), "html")


@pytest.mark.parametrize("hue", [22, 150, 250])
def test_button_name_and_the_readers_own_block_have_it(
    edition: Edition, nominee: User, hue: int
) -> None:
    Company.objects.update(accent_hue=hue)
    accent = accent_of(hue)
    html = html_of(edition, nominee.pk)
    styles = Styles(html).of
    assert f"background-color: {accent.light}" in styles["button"]
    assert f"color: {accent.light}" in styles["brand"]
    assert f"background-color: {accent.tint_light}" in styles["own"]


def test_in_the_dark_it_is_the_dark_one(edition: Edition) -> None:
    Company.objects.update(accent_hue=150)
    accent = accent_of(150)
    dark = html_of(edition).split("prefers-color-scheme", 1)[1].split("max-width", 1)[0]
    for rule in (
        f".brand {{ color: {accent.dark} !important; }}",
        f".button {{ background-color: {accent.dark} !important; }}",
        f".own {{ background-color: {accent.tint_dark} !important; }}",
    ):
        assert rule in dark


def test_nothing_of_the_coral_is_left(edition: Edition) -> None:
    Company.objects.update(accent_hue=150)
    html = html_of(edition)
    assert not [colour for colour in accent_of(22) if colour in html]
