"""Languages that Kudos speaks, as people choose them."""

from django.conf import settings


def languages() -> list[tuple[str, str]]:
    """Each language's code, and its name as its own speakers know it."""
    return list(settings.LANGUAGES)
