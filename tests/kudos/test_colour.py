"""The accent of mails is the accent of the pages, and as easy to read, whatever the hue."""

import pytest

from kudos.lib.colour import Accent, accent_of, srgb
from tests.static.test_contrast import (
    TEXT,
    Rgb,
    clip,
    luminance,
    read_tokens,
    resolve,
    to_linear_srgb,
)

# What else stands in the mail, light and dark (templates/emails/digest/body.html).
SHEETS, INKS, ON_BUTTON = (
    ("#fffdfa", "#201b16"),
    ("#291c15", "#ece7de"),
    ("#fffdfa", "#170d08"),
)
HUES = range(360)


def linear(colour: str) -> Rgb:
    """Of `#rrggbb`, as WCAG 2.2 defines it for relative luminance."""
    values = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in values
    )
    return red, green, blue


def contrast(front: str, back: str) -> float:
    darker, lighter = sorted(luminance(linear(colour)) for colour in (front, back))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_accent_of_kudos_is_its_coral() -> None:
    assert accent_of(22) == Accent("#cd2638", "#f97676", "#fee2e0", "#462221")


def test_black_and_white_are_the_ends() -> None:
    assert (srgb(0, 0, 0), srgb(1, 0, 0)) == ("#000000", "#ffffff")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_is_what_the_pages_have(theme: str) -> None:
    tokens = read_tokens()
    for hue in HUES:
        chosen = {**tokens, "accent-hue": str(hue)}
        page = clip(to_linear_srgb(resolve(chosen, "accent", theme)))
        mail = linear(getattr(accent_of(hue), theme))
        assert mail == pytest.approx(page, abs=5e-3), hue


@pytest.mark.parametrize("dark", [False, True])
def test_any_hue_can_be_read(dark: bool) -> None:
    sheet, ink, on_button = (pair[dark] for pair in (SHEETS, INKS, ON_BUTTON))
    for hue in HUES:
        accent = accent_of(hue)
        colour, tint = (
            (accent.dark, accent.tint_dark) if dark else (accent.light, accent.tint_light)
        )
        ratios = contrast(on_button, colour), contrast(colour, sheet), contrast(ink, tint)
        assert min(ratios) >= TEXT, (hue, ratios)
