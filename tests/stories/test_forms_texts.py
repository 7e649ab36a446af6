"""Text in the composer: how long it may be, which signs it may have, and how it comes back."""

import pytest
from django.test import Client
from django.utils.html import escape

from accounts.models import Company, User
from stories.models import CustomerGroup, Story
from tests.factories import UserFactory
from tests.stories.composing import errors, publish

pytestmark = pytest.mark.django_db

LINES = ("headline", "customer_role", "customer_name", "photo_alt")
PROSE = ("what_they_did", "difference", "customer_words")
TEXTS = LINES + PROSE
LONGEST = {
    "headline": 80,
    "customer_role": 120,
    "customer_name": 120,
    "photo_alt": 200,
    "what_they_did": 5000,
    "difference": 2000,
    "customer_words": 1000,
}


@pytest.fixture(autouse=True)
def there_is_a_group(suppliers: CustomerGroup, company: Company) -> None:
    """Every form here can name it."""


@pytest.mark.parametrize("name", TEXTS)
def test_text_that_is_too_long_is_refused_and_kept(
    as_teller: Client, nominee: User, name: str
) -> None:
    text = "a" * (LONGEST[name] + 13)
    response = publish(as_teller, nominee, **{"customer_agreed": "on", name: text})
    most = LONGEST[name]
    assert errors(response) == {name: [f"Keep this to {most} letters; it has {most + 13}."]}
    assert text in response.content.decode()


@pytest.mark.parametrize("name", TEXTS)
def test_text_of_just_that_length_passes(as_teller: Client, nominee: User, name: str) -> None:
    text = "🛶" * LONGEST[name]
    publish(as_teller, nominee, **{"customer_agreed": "on", name: text})
    assert getattr(Story.objects.get(), name) == text


@pytest.mark.parametrize("name", PROSE)
def test_a_line_break_counts_as_one(as_teller: Client, nominee: User, name: str) -> None:
    lines = "a\r\n" * (LONGEST[name] // 2 - 2) + "b\rcd"
    publish(as_teller, nominee, **{name: lines})
    assert getattr(Story.objects.get(), name) == lines.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\u202e", "\u2066"])
def test_invisible_characters_are_refused(
    as_teller: Client, nominee: User, name: str, character: str
) -> None:
    text = f"be{character}fore"
    found = errors(publish(as_teller, nominee, **{"customer_agreed": "on", name: text}))
    assert found == {
        name: ["This contains invisible control characters. Remove them, or type it afresh."]
    }


@pytest.mark.parametrize("name", TEXTS)
def test_right_to_left_letters_are_welcome(as_teller: Client, nominee: User, name: str) -> None:
    publish(as_teller, nominee, **{"customer_agreed": "on", name: "אבי כהן עזר"})
    assert getattr(Story.objects.get(), name) == "אבי כהן עזר"


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "{{ 7|add:1 }}{% now 'Y' %}", '"><b>']
)
def test_html_and_template_syntax_come_back_as_text(
    as_teller: Client, name: str, text: str
) -> None:
    page = publish(as_teller, **{name: text}).content.decode()
    assert escape(text) in page
    assert "<script>alert" not in page
    assert '"><b>' not in page


def test_html_in_the_names_of_people_is_text(as_teller: Client) -> None:
    rude = UserFactory(name="<b>Bo</b>")
    page = publish(as_teller, rude, headline="").content.decode()
    assert "&lt;b&gt;Bo&lt;/b&gt;" in page
    assert "<b>Bo</b>" not in page
