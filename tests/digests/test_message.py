"""A copy: what it says, to whom, and how fast it is made."""

import binascii
import time
from datetime import UTC
from email.utils import format_datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from accounts.models import Company, User
from stories.digests.message import Layout, Shared, encode
from stories.digests.models import Edition
from stories.digests.personal import Reader
from stories.digests.rendering import render, rendering_for
from stories.digests.sending import send_now
from stories.models import CustomerGroup, Story
from tests.digests.copies import URL, Page, parsed, reader, shared_parts
from tests.digests.mailserver import text_of
from tests.factories import ANOTHER_DEED, DepartmentFactory, tell_story


@pytest.fixture
def shared(edition: Edition) -> Shared:
    return Shared(edition, rendering_for(edition, "en"))


def test_both_parts_tell_the_story(shared: Shared, story: Story) -> None:
    message = parsed(shared.copy_for(reader()))
    for kind in ("plain", "html"):
        text = text_of(message, kind)
        for words in (
            story.headline,
            story.what_they_did,
            "Priya Desai, celebrated by Ana Lima",
            "Suppliers",
            "Larkfield",
            "A day they still talk about.",
            "Hello Sam,",
            URL,
            f"http://127.0.0.1:8000/stories/{story.ref}/",
        ):
            assert words in text, (kind, words)


def test_the_headers_say_what_mail_programs_ask(shared: Shared, edition: Edition) -> None:
    message = parsed(shared.copy_for(reader()))
    assert message["List-Unsubscribe"] == f"<{URL}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["List-Id"] == "<digest.127.0.0.1>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert message["Message-ID"] == "<one@kudos.example.com>"
    assert edition.mail_date is not None
    assert message["Date"] == format_datetime(edition.mail_date.astimezone(UTC))
    assert message["Subject"] == "A kayak school kept its season"
    assert message["Reply-To"] is None


def test_answers_go_where_the_company_wants_them(edition: Edition) -> None:
    Company.objects.update(reply_to="culture@company.example")
    shared = Shared(edition, rendering_for(edition, "en"))
    message = parsed(shared.copy_for(reader()))
    assert message["Reply-To"] == "Larkfield <culture@company.example>"


def test_two_copies_for_the_same_reader_are_the_same_bytes(edition: Edition) -> None:
    first, second = (Shared(edition, rendering_for(edition, "en")) for _again in range(2))
    assert first.copy_for(reader()) == second.copy_for(reader())


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nobody",
        "@example.com",
        "sam@",
        "a b@example.com",
        "ü@example.com",
        "a@example.com\r\nRCPT TO:<b@example.com>",
        "a\r\nRCPT TO:<b@example.com>\r\n@example.com",
        f"{'a' * 1200}@example.com",
        f"sam@{'a' * 300}.example",
    ],
)
def test_an_address_that_no_server_takes_is_refused(shared: Shared, address: str) -> None:
    with pytest.raises(ValueError, match="address|letters"):
        shared.copy_for(reader(address=address))


def test_an_answer_address_that_no_server_takes_is_named(edition: Edition) -> None:
    Company.objects.update(reply_to="külture@company.example")
    with pytest.raises(ValueError, match="külture@company.example"):
        shared_parts(edition)


def test_a_domain_in_another_script_is_written_in_ascii(shared: Shared) -> None:
    message = parsed(shared.copy_for(reader(address="ana@bücher.example")))
    assert message["To"].addresses[0].addr_spec == "ana@xn--bcher-kva.example"


def test_a_headline_is_text_in_html_and_in_the_subject(
    company: Company, teller: User, nominee: User, suppliers: CustomerGroup
) -> None:
    headline = "<b>5 > 4</b> & “{{ x }}” Ж"
    story = tell_story(teller, nominee, headline=headline, customer_group=suppliers)
    message = parsed(_copy_of(story, reader()))
    assert message["Subject"] == headline
    assert headline in text_of(message)
    assert "&lt;b&gt;5 &gt; 4&lt;/b&gt;" in text_of(message, "html")


def _copy_of(story: Story, reader: Reader) -> bytes:
    edition = send_now()
    return Shared(edition, rendering_for(edition, "en")).copy_for(reader)


def test_who_is_celebrated_reads_it_first(shared: Shared, nominee: User, story: Story) -> None:
    message = parsed(shared.copy_for(reader(person=nominee.pk)))
    for kind in ("plain", "html"):
        assert f"You are celebrated this week: “{story.headline}”" in text_of(message, kind)


def test_who_is_celebrated_twice_reads_how_often(
    company: Company, teller: User, nominee: User
) -> None:
    tell_story(teller, nominee)
    story = tell_story(teller, nominee, **ANOTHER_DEED)
    message = parsed(_copy_of(story, reader(person=nominee.pk)))
    assert "2 of these stories celebrate you." in text_of(message)


