"""Who hears of a report, and how whoever made it hears what became of it."""

import pytest
from django.core import mail
from django.db.models import F

from accounts.models import Company, Publicity, User
from stories.models import Story, Visibility
from stories.models.deeds import last_decisive
from stories.notices.models import Kind, Notice
from stories.notices.receivers import HOLD
from stories.notices.sending import send_due
from tests.factories import UserFactory, tell_story, telling

pytestmark = pytest.mark.django_db

WHY = "It names a customer who did not agree."
NO_NAMES = ("A kayak school", "Ana Lima", "Priya Desai", "/stories/")


@pytest.fixture(autouse=True)
def told_of_the_story(company: Company, story: Story, culture_lead: User) -> None:
    send_due()
    mail.outbox.clear()


def owed(kind: Kind) -> set[str]:
    return {notice.person.name for notice in Notice.objects.filter(kind=kind)}


def after_the_hold() -> None:
    Notice.objects.update(next_attempt_at=F("next_attempt_at") - HOLD)
    send_due()


def newest_deed(story: Story) -> int:
    row = last_decisive(story)
    assert row is not None
    return row.pk


def both_parts() -> list[str]:
    [message] = mail.outbox
    return [" ".join(str(message.body).split()), str(message.alternatives[0].content)]


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


def test_the_reporter_hears_that_it_was_kept(story: Story, stranger: User, manager: User) -> None:
    story.report(WHY, by=stranger)
    story.keep_as_it_is(by=manager)
    send_due()
    assert mail.outbox == []
    after_the_hold()
    [message] = mail.outbox
    assert message.to == ["sam@company.example"]
    assert message.subject == "What became of the story that you reported"
    for part in both_parts():
        assert story.headline in part
        assert "kept it as it is" in part
        assert story.get_absolute_url() in part


@pytest.mark.parametrize(
    ("verb", "said"), [("hide", "hid it"), ("send_back", "sent it back to its teller")]
)
def test_of_a_story_that_they_read_no_more_nothing_is_quoted(
    verb: str, said: str, story: Story, stranger: User, manager: User
) -> None:
    story.report(WHY, by=stranger)
    getattr(story, verb)(by=manager, note="A name in it.")
    after_the_hold()
    mail.outbox[:] = [message for message in mail.outbox if message.to == [stranger.email]]
    for part in both_parts():
        assert said in part
        assert "A name in it." not in part
        for words in NO_NAMES:
            assert words not in part


def test_nor_of_one_that_was_withdrawn_or_made_private(
    story: Story, teller: User, nominee: User, stranger: User
) -> None:
    other = tell_story(teller, nominee)
    story.report(WHY, by=stranger)
    other.report(WHY, by=stranger)
    story.withdraw(by=teller)
    other.keep_private(by=teller)
    mail.outbox.clear()
    after_the_hold()
    mine = [message for message in mail.outbox if message.to == ["sam@company.example"]]
    bodies = [" ".join(str(message.body).split()) for message in mine]
    assert len(bodies) == 2
    assert any("Its teller has withdrawn it." in body for body in bodies)
    assert any("It has been made private" in body for body in bodies)
    assert not any(words in body for body in bodies for words in NO_NAMES)


def test_nor_of_one_that_is_written_anew(
    story: Story, teller: User, nominee: User, stranger: User
) -> None:
    story.report(WHY, by=stranger)
    helper = UserFactory(publicity=Publicity.ASK_FIRST)
    story.edit(telling(nominees=[nominee], helping_hands=[helper]), by=teller)
    story.rewrite(by=teller)
    Notice.objects.exclude(kind=Kind.REPORT_OUTCOME).delete()
    mail.outbox.clear()
    after_the_hold()
    for part in both_parts():
        assert "Its teller has taken it back, to write it anew." in part
        assert not any(words in part for words in NO_NAMES)


def test_an_undone_decision_is_told_to_nobody(story: Story, stranger: User, manager: User) -> None:
    story.report(WHY, by=stranger)
    Notice.objects.filter(kind=Kind.REPORTED).delete()
    story.hide(by=manager, note="A name in it.")
    story.undo(newest_deed(story), by=manager)
    after_the_hold()
    assert mail.outbox == []


def test_a_decision_taken_again_waits_anew_and_is_told_once(
    story: Story, stranger: User, manager: User
) -> None:
    story.report(WHY, by=stranger)
    Notice.objects.filter(kind=Kind.REPORTED).delete()
    story.hide(by=manager, note="A name in it.")
    Notice.objects.update(next_attempt_at=F("next_attempt_at") - HOLD)
    story.undo(newest_deed(story), by=manager)
    story.keep_as_it_is(by=manager)
    send_due()
    assert mail.outbox == []
    after_the_hold()
    assert len(mail.outbox) == 1
    assert "kept it as it is" in both_parts()[0]


def test_whoever_decided_about_their_own_report_knows(story: Story, manager: User) -> None:
    story.report(WHY, by=manager)
    story.hide(by=manager, note="A name in it.")
    assert owed(Kind.REPORT_OUTCOME) == set()


def test_a_second_report_is_a_second_outcome(story: Story, stranger: User, manager: User) -> None:
    for _each in range(2):
        story.report(WHY, by=stranger)
        story.keep_as_it_is(by=manager)
        after_the_hold()
    outcomes = [message for message in mail.outbox if message.to == ["sam@company.example"]]
    assert len(outcomes) == 2


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
