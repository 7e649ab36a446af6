"""A story's photo is guarded by the same rule as the story."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from accounts.models import User
from stories.models import Story
from tests.factories import tell_story

pytestmark = pytest.mark.django_db


def picture() -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", (8, 8), "teal").save(content, "JPEG")
    return SimpleUploadedFile("river.jpg", content.getvalue(), "image/jpeg")


@pytest.fixture
def pictured(teller: User, nominee: User) -> Story:
    return tell_story(teller, nominee, photo=picture())


def test_a_reader_gets_the_photo(as_stranger: Client, pictured: Story) -> None:
    response = as_stranger.get(pictured.photo_url)

    assert b"".join(response).startswith(b"\xff\xd8")
    assert response["Content-Type"] == "image/jpeg"


def test_browsers_keep_it_to_themselves_and_ask_again(as_stranger: Client, pictured: Story) -> None:
    response = as_stranger.get(pictured.photo_url)

    assert response["Cache-Control"] == "private, no-cache"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("inline")


def test_a_browser_that_has_it_is_told_so(as_stranger: Client, pictured: Story) -> None:
    etag = as_stranger.get(pictured.photo_url)["ETag"]
    again = as_stranger.get(pictured.photo_url, headers={"If-None-Match": etag})

    assert again.status_code == 304


def test_a_browser_that_has_it_is_told_nothing_once_the_story_is_hidden(
    as_stranger: Client, pictured: Story, culture_lead: User
) -> None:
    etag = as_stranger.get(pictured.photo_url)["ETag"]
    pictured.hide(by=culture_lead, note="No.")

    again = as_stranger.get(pictured.photo_url, headers={"If-None-Match": etag})
    assert again.status_code == 404


def test_a_story_without_a_photo_has_none(as_stranger: Client, story: Story) -> None:
    assert as_stranger.get(f"/stories/{story.ref}/photo/").status_code == 404


def test_a_photo_whose_file_is_gone_is_not_found(as_stranger: Client, pictured: Story) -> None:
    pictured.photo.storage.delete(str(pictured.photo.name))

    assert as_stranger.get(pictured.photo_url).status_code == 404