def test_colleagues_of_the_celebrated_hear_of_their_team(shared: Shared, manager: User) -> None:
    message = parsed(shared.copy_for(reader(department=manager.department_id)))
    assert "One of these stories is from your department." in text_of(message)


def test_who_serves_the_group_hears_of_their_customers(
    edition: Edition, suppliers: CustomerGroup
) -> None:
    buying = DepartmentFactory(name="Buying")
    suppliers.served_by.add(buying)
    edition.renderings.all().delete()
    shared = Shared(edition, rendering_for(edition, "en"))
    message = parsed(shared.copy_for(reader(department=buying.pk)))
    assert "Your customers were looked after this week: Suppliers." in text_of(message)


def test_to_others_nothing_personal_is_said(shared: Shared) -> None:
    html = text_of(parsed(shared.copy_for(reader())), "html")
    assert 'class="own' not in html


def test_the_culture_leads_note_stands_in_the_mail(edition: Edition) -> None:
    edition.note = "Thank you all for a hard week."
    message = parsed(shared_parts(edition).copy_for(reader()))
    for kind in ("plain", "html"):
        assert "Thank you all for a hard week." in text_of(message, kind)


def test_the_culture_leads_note_keeps_its_lines(edition: Edition) -> None:
    edition.note = "Thank you all.\n\nOne <more> week.\nCora"
    message = parsed(shared_parts(edition).copy_for(reader()))
    lines = text_of(message, "plain").splitlines()
    begin = lines.index("Thank you all.")
    assert lines[begin : begin + 5] == ["Thank you all.", "", "One <more> week.", "Cora", ""]
    assert "Thank you all.<br><br>One &lt;more&gt; week.<br>Cora</p>" in text_of(message, "html")


def test_the_culture_leads_subject_stands_whole(edition: Edition) -> None:
    edition.own_subject = "What a supplier told us about the week in which the harbour froze over"
    message = parsed(shared_parts(edition).copy_for(reader()))
    assert message["Subject"] == edition.own_subject


def test_the_list_of_mails_shows_what_the_subject_does_not_say(shared: Shared) -> None:
    html = text_of(parsed(shared.copy_for(reader())), "html")
    assert Page(html).preheader == "A story of great service for Suppliers."


def test_customers_are_quoted_once(edition: Edition, story: Story) -> None:
    [picked] = edition.picked()
    picked.customer_words = "“She rang before I did.”"
    picked.customer_role, picked.words_source = "the owner of a kayak school", "call"
    shared = Shared(edition, render(edition, [picked], "en"))
    lines = text_of(parsed(shared.copy_for(reader()))).splitlines()
    quoted = lines.index("“She rang before I did.”")
    assert lines[quoted + 1] == "– The owner of a kayak school, on a call"


def test_no_picture_is_fetched(shared: Shared) -> None:
    html = text_of(parsed(shared.copy_for(reader())), "html")
    assert "img" not in Page(html).tags
    assert "url(" not in html
    assert "@import" not in html


def test_the_html_has_its_colours_inline_and_a_block_for_the_dark(shared: Shared) -> None:
    html = text_of(parsed(shared.copy_for(reader())), "html")
    assert "@media (prefers-color-scheme: dark)" in html
    assert 'style="' in html
    assert ".amber-edge" not in html


@settings(deadline=None)
@example([f"{'0' * 9}{'¡' * 9}𐊀0"])
@example([f"{'0' * 73}¡", "0"])
@example([f"{'0' * 70}¡"])
@example([f"{'0' * 75} \n0"])
@example([f"{'0' * 75} ", "0"])
@given(st.lists(st.text(), min_size=1, max_size=6))
def test_pieces_encoded_apart_read_as_one_text(pieces: list[str]) -> None:
    clean = ["".join(c for c in piece if c.isprintable() or c in " \n") for piece in pieces]
    content = b"".join(map(encode, clean))
    assert binascii.a2b_qp(content).decode().replace("\r\n", "\n") == "".join(clean)
    assert max(map(len, content.split(b"\r\n"))) <= 76


def test_a_stray_cr_is_no_line_end_of_its_own() -> None:
    assert encode("one\rtwo\r\nthree\n") == b"one\r\ntwo\r\nthree\r\n"


def test_a_layout_puts_each_value_in_its_slot() -> None:
    layout = Layout(["Hello ", "name", ", bye\n"])
    assert layout.fill({"name": encode("Ana")}) == b"Hello=20=\r\nAna=\r\n, bye\r\n"


def test_building_a_copy_takes_under_a_third_of_a_millisecond(shared: Shared) -> None:
    readers = [reader(person=key, name=f"Persön {key}") for key in range(500)]
    # The processor's time: what others do on this machine meanwhile is no cost of a copy.
    started = time.process_time()
    for one in readers:
        shared.copy_for(one)
    assert (time.process_time() - started) / len(readers) < 0.0003
