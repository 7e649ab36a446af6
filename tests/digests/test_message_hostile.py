"""Whatever people are called and write, a copy is one message that says it."""

import re
from collections import Counter

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from accounts.models import User
from stories.digests.addresses import address_header, header
from stories.digests.message import Shared
from stories.digests.models import Edition
from stories.digests.rendering import render
from stories.models import Story
from tests.digests.copies import (
    ONCE,
    Page,
    decoded,
    fields,
    octets_are_legal,
    parsed,
    reader,
    shared_parts,
    shown,
)
from tests.digests.mailserver import text_of

TRICKS = [
    "\r\n",
    "\n\n",
    "\r",
    "\r\nBcc: all@example.com\r\n",
    "<",
    ">",
    "</p><script>",
    "{{ subject }}",
    "{% now %}",
    "%",
    "%(name)s",
    '"',
    "\\",
    "'",
    "\0",
    "=?utf-8?q?x?=",
    "=\r\n",
    "🎉",
    "👩\u200d👧",
    "\u202e",
    "אבג",
    "ق",
    "山",
    "𞤀",
    "a" * 400,
    "Ж" * 400,
    " ",
    ",",
    ";",
    ":",
]
hostile = st.lists(st.sampled_from(TRICKS) | st.text(max_size=30), max_size=12).map("".join)
# The edition is only read, and copies are made in memory.
many = settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture
def shared(edition: Edition) -> Shared:
    return shared_parts(edition)


@many
@given(hostile)
@example("=?utf-8?q?x?=")
def test_any_name_reads_the_same_in_its_header(name: str) -> None:
    content = address_header("To", name, "sam@company.example") + b"\r\n"
    octets_are_legal(content)
    [(field, value)] = fields(content)
    assert field == "To"
    phrase = value.removesuffix("<sam@company.example>").rstrip()
    if phrase.startswith('"'):
        said = re.sub(r"\\(.)", r"\1", phrase.removeprefix('"').removesuffix('"'))
    else:
        said = decoded(phrase)
    assert said == shown(name)


@many
@given(hostile)
@example("=?utf-8?q?x?=")
@example("word " * 40)
def test_any_subject_reads_the_same_in_its_header(subject: str) -> None:
    content = header("Subject", subject) + b"\r\n"
    octets_are_legal(content)
    [(field, value)] = fields(content)
    assert field == "Subject"
    assert decoded(value) == shown(subject)


@many
@given(hostile)
def test_no_name_breaks_a_copy(shared: Shared, name: str) -> None:
    content = shared.copy_for(reader(name=name))
    octets_are_legal(content)
    assert Counter(field for field, _value in fields(content)) == Counter(ONCE)
    message = parsed(content)
    [mailbox] = message["To"].addresses
    assert mailbox.addr_spec == "sam@company.example"
    plain = Page(text_of(parsed(shared.copy_for(reader())), "html"))
    hostile = Page(text_of(message, "html"))
    assert (hostile.tags, hostile.links) == (plain.tags, plain.links)
    first = shown(name).split()[:1] or [""]
    if len(first[0]) <= 40:
        assert first[0] in hostile.text
        assert first[0] in text_of(message)


@many
@given(said=hostile)
def test_no_story_breaks_a_copy(edition: Edition, story: Story, nominee: User, said: str) -> None:
    [picked] = edition.picked()
    plain = Page(_html(edition, picked, nominee))
    picked.headline = picked.what_they_did = picked.customer_words = f"Kayaks {said}"
    picked.teller.name = f"Ana {said}"
    edition.note = f"Note {said}"
    rendering = render(edition, [picked], "en")
    content = Shared(edition, rendering).copy_for(reader(person=nominee.pk))
    octets_are_legal(content)
    assert Counter(field for field, _value in fields(content)) == Counter(ONCE)
    message = parsed(content)
    assert message["Subject"] == rendering.subject
    page = Page(text_of(message, "html"))
    assert page.links == plain.links
    assert not {"script", "img", "iframe"} & set(page.tags)
    assert "onerror" not in {name for name, _value in page.attributes}
    told = rendering.facts["stories"][0]["headline"]
    assert shown(f"Kayaks {said}").startswith(told.rstrip("… "))
    assert spaceless(told) in spaceless(page.text)
    assert spaceless(told) in spaceless(text_of(message))


def _html(edition: Edition, story: Story, nominee: User) -> str:
    shared = Shared(edition, render(edition, [story], "en"))
    return text_of(parsed(shared.copy_for(reader(person=nominee.pk))), "html")


def spaceless(text: str) -> str:
    return "".join(text.split())
