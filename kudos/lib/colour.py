"""A company's accent for mail programs, which know neither OKLCH nor our stylesheets."""

import math
from typing import NamedTuple


class Accent(NamedTuple):
    """The accent as `#rrggbb`, and a tint of it to stand on, for light paper and for dark."""

    light: str
    dark: str
    tint_light: str
    tint_dark: str


def accent_of(hue: int) -> Accent:
    """The accent of tokens.css for a hue of 0 to 359: there stands why lightness follows the hue,
    by which text on it and it on paper hold 4.5:1. The tint has the lightness of the tints there.
    """
    lightness = 0.51 - 0.042 * math.cos(math.radians(hue - 190))
    return Accent(
        light=srgb(lightness, 0.2, hue),
        dark=srgb(0.72, 0.16, hue),
        tint_light=srgb(0.935, 0.031, hue),
        tint_dark=srgb(0.3, 0.055, hue),
    )


def srgb(lightness: float, chroma: float, hue: float) -> str:
    """`#rrggbb` of an OKLCH colour, by the matrices of Björn Ottosson (CSS Color 4, section 9).
    What a screen cannot show is clipped channel by channel, as browsers do."""
    a, b = (chroma * way(math.radians(hue)) for way in (math.cos, math.sin))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    channels = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    return "#" + "".join(f"{_byte(channel):02x}" for channel in channels)


def _byte(linear: float) -> int:
    linear = min(1.0, max(0.0, linear))
    if linear <= 0.0031308:
        return round(255 * 12.92 * linear)
    return round(255 * (1.055 * math.pow(linear, 1 / 2.4) - 0.055))
