"""What search knows of a story follows what becomes of it."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from accounts.models import User
from stories.models import SearchEntry, Story
from stories.search_index import reindex
from tests.factories import tell_story, telling
from tests.stories.searching import found

pytestmark = pytest.mark.django_db


def test_an_edited_story_is_found_by_its_new_words(bookings: Story, teller: User) -> None:
    people = [named.person for named in bookings.named.all()]
    bookings.edit(telling(nominees=people, headline="A lighthouse"), by=teller)

    assert found("lighthouse") == ["A lighthouse"]
    assert found("lake") == []


def test_a_renamed_nominee_is_found_by_the_new_name(bookings: Story, nominee: User) -> None:
    nominee.name = "Priya Holm"
    nominee.save()

    assert found("holm")
    assert not found("desai")


def test_a_renamed_teller_is_found_by_the_new_name(bookings: Story, teller: User) -> None:
    teller.name = "Ana Sol"
    teller.save()

    assert found("sol")


def test_a_nominee_whom_an_import_renames_is_found_by_the_new_name(
    bookings: Story, nominee: User, tmp_path: Path
) -> None:
    staff = tmp_path / "staff.csv"
    staff.write_text(f"name,email,department,manager\nPriya Holm,{nominee.email},,\n")
    call_command("import_people", staff, stdout=StringIO())

    assert found("holm")
    assert not found("desai")


def test_a_hidden_story_leaves_the_index_and_comes_back(
    bookings: Story, culture_lead: User
) -> None:
    bookings.hide(by=culture_lead, note="Names a customer.")
    assert not SearchEntry.objects.exists()

    bookings.unhide(by=culture_lead)
    assert found("lake")


def test_a_withdrawn_story_leaves_the_index(bookings: Story, teller: User) -> None:
    bookings.withdraw(by=teller)

    assert not SearchEntry.objects.exists()


def test_a_story_kept_private_leaves_the_index(bookings: Story, teller: User) -> None:
    bookings.keep_private(by=teller)

    assert not SearchEntry.objects.exists()


def test_a_private_story_never_enters_the_index(teller: User, nominee: User) -> None:
    tell_story(teller, nominee, visibility="private")

    assert not SearchEntry.objects.exists()


def test_reindex_writes_what_bulk_writes_left_out(bookings: Story) -> None:
    SearchEntry.objects.all().delete()

    assert reindex() == 1
    assert found("lake")


def test_reindex_drops_what_is_no_longer_on_the_feed(bookings: Story) -> None:
    Story.objects.filter(pk=bookings.pk).update(visibility="private")

    assert reindex() == 0
    assert not SearchEntry.objects.exists()
