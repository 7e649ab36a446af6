"""A copy in the reader's language: dates, plurals, directions and the personal block."""

from datetime import date

import pytest
from django.utils import translation

from accounts.models import User
from stories.digests.message import Shared
from stories.digests.models import Edition
from stories.digests.rendering import render, rendering_for
from stories.models import Story
from tests.digests.copies import Page, parsed, reader, shared_parts
from tests.digests.mailserver import text_of

# Django speaks it and Kudos does not yet: dates and directions follow all the same.
ARABIC = "ar"


def text_in(language: str, edition: Edition, person: int = 0) -> str:
    return text_of(parsed(shared_parts(edition, language).copy_for(reader(person=person))))


def page_in(language: str, edition: Edition) -> Page:
    copy = parsed(shared_parts(edition, language).copy_for(reader()))
    return Page(text_of(copy, "html"))


@pytest.fixture
def in_march(edition: Edition) -> Edition:
    edition.week_start = date(2026, 3, 2)
    return edition


def test_dates_are_written_as_the_language_writes_them(in_march: Edition) -> None:
    assert "week of 2 March" in text_in("en", in_march)
    assert "Woche vom 2. März" in text_in("de", in_march)
    assert "مارس" in text_in(ARABIC, in_march)


def test_the_day_of_the_week_is_named_in_the_language(in_march: Edition) -> None:
    assert "every Monday" in text_in("en", in_march)
    assert "jeden Montag" in text_in("de", in_march)


def test_the_personal_block_speaks_the_copys_language(edition: Edition, nominee: User) -> None:
    with translation.override("en"):
        text = text_in("de", edition, nominee.pk)
    assert "Hallo Sam," in text
    assert "Du wirst diese Woche gefeiert: „A kayak school kept its season“." in text


def test_counted_stories_take_the_languages_plural(edition: Edition, manager: User) -> None:
    rendering = render(edition, edition.picked(), "de")
    theirs = reader(department=manager.department_id)
    one = text_of(parsed(Shared(edition, rendering).copy_for(theirs)))
    rendering.facts["stories"] *= 2
    two = text_of(parsed(Shared(edition, rendering).copy_for(theirs)))
    assert "Eine dieser Geschichten kommt" in " ".join(one.split())
    assert "2 dieser Geschichten kommen" in " ".join(two.split())


def test_making_a_copy_leaves_the_workers_language_alone(edition: Edition) -> None:
    shared = shared_parts(edition, "de")
    with translation.override("en"):
        shared.copy_for(reader())
        assert translation.get_language() == "en"


@pytest.mark.parametrize(
    ("language", "direction"), [("en", "ltr"), ("de", "ltr"), (ARABIC, "rtl"), ("he", "rtl")]
)
def test_language_and_direction_are_said_where_webmail_keeps_them(
    edition: Edition, language: str, direction: str
) -> None:
    """Webmail shows what is inside <body>; on <html> they are for those who open the file."""
    page = page_in(language, edition)
    said = [pair for pair in page.attributes if pair[0] in ("lang", "dir")]
    assert said[:2] == [("lang", language), ("dir", direction)]
    assert said.count(("lang", language)) == 2


def test_a_headline_keeps_its_own_direction(edition: Edition, story: Story) -> None:
    [picked] = edition.picked()
    picked.headline = picked.customer_words = "הלקוחה חזרה לבית הקפה"
    shared = Shared(edition, render(edition, [picked], "en"))
    html = text_of(parsed(shared.copy_for(reader())), "html")
    headline = html[html.index("<h1") :]
    assert 'dir="rtl"' in headline[: headline.index(">")]
    # The line of a quotation stands where its text begins.
    assert "border-right: 3px solid" in html


def test_names_of_another_direction_are_kept_apart(edition: Edition, nominee: User) -> None:
    nominee.name = "נועה כהן"
    nominee.save()
    html = text_of(parsed(shared_parts(edition).copy_for(reader())), "html")
    assert '<span dir="rtl">נועה כהן</span>, celebrated by Ana Lima' in html


def test_each_language_is_rendered_once_a_version(edition: Edition) -> None:
    for language in ("en", "de", "en", "de"):
        rendering_for(edition, language)
    stored = edition.renderings.order_by("language").values_list("language", "version")
    assert list(stored) == [("de", 1), ("en", 1)]
