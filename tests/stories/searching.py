"""How the tests of search ask."""

from stories.models import Story
from stories.search import search


def found(text: str) -> list[str]:
    return [story.headline for story in search(text, among=Story.objects.on_feed())]
