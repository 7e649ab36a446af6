"""Agreeing without the photo: it goes away, and a later one is asked about anew."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage

from accounts.models import Publicity, User
from stories.models import Answer, State, Story, Visibility
from tests.factories import telling, wants
from tests.stories.asked import answers, post, row
from tests.stories.composing import photo_file
from tests.stories.reading import page

pytestmark = pytest.mark.django_db


def test_agreeing_without_the_photo_takes_it_away(
    asking: Story, helper: User, nominee: User, django_capture_on_commit_callbacks: Any
) -> None:
    file = str(asking.photo.name)
    with django_capture_on_commit_callbacks(execute=True):
        asking.agree_without_photo(by=helper)
    asking.refresh_from_db()
    assert (asking.photo.name, asking.photo_alt) == ("", "")
    assert not default_storage.exists(file)
    assert answers(asking) == {"Hana Ito": "agreed_without_photo", "Priya Desai": "asked"}
    assert asking.state == State.ASKING
    deed = row(asking)
    assert (deed.verb, deed.actor, deed.before["photo"], deed.after["photo"]) == (
        "agree without photo",
        helper,
        file,
        "",
    )


def test_the_last_one_without_the_photo_publishes(
    asking: Story, helper: User, nominee: User
) -> None:
    asking.agree(by=helper)
    asking.agree_without_photo(by=nominee)
    assert (asking.state, asking.visibility, bool(asking.photo)) == (
        State.PUBLISHED,
        Visibility.COMPANY,
        False,
    )


@pytest.mark.parametrize("who", ["teller", "stranger", "manager", "culture_lead", "leaver"])
def test_nobody_else_takes_the_photo_away(
    who: str, asking: Story, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(PermissionDenied):
        asking.agree_without_photo(by=request.getfixturevalue(who))
    asking.refresh_from_db()
    assert asking.photo
    assert row(asking).verb == "submit"


def test_a_photo_that_comes_later_asks_those_anew_and_nobody_else(
    asking: Story, teller: User, helper: User, nominee: User
) -> None:
    asking.agree(by=nominee)
    asking.agree_without_photo(by=helper)
    people = {"nominees": [nominee], "helping_hands": [helper]}
    asking.edit(telling(**people, headline="Another headline"), by=teller)
    assert asking.state == State.PUBLISHED
    asking.edit(telling(**people, photo=photo_file()), by=teller)
    assert asking.state == State.ASKING
    assert answers(asking) == {"Hana Ito": "asked", "Priya Desai": "agreed"}
    asking.agree_without_photo(by=helper)
    assert asking.state == State.PUBLISHED
    assert not asking.photo


def test_a_later_photo_asks_them_whatever_they_wish_for_other_stories(
    asking: Story, teller: User, helper: User, nominee: User
) -> None:
    asking.agree(by=nominee)
    asking.agree_without_photo(by=helper)
    wants(helper, Publicity.FINE)
    people = {"nominees": [nominee], "helping_hands": [helper]}
    asking.edit(telling(**people, photo=photo_file()), by=teller)
    assert answers(asking)["Hana Ito"] == Answer.ASKED


def test_a_private_story_takes_any_photo(asking: Story, teller: User, nominee: User) -> None:
    asking.agree_without_photo(by=nominee)
    asking.keep_private(by=teller)
    people = {"nominees": [nominee], "helping_hands": asking.helping_hands}
    asking.edit(telling(**people, photo=photo_file()), by=teller)
    assert asking.state == State.PUBLISHED


def test_the_teller_reads_that_the_photo_is_gone_and_why(
    asking: Story, teller: User, helper: User
) -> None:
    assert "agreed without the photo" not in page(teller, asking)
    post(helper, asking, "agreement/without-photo")
    html = page(teller, asking)
    assert "Hana Ito</bdi></a> agreed without the photo, so it was taken away." in html
    assert "Agreed, and had the photo taken away" in html


def test_nobody_else_reads_who_minded_the_photo(
    asking: Story, nominee: User, helper: User, stranger: User
) -> None:
    post(helper, asking, "agreement/without-photo")
    assert "without the photo" not in page(nominee, asking)
    post(nominee, asking, "agreement")
    assert "without the photo" not in page(stranger, asking)
