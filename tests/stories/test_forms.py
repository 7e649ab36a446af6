"""Bad input: a sentence beside the field, everything typed still there, no half-made row."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import escape

from accounts.models import Company, User
from stories.models import CustomerGroup, Story
from stories.models.choices import State
from tests.factories import UserFactory, ValueFactory
from tests.stories.composing import photo_file, publish, save

pytestmark = pytest.mark.django_db

LINES = ("headline", "customer_role", "customer_name", "photo_alt")
PROSE = ("what_they_did", "difference", "customer_words")
TEXTS = LINES + PROSE
LONGEST = {
    "headline": 80,
    "customer_role": 120,
    "customer_name": 120,
    "photo_alt": 200,
    "what_they_did": 5000,
    "difference": 2000,
    "customer_words": 1000,
}


@pytest.fixture(autouse=True)
def there_is_a_group(suppliers: CustomerGroup, company: Company) -> None:
    """Every form here can name it."""


def errors(response: Any) -> dict[str, list[str]]:
    assert response.status_code == 422
    assert not Story.objects.exclude(state=State.DRAFT).exists()
    return {name: list(said) for name, said in response.context["form"].errors.items()}


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


@pytest.mark.parametrize("name", TEXTS)
def test_text_that_is_too_long_is_refused_and_kept(
    as_teller: Client, nominee: User, name: str
) -> None:
    text = "a" * (LONGEST[name] + 13)
    response = publish(as_teller, nominee, **{"customer_agreed": "on", name: text})
    most = LONGEST[name]
    assert errors(response) == {name: [f"Keep this to {most} letters; it has {most + 13}."]}
    assert text in response.content.decode()


@pytest.mark.parametrize("name", TEXTS)
def test_text_of_just_that_length_passes(as_teller: Client, nominee: User, name: str) -> None:
    text = "🛶" * LONGEST[name]
    publish(as_teller, nominee, **{"customer_agreed": "on", name: text})
    assert getattr(Story.objects.get(), name) == text


@pytest.mark.parametrize("name", PROSE)
def test_a_line_break_counts_as_one(as_teller: Client, nominee: User, name: str) -> None:
    lines = "a\r\n" * (LONGEST[name] // 2 - 2) + "b\rcd"
    publish(as_teller, nominee, **{name: lines})
    assert getattr(Story.objects.get(), name) == lines.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\u202e", "\u2066"])
def test_invisible_characters_are_refused(
    as_teller: Client, nominee: User, name: str, character: str
) -> None:
    text = f"be{character}fore"
    found = errors(publish(as_teller, nominee, **{"customer_agreed": "on", name: text}))
    assert found == {
        name: ["This contains invisible control characters. Remove them, or type it afresh."]
    }


@pytest.mark.parametrize("name", TEXTS)
def test_right_to_left_letters_are_welcome(as_teller: Client, nominee: User, name: str) -> None:
    publish(as_teller, nominee, **{"customer_agreed": "on", name: "אבי כהן עזר"})
    assert getattr(Story.objects.get(), name) == "אבי כהן עזר"


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "{{ 7|add:1 }}{% now 'Y' %}", '"><b>']
)
def test_html_and_template_syntax_come_back_as_text(
    as_teller: Client, name: str, text: str
) -> None:
    page = publish(as_teller, **{name: text}).content.decode()
    assert escape(text) in page
    assert "<script>alert" not in page
    assert '"><b>' not in page


def test_html_in_the_names_of_people_is_text(as_teller: Client) -> None:
    rude = UserFactory(name="<b>Bo</b>")
    page = publish(as_teller, rude, headline="").content.decode()
    assert "&lt;b&gt;Bo&lt;/b&gt;" in page
    assert "<b>Bo</b>" not in page


def test_nobody_nominates_themselves(as_teller: Client, teller: User) -> None:
    assert errors(publish(as_teller, teller)) == {
        "nominees": ["A story celebrates others: Ana Lima is telling or changing this one."]
    }


def test_nobody_is_their_own_helping_hand(as_teller: Client, teller: User, nominee: User) -> None:
    assert list(errors(publish(as_teller, nominee, helping_hands=[teller.ref]))) == [
        "helping_hands"
    ]


def test_a_leaver_is_not_nominated(as_teller: Client, leaver: User) -> None:
    assert errors(publish(as_teller, leaver)) == {
        "nominees": ["Lea Vogel no longer works here, so a new story cannot name them."]
    }


def test_somebody_picked_twice_is_said_so_and_shown_once(as_teller: Client, nominee: User) -> None:
    response = publish(as_teller, nominee, nominee)
    assert errors(response) == {"nominees": ["Priya Desai was picked twice. Once is enough."]}
    assert (
        response.content.decode().count(f'type="hidden" name="nominees" value="{nominee.ref}"') == 1
    )


def test_a_nominee_is_no_helping_hand_too(as_teller: Client, nominee: User) -> None:
    assert errors(publish(as_teller, nominee, helping_hands=[nominee.ref])) == {
        "helping_hands": ["Priya Desai is celebrated already, so cannot be a helping hand too."]
    }


@pytest.mark.parametrize("ref", ["zzzzzzzzzzzzzz", "\x00", "1", "'; --", "a" * 5000])
def test_a_forged_reference_is_nobody(as_teller: Client, nominee: User, ref: str) -> None:
    response = publish(as_teller, nominees=[nominee.ref, ref])
    assert errors(response) == {"nominees": ["One of these people was not found. Pick them again."]}


def test_more_than_twenty_people_are_too_many(as_teller: Client) -> None:
    crowd = [UserFactory() for _ in range(21)]
    assert errors(publish(as_teller, *crowd)) == {
        "nominees": ["Up to 20 people, so that each of them is seen."]
    }


def test_the_good_people_stay_when_one_is_refused(
    as_teller: Client, nominee: User, leaver: User
) -> None:
    response = publish(as_teller, nominee, leaver)
    assert response.context["form"].celebrated == [nominee, leaver]
    assert Story.objects.get().nominees == [nominee]


def test_three_values_are_enough(as_teller: Client, nominee: User) -> None:
    values = [ValueFactory().pk for _ in range(4)]
    assert errors(publish(as_teller, nominee, values=values)) == {
        "values": ["Choose up to 3 values; 4 are ticked."]
    }


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("customer_group", "999", "Choose one of the groups shown here."),
        ("customer_group", "9" * 40, "Choose one of the groups shown here."),
        ("customer_group", "\x00", "Choose one of the groups shown here."),
        ("values", ["999"], "Choose from the values shown here."),
        ("values", ["x"], "Choose from the values shown here."),
        ("moment", "grief", "Choose one of the moments shown here."),
        ("moment", "dare_to_try", "Choose one of the moments shown here."),
        ("visibility", "world", "Choose one of the two."),
        ("words_source", "dream", "Choose one of the places in the list."),
    ],
)
def test_what_was_not_offered_is_refused(
    as_teller: Client, nominee: User, name: str, value: Any, sentence: str
) -> None:
    assert errors(publish(as_teller, nominee, **{name: value})) == {name: [sentence]}


def test_a_group_that_is_offered_no_longer_is_refused(
    as_teller: Client, nominee: User, suppliers: CustomerGroup
) -> None:
    CustomerGroup.objects.update(is_active=False)
    assert list(errors(publish(as_teller, nominee))) == ["customer_group"]


def test_dare_to_try_is_there_where_the_company_has_it(
    as_teller: Client, nominee: User, company: Company
) -> None:
    company.dare_to_try = True
    company.save()
    publish(as_teller, nominee, moment="dare_to_try")
    assert Story.objects.get().moment == "dare_to_try"


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
