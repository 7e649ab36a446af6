"""What a browser sends from the composer, and what it is told is wrong with it."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from accounts.models import User
from stories.models import CustomerGroup, Story
from stories.models.choices import State

KEY = "7a1f9c1e-2b0a-4c55-9d3d-1f6f0c0f5a11"
HTMX = {"HX-Request": "true"}


def fields(*nominees: User, **said: Any) -> dict[str, Any]:
    """A complete form; anything said replaces the default, None leaves it out."""
    group = CustomerGroup.objects.order_by("pk").first()
    complete: dict[str, Any] = {
        "key": KEY,
        "nominees": [person.ref for person in nominees],
        "customer_group": group.pk if group else "",
        "moment": "wow",
        "headline": "A kayak school kept its season",
        "what_they_did": "Rang the school at seven and moved forty-one bookings.",
        "difference": "Nobody lost a trip.",
        "visibility": "company",
    }
    return {name: value for name, value in (complete | said).items() if value is not None}


def publish(client: Client, *nominees: User, **said: Any) -> Any:
    return client.post(reverse("compose"), fields(*nominees, **{"publish": "yes"} | said))


def save(client: Client, *nominees: User, **said: Any) -> Any:
    return client.post(reverse("compose"), fields(*nominees, **{"save": "yes"} | said))


def autosave(client: Client, *nominees: User, **said: Any) -> Any:
    return client.post(reverse("compose_draft"), fields(*nominees, **said), headers=HTMX)


def photo_file(
    width: int = 60, height: int = 40, kind: str = "JPEG", **options: Any
) -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (width, height), "red").save(out, kind, **options)
    return SimpleUploadedFile(f"photo.{kind.lower()}", out.getvalue())


def join(client: Client, story: Story, *nominees: User, **said: Any) -> Any:
    return client.post(reverse("compose"), fields(*nominees, **{"join": story.ref} | said))


def errors(response: Any) -> dict[str, list[str]]:
    assert response.status_code == 422
    assert not Story.objects.exclude(state=State.DRAFT).exists()
    return {name: list(said) for name, said in response.context["form"].errors.items()}


def open_composer(client: Client, **query: str) -> Any:
    return client.get(reverse("compose"), query)
