"""What each person decides for themselves."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pytest_django import DjangoCaptureOnCommitCallbacks
from pytest_django.asserts import assertContains

from accounts.models import Company, History, User

pytestmark = pytest.mark.django_db
URL = "/preferences/"


def choices(**changed: object) -> dict[str, object]:
    return {
        "name": "Ana Lima",
        "language": "",
        "time_zone": "",
        "digest": "weekly",
        "publicity": "fine",
        "theme": "system",
        "shortcuts": "on",
    } | changed


def picture(name: str = "me.jpg", size: tuple[int, int] = (900, 1200)) -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", size, "#c1440e").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "Ana de Lima"),
        ("language", "de"),
        ("time_zone", "America/Sao_Paulo"),
        ("digest", "off"),
        ("publicity", "private_only"),
        ("theme", "dark"),
    ],
)
def test_a_choice_is_kept(as_teller: Client, teller: User, field: str, value: str) -> None:
    assert as_teller.post(URL, choices(**{field: value})).url == URL
    teller.refresh_from_db()
    assert getattr(teller, field) == value


def test_it_says_that_it_is_saved_in_the_language_just_chosen(as_teller: Client) -> None:
    page = as_teller.post(URL, choices(language="de"), follow=True)
    assert "Gespeichert." in page.content.decode()


def test_shortcuts_can_be_switched_off(as_teller: Client, teller: User) -> None:
    answer = choices()
    del answer["shortcuts"]
    as_teller.post(URL, answer)
    teller.refresh_from_db()
    assert not teller.shortcuts


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "A" * 121),
        ("name", "Ana\x00"),
        ("name", "Ana\u202eamiL"),
        ("language", "tlh"),
        ("time_zone", "Mars/Olympus"),
        ("digest", "hourly"),
        ("publicity", "famous"),
        ("theme", "<script>"),
    ],
)
def test_bad_input_gets_a_sentence_and_changes_nothing(
    as_teller: Client, teller: User, field: str, value: str
) -> None:
    response = as_teller.post(
        URL, choices(**{field: value, "theme": value} if field == "theme" else {field: value})
    )
    assert response.status_code == 422
    assert response.context["form"].errors[field]
    before = teller.name, teller.theme, teller.digest
    teller.refresh_from_db()
    assert (teller.name, teller.theme, teller.digest) == before


def test_a_refused_form_keeps_what_was_typed(as_teller: Client) -> None:
    page = as_teller.post(URL, choices(name="Ana de Lima", digest="hourly")).content.decode()
    assert 'value="Ana de Lima"' in page


def test_a_refused_form_leaves_the_page_itself_alone(as_teller: Client) -> None:
    page = as_teller.post(URL, choices(theme="dark", digest="hourly")).content.decode()
    assert 'data-theme="system"' in page


def test_markup_in_a_name_stays_text(as_teller: Client, teller: User) -> None:
    as_teller.post(URL, choices(name="<b>{{ 7|add:7 }}</b>"))
    assert "<b>{{" not in as_teller.get(URL).content.decode()


@pytest.mark.parametrize(
    "field", ["email", "is_culture_lead", "is_superuser", "manager", "is_active"]
)
def test_a_forged_field_changes_nothing(as_teller: Client, teller: User, field: str) -> None:
    before = getattr(teller, field)
    as_teller.post(URL, choices(**{field: "1"}))
    teller.refresh_from_db()
    assert getattr(teller, field) == before


def test_history_keeps_what_changed(as_teller: Client, teller: User) -> None:
    as_teller.post(URL, choices(publicity="ask_first"))
    row = History.objects.about(teller).get()
    assert (row.verb, row.actor, row.before, row.after) == (
        "change preferences",
        teller,
        {"publicity": "fine"},
        {"publicity": "ask_first"},
    )


def test_saving_without_a_change_writes_no_history(as_teller: Client) -> None:
    as_teller.post(URL, choices())
    assert not History.objects.exists()


def test_a_photo_is_kept_small_and_without_its_name(as_teller: Client, teller: User) -> None:
    as_teller.post(URL, choices(photo=picture("passport-scan.jpg")))
    teller.refresh_from_db()
    with Image.open(teller.photo) as kept:
        assert max(kept.size) <= 640
    assert "passport" not in str(teller.photo)


def test_a_new_photo_replaces_the_old_file(
    as_teller: Client,
    teller: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    as_teller.post(URL, choices(photo=picture()))
    teller.refresh_from_db()
    storage, old = teller.photo.storage, str(teller.photo)
    with django_capture_on_commit_callbacks(execute=True):
        as_teller.post(URL, choices(photo=picture()))
    assert not storage.exists(old)


def test_a_photo_can_be_taken_away(as_teller: Client, teller: User) -> None:
    as_teller.post(URL, choices(photo=picture()))
    as_teller.post(URL, choices(remove_photo="on"))
    teller.refresh_from_db()
    assert not teller.photo


def test_what_is_no_photo_gets_a_sentence(as_teller: Client) -> None:
    svg = SimpleUploadedFile("me.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/jpeg")
    assert as_teller.post(URL, choices(photo=svg)).context["form"].errors["photo"]


def test_the_page_says_that_old_stories_stay(as_teller: Client) -> None:
    assert "What is published already stays as it is" in as_teller.get(URL).content.decode()


def test_it_tells_the_day_and_the_hour_of_the_digest(as_teller: Client, company: Company) -> None:
    Company.objects.update(digest_weekday=3, digest_hour=8)
    assertContains(as_teller.get(URL), "The digest arrives every Thursday at 08:00")
