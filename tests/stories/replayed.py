"""What the tests of versions share: how a story is edited, and what its versions say."""

from accounts.models import User
from stories.comparison import Part, parts
from stories.models import Story
from stories.replay import versions
from tests.factories import telling


def headlines(story: Story) -> list[str]:
    return [version.told["headline"] for version in versions(Story.objects.get(pk=story.pk))]


def edit(story: Story, by: User, **said: object) -> Story:
    story.edit(telling(**{"nominees": story.nominees} | said), by=by)
    return story


def last_change(story: Story, name: str) -> Part:
    """One part of the newest version, beside the one before it."""
    before, newest = versions(Story.objects.get(pk=story.pk))[-2:]
    return next(part for part in parts(before.told, newest.told) if part.name == name)


def marks(part: Part) -> list[tuple[str, str]]:
    return [(piece.kind, piece.words) for piece in part.pieces]


def everything(story: Story) -> str:
    return str([version.told for version in versions(Story.objects.get(pk=story.pk))])
