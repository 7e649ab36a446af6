"""What the digest's HTML needs beyond Django: texts of either direction, said outright."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from stories.digests.contents import Told
from stories.digests.wording import NAMES_SHOWN, direction
from stories.templatetags.cards import in_words

register = template.Library()
register.filter(direction)


@register.filter
def isolated(text: str) -> SafeString:
    """Text that runs against the mail keeps its direction to itself."""
    if direction(text) == direction(""):
        return format_html("{}", text)
    return format_html('<span dir="{}">{}</span>', direction(text), text)


@register.filter
def nominees(story: Told) -> SafeString:
    """The story's `nominees` with each name in its own direction."""
    shown = [isolated(name) for name in story.names[:NAMES_SHOWN]]
    return in_words(shown, len(story.names) - len(shown))
