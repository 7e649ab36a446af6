"""The photo of an edit that waits: in a file of its own, which goes with it."""

from typing import Any

import pytest
from django.core.files.storage import default_storage

from accounts.models import User
from stories.models import Proposal, Story
from tests.stories.composing import photo_file
from tests.stories.proposed import NEW, again, edit, photo_of


def test_another_photo_waits_in_a_file_of_its_own(
    careful: Story, manager: User, django_capture_on_commit_callbacks: Any
) -> None:
    edit(careful, photo=photo_file())
    first = photo_of(careful.proposal)
    assert again(careful).photo == ""
    with django_capture_on_commit_callbacks(execute=True):
        edit(careful, photo=photo_file())
    second = photo_of(again(careful).proposal)
    assert (default_storage.exists(first), default_storage.exists(second)) == (False, True)
    with django_capture_on_commit_callbacks(execute=True):
        edit(careful, headline=NEW)
    assert photo_of(again(careful).proposal) == second
    with django_capture_on_commit_callbacks(execute=True):
        careful.publish_edit(by=manager)
    assert again(careful).photo.name == second
    assert default_storage.exists(second)


@pytest.mark.parametrize("verb", ["take_edit_back", "withdraw"])
def test_a_proposal_goes_with_its_photo(
    verb: str, careful: Story, teller: User, django_capture_on_commit_callbacks: Any
) -> None:
    edit(careful, photo=photo_file())
    file = photo_of(careful.proposal)
    with django_capture_on_commit_callbacks(execute=True):
        getattr(careful, verb)(by=teller)
    assert not Proposal.objects.exists()
    assert not default_storage.exists(file)


def test_a_photo_taken_out_of_the_proposal_is_gone(
    careful: Story, django_capture_on_commit_callbacks: Any
) -> None:
    edit(careful, photo=photo_file(), headline=NEW)
    file = photo_of(careful.proposal)
    with django_capture_on_commit_callbacks(execute=True):
        edit(careful, photo=False, headline=NEW)
    assert again(careful).proposal.photo == ""
    assert not default_storage.exists(file)
