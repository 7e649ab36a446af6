"""Bad input: a sentence beside the field, everything typed still there, no half-made row."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import Company, User
from stories.models import CustomerGroup, Story
from tests.factories import ValueFactory
from tests.stories.composing import errors, photo_file, publish, save

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def there_is_a_group(suppliers: CustomerGroup, company: Company) -> None:
    """Every form here can name it."""


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("nominees", "Name at least one colleague."),
        ("customer_group", "Choose whose customer it was."),
        ("headline", "Say it in one line."),
        ("what_they_did", "Say what they did. Two sentences are enough."),
    ],
)
def test_what_is_missing_is_asked_for(
    as_teller: Client, nominee: User, name: str, sentence: str
) -> None:
    assert errors(publish(as_teller, nominee, **{name: []})) == {name: [sentence]}


@pytest.mark.parametrize("name", ["moment", "visibility", "difference"])
def test_the_rest_may_be_missing(as_teller: Client, nominee: User, name: str) -> None:
    assert publish(as_teller, nominee, **{name: None}).status_code == 302


def test_a_customers_name_needs_their_consent(as_teller: Client, nominee: User) -> None:
    response = publish(as_teller, nominee, customer_name="Mara Quell")
    assert errors(response) == {
        "customer_name": ["Did they agree to be named? Tick the box below, or leave the name out."]
    }
    assert 'value="Mara Quell"' in response.content.decode()
    assert Story.objects.get().customer_name == ""


def test_taking_consent_back_takes_the_name_out(as_teller: Client, nominee: User) -> None:
    save(as_teller, nominee, customer_name="Mara Quell", customer_agreed="on")
    save(as_teller, nominee, customer_name="Mara Quell")
    assert Story.objects.get().customer_name == ""


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (SimpleUploadedFile("a.jpg", b"words"), "This is not a photo that we can read."),
        (SimpleUploadedFile("a.jpg", b""), "This file is empty."),
        (
            SimpleUploadedFile(
                "a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"
            ),
            "This is not a photo that we can read.",
        ),
        (photo_file(10_000, 5_000, "PNG"), "This photo has 50 megapixels; up to 40 are fine."),
    ],
)
def test_a_bad_photo_is_refused(
    as_teller: Client, nominee: User, file: SimpleUploadedFile, sentence: str
) -> None:
    file.seek(0)
    found = errors(publish(as_teller, nominee, photo=file))
    assert [name for name in found if found[name][0].startswith(sentence)] == ["photo"]
    assert Story.objects.get().photo.name == ""


def test_a_good_photo_survives_a_bad_headline(as_teller: Client, nominee: User) -> None:
    response = publish(as_teller, nominee, headline="", photo=photo_file())
    story = Story.objects.get()
    assert story.photo.name.endswith(".webp")
    assert story.photo_url in response.content.decode()


@pytest.mark.parametrize("key", ["", "x", "\x00", "7a1f9c1e", "{{ 1 }}"])
def test_a_forged_key_makes_nothing_and_loses_nothing(
    as_teller: Client, nominee: User, key: str
) -> None:
    response = publish(as_teller, nominee, key=key)
    assert (response.status_code, Story.objects.count()) == (422, 0)
    assert "A kayak school kept its season" in response.content.decode()
    assert "Please send it again." in response.content.decode()


def test_errors_are_tied_to_their_fields(as_teller: Client) -> None:
    page = publish(as_teller, headline="a" * 99).content.decode()
    assert 'aria-invalid="true" aria-describedby="id_headline_error"' in page
    assert 'id="id_headline_error"' in page
    assert 'href="#id_nominees"' in page
    assert "data-error-summary" in page


def test_nothing_typed_is_lost_to_an_error(as_teller: Client, nominee: User, manager: User) -> None:
    value = ValueFactory()
    page = publish(
        as_teller,
        nominee,
        headline="",
        customer_words="She called before we did",
        words_source="call",
        helping_hands=[manager.ref],
        values=[value.pk],
        visibility="private",
    ).content.decode()
    for kept in (
        "Rang the school at seven",
        "She called before we did",
        '<option value="call" selected>',
        f'name="nominees" value="{nominee.ref}"',
        f'name="helping_hands" value="{manager.ref}"',
        f'name="values" value="{value.pk}" checked',
        'value="private" id="id_visibility_1" checked',
        'value="wow" id="id_moment_1" checked',
    ):
        assert kept in page
