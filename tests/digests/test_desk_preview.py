"""A copy of the next edition as any colleague would get it."""

import pytest
import time_machine

from accounts.models import Company, User
from stories.digests.desk.arranging import move
from stories.digests.desk.lineup import lineup
from stories.digests.desk.planning import next_edition, upcoming
from stories.digests.models import Edition, EditionState, UnsubscribeToken
from stories.digests.preview import preview, preview_parts
from stories.models import Story
from tests.digests.desk import FRIDAY, headlines, publish, write
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_friday() -> object:
    with time_machine.travel(FRIDAY, tick=False):
        yield


def header(person: User, edition: Edition, name: str) -> str:
    return dict(preview_parts(person, edition).headers)[name]


def test_it_follows_the_lead_s_order(planned: Edition, culture_lead: User, stranger: User) -> None:
    move(planned, lineup(planned)[4].story, 0, by=culture_lead)
    shown = preview_parts(stranger, planned)
    order = headlines(planned)
    assert sorted(order, key=shown.text.index) == order
    assert sorted(order, key=shown.html.index) == order


def test_it_has_the_lead_s_own_words(planned: Edition, culture_lead: User, stranger: User) -> None:
    write(planned, subject="Boats and bread", note="Thank you all.", by=culture_lead)
    assert header(stranger, planned, "Subject") == "Boats and bread"
    assert "Thank you all." in preview_parts(stranger, planned).text


def test_it_has_the_reader_s_own_block(planned: Edition, nominee: User, stranger: User) -> None:
    assert "celebrate you" in preview_parts(nominee, planned).text
    assert "celebrate you" not in preview_parts(stranger, planned).text


def test_it_speaks_the_reader_s_language(planned: Edition, stranger: User) -> None:
    assert 'lang="en"' in preview_parts(stranger, planned).html
    stranger.language = "de"
    assert 'lang="de"' in preview_parts(stranger, planned).html


def test_without_a_choice_it_speaks_the_company_s(planned: Edition, stranger: User) -> None:
    Company.objects.update(language="de")
    assert 'lang="de"' in preview_parts(stranger, planned).html


def test_its_links_are_real_and_its_way_out_leads_nowhere(planned: Edition, stranger: User) -> None:
    token = UnsubscribeToken.objects.of([stranger.pk])[stranger.pk]
    shown = preview_parts(stranger, planned)
    assert lineup(planned)[0].story.get_absolute_url() in shown.html
    assert token not in shown.html + shown.text + str(shown.headers)


def test_its_size_is_that_of_the_mail(planned: Edition, stranger: User) -> None:
    shown = preview_parts(stranger, planned)
    assert len(shown.html) + len(shown.text) < shown.size < 90_000


def test_names_in_any_script_are_shown_as_a_mail_program_does(planned: Edition) -> None:
    person = UserFactory(name="Зоя Ильина")
    assert header(person, planned, "To").startswith("Зоя Ильина <")


def test_looking_stores_nothing(company: Company, teller: User, nominee: User) -> None:
    publish(teller, nominee, "One")
    preview_parts(nominee, upcoming())
    assert not Edition.objects.exists()
    assert not UnsubscribeToken.objects.exists()


def test_what_was_hidden_since_the_freeze_is_not_shown(
    frozen: Edition, culture_lead: User, stranger: User
) -> None:
    story = lineup(frozen)[0].story
    story.hide(by=culture_lead, note="A name")
    assert story.headline not in preview_parts(stranger, frozen).html


def test_the_command_shows_the_edition_that_was_sent_this_week(
    company: Company, story: Story, stranger: User
) -> None:
    monday = FRIDAY.date().replace(day=16)
    edition = Edition.objects.create(
        week_start=monday,
        state=EditionState.SENT,
        cutoff_at=FRIDAY,
        covers_from=FRIDAY,
        mail_date=FRIDAY,
    )
    edition.picks.create(story=story, position=0)
    next_edition()
    assert story.headline.encode() in preview(stranger)
