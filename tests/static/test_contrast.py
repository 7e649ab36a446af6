"""The colours of tokens.css keep the contrast that WCAG 2.2 asks for, in both themes.

OKLCH to sRGB follows Björn Ottosson's matrices (CSS Color 4, section 9); relative luminance and
contrast are WCAG 2.2's definitions. A browser clips what a screen cannot show, channel by
channel, and a wide-gamut screen does not: each pair must hold both ways.
"""

import ast
import math
import operator
import re
from collections.abc import Callable
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[2] / "static" / "css" / "tokens.css"
HUES = ["coral", "amber", "lime", "green", "cyan", "blue", "violet", "rose"]
PAPERS = ["paper", "paper-raised", "paper-sunk"]
THEMES = ["light", "dark"]
TEXT, SHAPE = 4.5, 3.0

type Rgb = tuple[float, float, float]
type Tokens = dict[str, str]


def read_tokens() -> Tokens:
    """Names of `:root`'s first block, without dashes, to their values."""
    css = re.sub(r"/\*.*?\*/", "", TOKENS.read_text(), flags=re.DOTALL)
    root = re.search(r":root\s*\{(.*?)\n  \}", css, flags=re.DOTALL)
    assert root is not None
    return {
        name: " ".join(value.split())
        for name, value in re.findall(r"--([\w-]+):\s*(.*?);", root[1], flags=re.DOTALL)
    }


def split_arguments(text: str) -> list[str]:
    """Cut at commas that stand outside brackets."""
    parts, depth = [""], 0
    for letter in text:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts]


def resolve(tokens: Tokens, name: str, theme: str) -> str:
    """The `oklch(…)` that a token stands for in one theme."""
    value = tokens[name]
    while "var(" in value:
        value = re.sub(r"var\(--([\w-]+)\)", lambda match: tokens[match[1]], value)
    if value.startswith("light-dark("):
        value = split_arguments(value.removeprefix("light-dark(")[:-1])[THEMES.index(theme)]
    return value


OPERATORS: dict[type, Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
}


def calculate(node: ast.AST) -> float:
    """The value of a `calc()` of numbers and `cos()`; angles in radians."""
    match node:
        case ast.Expression(body):
            return calculate(body)
        case ast.Constant(float() | int() as number):
            return float(number)
        case ast.BinOp(left, op, right):
            return OPERATORS[type(op)](calculate(left), calculate(right))
        case ast.Call(ast.Name("cos"), [angle]):
            return math.cos(calculate(angle))
    raise ValueError(ast.dump(node))


def number(text: str) -> float:
    if text.endswith("%"):
        return float(text[:-1]) / 100
    text = text.removeprefix("calc").replace("1deg", str(math.pi / 180))
    return calculate(ast.parse(text, mode="eval"))


def to_linear_srgb(oklch: str) -> Rgb:
    """Linear-light sRGB, unclipped, of `oklch(lightness chroma hue)`."""
    inner = oklch.removeprefix("oklch(")[:-1]
    lightness_text, chroma_text, hue_text = inner.rsplit(" ", 2)
    lightness, chroma = number(lightness_text), float(chroma_text)
    hue = math.radians(float(hue_text))
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def clip(rgb: Rgb) -> Rgb:
    red, green, blue = (min(1.0, max(0.0, channel)) for channel in rgb)
    return red, green, blue


def luminance(rgb: Rgb) -> float:
    red, green, blue = rgb
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(tokens: Tokens, front: str, back: str, theme: str) -> float:
    """WCAG's ratio of two tokens, the lower of a plain and of a wide-gamut screen."""
    pair = [to_linear_srgb(resolve(tokens, name, theme)) for name in (front, back)]
    ratios = []
    for screen in (pair, [clip(rgb) for rgb in pair]):
        darker, lighter = sorted(luminance(rgb) for rgb in screen)
        ratios.append((lighter + 0.05) / (darker + 0.05))
    return min(ratios)


def too_faint(tokens: Tokens, pairs: list[tuple[str, str]], least: float) -> list[str]:
    return [
        f"{front} on {back}, {theme}: {ratio:.2f}"
        for theme in THEMES
        for front, back in pairs
        if (ratio := contrast(tokens, front, back, theme)) < least
    ]


@pytest.fixture(scope="module")
def tokens() -> Tokens:
    return read_tokens()


def test_black_on_white_is_21_to_1() -> None:
    extremes = {"black": "oklch(0% 0 0)", "white": "oklch(100% 0 0)"}

    assert contrast(extremes, "black", "white", "light") == pytest.approx(21, abs=0.01)


def test_a_known_colour_converts_to_its_srgb() -> None:
    red, green, blue = to_linear_srgb("oklch(62.796% 0.25768 29.234)")

    assert (red, green, blue) == pytest.approx((1, 0, 0), abs=1e-3)


def test_inks_read_on_every_paper(tokens: Tokens) -> None:
    inks = ["ink", "ink-quiet", "accent", "success", "warning", "danger", "info"]

    assert too_faint(tokens, [(ink, paper) for ink in inks for paper in PAPERS], TEXT) == []


def test_notices_read_on_their_tints(tokens: Tokens) -> None:
    kinds = ["success", "warning", "danger", "info"]
    pairs = [(ink, f"{kind}-tint") for kind in kinds for ink in ("ink", kind)]

    assert too_faint(tokens, pairs, TEXT) == []


@pytest.mark.parametrize("hue", HUES)
def test_a_hue_reads_on_its_tint_and_on_every_paper(tokens: Tokens, hue: str) -> None:
    pairs = [(f"{hue}-ink", back) for back in [f"{hue}-tint", *PAPERS]]

    assert too_faint(tokens, [*pairs, ("ink", f"{hue}-tint")], TEXT) == []


@pytest.mark.parametrize("hue", HUES)
def test_an_edge_stands_out_from_every_paper_and_its_tint(tokens: Tokens, hue: str) -> None:
    pairs = [(f"{hue}-edge", back) for back in [*PAPERS, f"{hue}-tint"]]

    assert too_faint(tokens, pairs, SHAPE) == []


@pytest.mark.parametrize("hue", HUES)
def test_a_hue_is_a_colour_that_every_screen_can_show(tokens: Tokens, hue: str) -> None:
    names = [f"{hue}-{part}" for part in ("tint", "ink", "edge")]
    colours = [to_linear_srgb(resolve(tokens, name, theme)) for name in names for theme in THEMES]

    assert all(rgb == pytest.approx(clip(rgb), abs=2e-3) for rgb in colours)


def test_controls_and_focus_stand_out_from_every_paper(tokens: Tokens) -> None:
    shapes = ["edge", "focus"]

    assert too_faint(tokens, [(shape, paper) for shape in shapes for paper in PAPERS], SHAPE) == []


@pytest.mark.parametrize("hue", range(0, 360, 5))
def test_a_company_may_choose_any_accent_hue(tokens: Tokens, hue: int) -> None:
    chosen = {**tokens, "accent-hue": str(hue)}
    pairs = [("accent", paper) for paper in PAPERS]
    pairs += [("accent-ink", "accent"), ("accent-ink", "accent-strong")]

    assert too_faint(chosen, pairs, TEXT) == []
