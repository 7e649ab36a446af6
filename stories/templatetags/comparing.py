"""Marks on what was added and taken out, for the eye and for the ear."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from stories.versions import Piece

register = template.Library()


@register.filter
def marked(piece: Piece) -> SafeString:
    """The words in `<ins>` or `<del>`, which most screen readers pass over in silence: so it is
    said in words as well. Space is no news to anybody: it stands outside of the marks."""
    if piece.kind == "kept" or not piece.words.strip():
        return format_html("{}", "" if piece.kind == "removed" else piece.words)
    tag, said = ("ins", _("[added:")) if piece.kind == "added" else ("del", _("[taken out:"))
    end = pgettext("end of what was added or taken out", "]")
    bare = piece.words.strip()
    before, _bare, after = piece.words.partition(bare)
    return format_html(
        '{before}<{tag}><span class="visually-hidden">{said} </span>{bare}'
        '<span class="visually-hidden">{end}</span></{tag}>{after}',
        tag=SafeString(tag),
        said=said,
        bare=bare,
        end=end,
        before=before,
        after=after,
    )


@register.filter
def all_marked(pieces: list[Piece]) -> SafeString:
    return format_html_join("", "{}", ((marked(piece),) for piece in pieces))
