"""Two culture leads who write at once, one who writes in two windows, and words about a story that
has gone."""

import pytest

from accounts.models import User
from stories.digests.desk.arranging import add, word
from stories.digests.desk.errors import DeskError
from stories.digests.desk.words import Words, speaks_of_a_story_gone
from stories.digests.models import Edition
from tests.digests.desk import done_to, one_to_spare, write
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

NOTHING = Words("", "")


@pytest.fixture
def colleague() -> User:
    """Another culture lead."""
    return UserFactory(is_culture_lead=True)


@pytest.fixture
def written(planned: Edition, colleague: User) -> Edition:
    """What somebody else wrote, while the form stood open without a word."""
    word(planned, subject="Boats", note="Thank you.\nCora", by=colleague, shown=NOTHING)
    return planned


def test_a_field_that_was_not_touched_keeps_what_somebody_else_wrote(
    written: Edition, culture_lead: User
) -> None:
    shown = Words("", "Thank you.\nCora")
    word(written, subject="", note="Thank you all.", by=culture_lead, shown=shown)
    assert Words.of(written) == ("Boats", "Thank you all.")


def test_the_same_field_changed_by_both_is_refused_with_the_others_text(
    written: Edition, culture_lead: User
) -> None:
    with pytest.raises(DeskError, match=r"changed the subject meanwhile: “Boats”\. Yours"):
        word(written, subject="Bread", note="", by=culture_lead, shown=NOTHING)
    written.refresh_from_db()
    assert Words.of(written) == ("Boats", "Thank you.\nCora")


def test_a_field_that_somebody_else_emptied_is_said(
    written: Edition, culture_lead: User, colleague: User
) -> None:
    shown = Words.of(written)
    word(written, subject="", note=shown.note, by=colleague, shown=shown)
    with pytest.raises(DeskError, match="emptied the subject meanwhile"):
        word(written, subject="Bread", note=shown.note, by=culture_lead, shown=shown)


def test_both_fields_changed_by_both_are_both_said(written: Edition, culture_lead: User) -> None:
    with pytest.raises(DeskError, match=r"(?s)“Boats”.*the note meanwhile: “Thank you"):
        word(written, subject="Bread", note="Well done.", by=culture_lead, shown=NOTHING)


def test_what_was_written_in_another_window_is_said_to_be_ones_own(
    written: Edition, colleague: User
) -> None:
    said = r"^You changed the subject in another window: “Boats”\. .*You changed the note in"
    with pytest.raises(DeskError, match=said):
        word(written, subject="Bread", note="Well done.", by=colleague, shown=NOTHING)
    written.refresh_from_db()
    assert Words.of(written) == ("Boats", "Thank you.\nCora")


def test_what_was_emptied_in_another_window_is_said_to_be_ones_own(
    written: Edition, colleague: User
) -> None:
    shown = Words.of(written)
    word(written, subject="", note="", by=colleague, shown=shown)
    said = r"^You emptied the subject in another window\. .*You emptied the note in another window"
    with pytest.raises(DeskError, match=said):
        word(written, subject="Bread", note="Well done.", by=colleague, shown=shown)


def test_of_two_fields_each_is_said_to_be_of_whoever_changed_it_last(
    written: Edition, culture_lead: User, colleague: User
) -> None:
    shown = Words.of(written)
    word(written, subject="Bread", note=shown.note, by=culture_lead, shown=shown)
    said = r"^Somebody else has changed the subject meanwhile: “Bread”.*You changed the note"
    with pytest.raises(DeskError, match=rf"(?s){said}"):
        word(written, subject="Beans", note="Well done.", by=colleague, shown=NOTHING)


def test_the_same_words_by_both_are_no_trouble(written: Edition, culture_lead: User) -> None:
    word(written, subject="Boats", note="Thank you.\r\nCora", by=culture_lead, shown=NOTHING)
    assert done_to(written) == ["word"]


def test_line_breaks_as_a_browser_sends_them_are_no_change(
    written: Edition, culture_lead: User
) -> None:
    shown = Words("Boats", "Thank you.\r\nCora")
    word(written, subject="Bread", note="Thank you.\r\nCora", by=culture_lead, shown=shown)
    assert Words.of(written) == ("Bread", "Thank you.\nCora")


def test_words_do_not_speak_of_a_story_gone_while_all_can_be_read(
    frozen: Edition, culture_lead: User
) -> None:
    write(frozen, subject="Boats", note="", by=culture_lead)
    assert not speaks_of_a_story_gone(frozen)


def test_words_may_speak_of_a_story_that_was_hidden_since(
    frozen: Edition, culture_lead: User
) -> None:
    write(frozen, subject="Boats", note="", by=culture_lead)
    frozen.picked()[0].hide(by=culture_lead, note="A name")
    assert speaks_of_a_story_gone(frozen)


def test_without_words_there_is_nothing_to_speak_of_it(frozen: Edition, culture_lead: User) -> None:
    frozen.picked()[0].hide(by=culture_lead, note="A name")
    assert not speaks_of_a_story_gone(frozen)


def test_before_the_freeze_a_story_that_a_lead_put_in_counts_too(
    planned: Edition, culture_lead: User
) -> None:
    story = one_to_spare(planned)
    add(planned, story, by=culture_lead)
    write(planned, subject="Boats", note="", by=culture_lead)
    story.hide(by=culture_lead, note="A name")
    assert speaks_of_a_story_gone(planned)
