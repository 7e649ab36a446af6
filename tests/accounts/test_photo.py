"""Photos of people, and the company's colour."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from accounts.models import Company, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def photo_url(nominee: User) -> str:
    nominee.photo.save("face.webp", ContentFile(b"RIFF....WEBP"))
    return nominee.photo_url


def test_colleagues_see_a_photo(as_stranger: Client, photo_url: str) -> None:
    response = as_stranger.get(photo_url)
    assert b"".join(response.streaming_content) == b"RIFF....WEBP"


def test_nobody_else_does(client: Client, photo_url: str) -> None:
    assert client.get(photo_url).status_code == 302


def test_no_shared_cache_keeps_it(as_stranger: Client, photo_url: str) -> None:
    assert "private" in as_stranger.get(photo_url).headers["Cache-Control"]


def test_a_browser_takes_it_for_nothing_but_a_picture(as_stranger: Client, photo_url: str) -> None:
    headers = as_stranger.get(photo_url).headers
    assert (headers["Content-Type"], headers["X-Content-Type-Options"]) == ("image/webp", "nosniff")


def test_a_browser_that_has_it_is_told_so(as_stranger: Client, photo_url: str) -> None:
    tag = as_stranger.get(photo_url).headers["ETag"]
    assert as_stranger.get(photo_url, headers={"If-None-Match": tag}).status_code == 304


def test_somebody_without_a_photo_has_no_address_for_one(as_stranger: Client, teller: User) -> None:
    assert as_stranger.get(f"/people/{teller.ref}/photo/").status_code == 404


def test_a_made_up_reference_is_not_found(as_stranger: Client) -> None:
    assert as_stranger.get("/people/zzzzzz/photo/").status_code == 404


def test_a_file_that_is_gone_is_not_found(as_stranger: Client, nominee: User) -> None:
    User.objects.filter(pk=nominee.pk).update(photo="people/gone.webp")
    assert as_stranger.get(f"/people/{nominee.ref}/photo/").status_code == 404


def test_the_accent_is_one_number_in_the_layer_of_the_tokens(
    client: Client, company: Company
) -> None:
    Company.objects.update(accent_hue=150)
    style = client.get("/company/accent.css").content.decode()
    assert style == "@layer tokens { :root { --accent-hue: 150; } }\n"


def test_a_browser_that_has_the_accent_is_told_so(client: Client, company: Company) -> None:
    tag = client.get("/company/accent.css").headers["ETag"]
    assert client.get("/company/accent.css", headers={"If-None-Match": tag}).status_code == 304


def test_a_new_accent_is_sent(client: Client, company: Company) -> None:
    tag = client.get("/company/accent.css").headers["ETag"]
    Company.objects.update(accent_hue=200)
    assert client.get("/company/accent.css", headers={"If-None-Match": tag}).status_code == 200
