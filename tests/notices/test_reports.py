"""Who hears of a report: those who decide about it, and the story's teller."""

import pytest
from django.core import mail

from accounts.models import Company, User
from stories.models import Story, Visibility
from stories.notices.models import Kind
from stories.notices.sending import send_due
from tests.factories import UserFactory, tell_story
from tests.notices.reported import WHY, after_the_hold, both_parts, owed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def told_of_the_story(company: Company, story: Story, culture_lead: User) -> None:
    send_due()
    mail.outbox.clear()


def test_the_nearest_manager_reads_who_reported_it_and_why(
    story: Story, stranger: User, manager: User
) -> None:
    story.report(WHY, by=stranger)
    send_due()
    [message] = mail.outbox
    assert message.to == ["maya@company.example"]
    assert message.subject == f"Reported: {story.headline}"
    for part in both_parts():
        for words in (story.headline, "Sam Stone", WHY, "can still be read", story.ref):
            assert words in part


def test_so_does_who_stands_in_for_them(story: Story, stranger: User, delegate: User) -> None:
    story.report(WHY, by=stranger)
    assert owed(Kind.REPORTED) == {"Maya Rao", "Dele Adeyemi"}


def test_a_manager_who_reports_it_themselves_brings_it_to_the_culture_leads(
    story: Story, manager: User
) -> None:
    story.report(WHY, by=manager)
    assert owed(Kind.REPORTED) == {"Cora Lindqvist"}


def test_what_reports_hid_is_brought_to_the_culture_leads_too(
    story: Story, stranger: User, nominee: User, teller: User
) -> None:
    for reader in (stranger, nominee):
        story.report(WHY, by=reader)
    assert owed(Kind.REPORTED) == {"Maya Rao"}
    send_due()
    mail.outbox.clear()
    story.report("Me too.", by=UserFactory(name="Third Reader"))
    send_due()
    mail.outbox[:] = [message for message in mail.outbox if message.to != [teller.email]]
    assert {message.to[0] for message in mail.outbox} == {
        "maya@company.example",
        "cora@company.example",
    }
    for message in mail.outbox:
        assert message.subject == f"Reported and hidden: {story.headline}"
        assert "3 readers" in str(message.body)
        assert "Me too." in str(message.body)


def test_the_teller_hears_that_it_waits_hidden_and_not_who_reported_it(
    story: Story, stranger: User, nominee: User, teller: User
) -> None:
    for reader in (stranger, nominee):
        story.report(WHY, by=reader)
    assert owed(Kind.HIDDEN) == set()
    story.report("Me too.", by=UserFactory(name="Third Reader"))
    send_due()
    mail.outbox[:] = [message for message in mail.outbox if message.to == [teller.email]]
    assert mail.outbox[0].subject == "Your story waits hidden for a reviewer"
    for part in both_parts():
        assert story.headline in part
        assert "until a reviewer has looked at it" in part
        for words in (WHY, "Me too.", "Sam Stone", "Priya Desai", "Third Reader", "None"):
            assert words not in part


def test_the_teller_hears_nothing_where_it_is_shown_again_at_once(
    story: Story, stranger: User, nominee: User, teller: User, manager: User
) -> None:
    for reader in (stranger, nominee, UserFactory()):
        story.report(WHY, by=reader)
    story.unhide(by=manager)
    after_the_hold()
    assert [message for message in mail.outbox if message.to == [teller.email]] == []


def test_the_teller_hears_the_reason_where_a_reviewer_leaves_it_hidden(
    story: Story, stranger: User, nominee: User, teller: User, manager: User
) -> None:
    for reader in (stranger, nominee, UserFactory()):
        story.report(WHY, by=reader)
    send_due()
    mail.outbox.clear()
    story.hide(by=manager, note="A name in it.")
    after_the_hold()
    mail.outbox[:] = [message for message in mail.outbox if message.to == [teller.email]]
    assert all("A name in it." in part for part in both_parts())


def test_those_named_and_the_teller_do_not_hear_what_was_reported(
    teller: User, nominee: User, manager: User, stranger: User
) -> None:
    """Also where the teller manages the nominee, and is a culture lead besides."""
    User.objects.filter(pk=nominee.pk).update(manager=teller)
    User.objects.filter(pk=teller.pk).update(is_culture_lead=True)
    story = tell_story(teller, nominee)
    for reader in (stranger, UserFactory(), UserFactory()):
        story.report(WHY, by=reader)
    assert owed(Kind.REPORTED) == {"Cora Lindqvist"}


def test_two_reports_in_a_row_are_one_mail(story: Story, stranger: User, nominee: User) -> None:
    story.report(WHY, by=stranger)
    story.report("Me too.", by=nominee)
    send_due()
    for part in both_parts():
        assert part.index("Me too.") < part.index(WHY)


def test_what_was_decided_meanwhile_is_not_brought_to_anybody(
    story: Story, stranger: User, culture_lead: User
) -> None:
    story.report(WHY, by=stranger)
    story.keep_as_it_is(by=culture_lead)
    send_due()
    assert mail.outbox == []


def test_of_a_private_story_its_reviewers_hear_by_the_report_alone(
    teller: User, nominee: User, manager: User
) -> None:
    story = tell_story(teller, nominee, visibility=Visibility.PRIVATE)
    send_due()
    mail.outbox.clear()
    story.report(WHY, by=nominee)
    assert owed(Kind.REPORTED) == {"Maya Rao"}
    send_due()
    assert story.headline in both_parts()[0]


def test_a_reason_is_text_and_no_markup(story: Story, stranger: User, manager: User) -> None:
    story.report("<script>alert(1)</script>", by=stranger)
    send_due()
    assert "<script>" not in both_parts()[1]
