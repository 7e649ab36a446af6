"""What is not everybody's appears nowhere: every place and every state, for who may not see it."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from accounts.models import Publicity, User
from kudos.lib.cursor import Cursor
from stories.digests.models import Edition
from stories.digests.preview import preview
from stories.digests.sending import send_now
from stories.models import CustomerGroup, Story, Value, Visibility
from tests.factories import ValueFactory, draft_story, tell_story

SECRET = "Zanzibar"
WORDS = "Quixotic ferry"
LONG_AGO = Cursor(datetime(2020, 1, 1, tzinfo=UTC), 1)
OFF_THE_ADMIN = ["draft", "asking", "private", "withdrawn", "narrowed"]
STATES = ["draft", "asking", "private", "hidden", "withdrawn", "narrowed", "hidden after picking"]


def picture() -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", (8, 8), "red").save(content, "JPEG")
    return SimpleUploadedFile("photo.jpg", content.getvalue())


@pytest.fixture
def value(db: None) -> Value:
    return ValueFactory(name="Own it")


@pytest.fixture
def secret(
    request: pytest.FixtureRequest,
    teller: User,
    nominee: User,
    culture_lead: User,
    suppliers: CustomerGroup,
    value: Value,
) -> Story:
    """A story in the state asked for, with a photo, and an edition of the week after it."""
    said = {
        "headline": f"{SECRET} by night",
        "what_they_did": f"{SECRET} was reached by a {WORDS}.",
        "customer_words": f"What a {WORDS}.",
        "customer_group": suppliers,
        "values": [value],
    }
    state = request.param
    if state == "draft":
        story = draft_story(teller, nominee, **said)
    else:
        if state == "asking":
            User.objects.filter(pk=nominee.pk).update(publicity=Publicity.ASK_FIRST)
        visibility = Visibility.PRIVATE if state == "private" else Visibility.COMPANY
        story = tell_story(teller, nominee, visibility=visibility, **said)
    story.photo.save("secret.jpg", picture())
    if state == "hidden":
        story.hide(by=culture_lead, note=f"About {SECRET}")
    if state == "withdrawn":
        story.withdraw(by=teller)
    if state == "narrowed":
        story.keep_private(by=teller)
    # Another story, so that there is an edition to look into.
    tell_story(teller, culture_lead, headline="Everybody's story")
    send_now()
    if state == "hidden after picking":
        story.hide(by=culture_lead, note=f"About {SECRET}")
    return story


def places(story: Story) -> list[str]:
    """Every address at which a story, or a trace of it, could appear."""
    group, value = story.customer_group_id, story.values.get().pk
    department = story.nominees[0].department_id
    edition = Edition.objects.get()
    return [
        "/",
        f"/?group={group}",
        f"/?value={value}",
        f"/?moment={story.moment}",
        f"/?department={department}",
        f"/?person={story.nominees[0].ref}",
        f"/?q={SECRET}",
        f"/?q={WORDS}",
        f"/?group={group}&value={value}&q={SECRET.lower()[:5]}",
        f"/people/{story.teller.ref}/",
        f"/people/{story.nominees[0].ref}/",
        "/stories/mine/",
        f"/stories/news/?since={LONG_AGO}",
        "/digest/",
        edition.get_absolute_url(),
    ]


def references(story: Story) -> list[str]:
    """Addresses of the story itself: for a stranger they do not exist."""
    return [
        f"/stories/{story.ref}/",
        f"/stories/{story.ref}/photo/",
        f"/stories/{story.ref}/editing/",
        f"/stories/{story.ref}/versions/",
        f"/stories/{story.ref}/versions/?version=1",
        f"/stories/{story.ref}/voice/",
        f"/stories/{story.ref}/voice/editing/",
        f"/stories/new/?draft={story.ref}",
    ]


@pytest.mark.parametrize("secret", STATES, indirect=True)
@pytest.mark.parametrize("htmx", [False, True], ids=["page", "htmx"])
def test_a_stranger_meets_no_trace_of_it(secret: Story, htmx: bool, as_stranger: Client) -> None:
    headers = {"HX-Request": "true"} if htmx else {}
    for address in places(secret):
        response = as_stranger.get(address, headers=headers)
        assert response.status_code in {200, 204}, address
        assert SECRET not in traces(response.content), address


@pytest.mark.parametrize("secret", STATES, indirect=True)
def test_a_stranger_cannot_reach_it_by_reference(secret: Story, as_stranger: Client) -> None:
    for address in references(secret):
        assert as_stranger.get(address).status_code == 404, address


@pytest.mark.parametrize("secret", STATES, indirect=True)
@pytest.mark.parametrize(
    "action",
    [
        "agreement",
        "privacy",
        "withdrawal",
        "hiding",
        "unhiding",
        "editing",
        "cheers/love",
        "voice",
        "voice/editing",
        "voice/withdrawal",
    ],
)
def test_a_stranger_cannot_act_on_it(secret: Story, action: str, as_stranger: Client) -> None:
    before = Story.objects.get(pk=secret.pk)
    response = as_stranger.post(
        f"/stories/{secret.ref}/{action}/", {"note": "No", "pressed": "1", "text": "No"}
    )
    after = Story.objects.get(pk=secret.pk)
    assert response.status_code == 404
    assert (after.state, after.visibility, after.saved_at) == (
        before.state,
        before.visibility,
        before.saved_at,
    )


@pytest.mark.parametrize("secret", STATES, indirect=True)
def test_no_digest_carries_it(secret: Story, stranger: User) -> None:
    """Not the copy that a worker would send now, and not its plain part either."""
    copy = preview(stranger)
    assert SECRET.encode() not in copy
    assert b"Everybody" in copy


@pytest.mark.parametrize(
    "secret", ["draft", "asking", "private", "withdrawn", "narrowed"], indirect=True
)
def test_the_admin_shows_a_culture_lead_none_of_it(secret: Story, as_culture_lead: Client) -> None:
    for address in admin_places(secret):
        response = as_culture_lead.get(address, follow=True)
        assert SECRET not in traces(response.content), address


@pytest.mark.parametrize("secret", STATES, indirect=True)
def test_signed_out_there_is_nothing_at_all(secret: Story, client: Client) -> None:
    for address in [*places(secret), *references(secret), *admin_places(secret)]:
        assert client.get(address).status_code == 302, address


@pytest.mark.parametrize("secret", ["private", "narrowed"], indirect=True)
def test_a_private_story_reaches_its_few(
    secret: Story, as_teller: Client, as_nominee: Client, as_manager: Client
) -> None:
    for client in (as_teller, as_nominee, as_manager):
        assert client.get(f"/stories/{secret.ref}/").status_code == 200
        assert client.get(f"/stories/{secret.ref}/photo/").status_code == 200


@pytest.mark.parametrize("secret", ["private", "narrowed"], indirect=True)
def test_and_not_even_a_reviewer_else(
    secret: Story, as_culture_lead: Client, as_other_manager: Client
) -> None:
    for client in (as_culture_lead, as_other_manager):
        for address in references(secret):
            assert client.get(address).status_code == 404, address


def admin_places(story: Story) -> list[str]:
    return [
        "/admin/",
        "/admin/stories/story/",
        f"/admin/stories/story/?q={SECRET}",
        f"/admin/stories/story/{story.pk}/change/",
        f"/admin/stories/story/{story.pk}/history/",
        "/admin/accounts/history/",
        f"/admin/accounts/history/?q={SECRET}",
        "/admin/digests/edition/",
        f"/admin/digests/edition/{Edition.objects.get().pk}/change/",
        "/admin/digests/delivery/",
        f"/admin/accounts/user/{story.nominees[0].pk}/change/",
        f"/admin/stories/customergroup/{story.customer_group_id}/change/",
    ]


def traces(content: bytes) -> str:
    """The page without the search that the test itself typed, which it may repeat."""
    body = content.decode()
    for typed in (SECRET, WORDS, SECRET.lower()[:5]):
        for echo in (f'value="{typed}"', f"“{typed}”", f"q={typed}"):
            body = body.replace(echo, "")
    return body
