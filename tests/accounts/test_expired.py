"""A form that comes back too late to be trusted."""

import pytest
from django.test import Client

from accounts.models import User

pytestmark = pytest.mark.django_db
TYPED = {"headline": "A kayak school <b>kept</b> its season", "moment": "wow"}
OURS = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def careful(ana: User) -> Client:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ana)
    return client


def test_it_is_refused_with_a_sentence(careful: Client) -> None:
    response = careful.post("/stories/new/", TYPED, headers=OURS)
    assert response.status_code == 403
    assert "This page was open for a long time" in response.content.decode()


def test_what_was_written_is_there_to_copy(careful: Client) -> None:
    page = careful.post("/stories/new/", TYPED, headers=OURS).content.decode()
    assert "A kayak school &lt;b&gt;kept&lt;/b&gt; its season" in page


def test_another_site_cannot_put_words_on_the_page(careful: Client) -> None:
    response = careful.post("/stories/new/", TYPED, headers={"Sec-Fetch-Site": "cross-site"})
    assert "kayak" not in response.content.decode()


def test_passwords_are_never_shown(careful: Client) -> None:
    answer = {"login": "ana", "password": "seven kayaks on the quay"}
    assert "kayaks" not in careful.post("/accounts/login/", answer, headers=OURS).content.decode()
