"""What every screen owes its readers, looked at in both themes, on a phone and on a desktop."""

from dataclasses import dataclass
from typing import Any, Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

PHONE, DESKTOP = 360, 1280
# 1280 px at 400 % zoom (WCAG 2.2, 1.4.10 "Reflow").
NARROWEST = 320
HEIGHT = 740

STANDARDS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# axe would fetch every stylesheet again, from the wrong folder, for a rule that we do not ask for.
OPTIONS: dict[str, Any] = {"resultTypes": ["violations"], "preload": False}
EVERYTHING = OPTIONS | {"runOnly": {"type": "tag", "values": STANDARDS}}
# All that a theme can change.
COLOURS = OPTIONS | {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}
LOOKS: tuple[tuple[Literal["light", "dark"], int, dict[str, Any]], ...] = (
    ("light", PHONE, EVERYTHING),
    ("dark", PHONE, COLOURS),
    ("dark", DESKTOP, EVERYTHING),
    ("light", DESKTOP, COLOURS),
)

RUN_AXE = """async (options) => (await axe.run(document, options)).violations.flatMap(
  ({ id, nodes }) => nodes.map(({ target, failureSummary }) =>
    `${id} at ${target.join(" ")}: ${failureSummary.replace(/\\s+/g, " ")}`))"""

# WCAG 2.2, 2.5.8 "Target size (minimum)": 24 by 24 px, but for links inside a sentence. What shows
# itself only to the keyboard is measured while it has the focus.
SMALL_TARGETS = """() => {
  const inSentence = (link) => getComputedStyle(link).display === "inline" &&
    [...link.parentNode.childNodes].some((node) => node.nodeType === 3 && /\\w/.test(node.data));
  const box = (element) => {
    const label = element.matches("[type=radio], [type=checkbox]") && element.closest("label");
    return (label || element).getBoundingClientRect();
  };
  const small = [];
  const targets =
    "a[href], button, input, select, textarea, summary, [role=option], [tabindex='0']";
  for (const target of document.querySelectorAll(targets)) {
    if (!target.checkVisibility({ visibilityProperty: true }) || inSentence(target)) continue;
    if (target.closest(":disabled, [tabindex='-1']:not(main, article, [role=group])")) continue;
    const isClipped = box(target).width <= 1;
    if (isClipped) target.focus({ preventScroll: true });
    const { width, height } = box(target);
    if (width < 24 || height < 24) {
      small.push(`${width.toFixed(1)} by ${height.toFixed(1)}: ${target.outerHTML.slice(0, 120)}`);
    }
    if (isClipped) target.blur();
  }
  return small;
}"""

OUTLINE = """() => ({
  headings: document.querySelectorAll("h1").length,
  language: document.documentElement.lang,
})"""
OVERFLOW = """() => document.documentElement.scrollWidth - document.documentElement.clientWidth"""


@dataclass
class Finding:
    """One thing wrong with a screen: how it was looked at, and what was seen."""

    look: str
    what: str

    def __str__(self) -> str:
        return f"[{self.look}] {self.what}"


def findings(page: Page) -> list[Finding]:
    """Everything wrong with the page as it stands; an empty list is the aim."""
    return [*_by_axe(page), *_sizes(page), *_outline(page)]


def assert_sound(page: Page, state: str) -> None:
    """Raise AssertionError that lists, under the name of the state, what is wrong with it."""
    found = findings(page)
    assert not found, "\n".join([f"{state} ({page.url}):", *map(str, found)])


def _show_whole(page: Page, width: int) -> None:
    """A window as high as the page: bars that stick would lie over whatever is behind them."""
    page.set_viewport_size({"width": width, "height": HEIGHT})
    height: int = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": max(HEIGHT, height)})


def _by_axe(page: Page) -> list[Finding]:
    page.evaluate(AXE_SCRIPT)
    found: list[Finding] = []
    for theme, width, rules in LOOKS:
        _show_whole(page, width)
        page.emulate_media(color_scheme=theme)
        said: list[str] = page.evaluate(RUN_AXE, rules)
        found += [Finding(f"{theme}, {width} px", line) for line in said]
    return found


def _sizes(page: Page) -> list[Finding]:
    found: list[Finding] = []
    for width in (DESKTOP, PHONE):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        small: list[str] = page.evaluate(SMALL_TARGETS)
        found += [Finding(f"{width} px", f"small target, {line}") for line in small]
    page.set_viewport_size({"width": NARROWEST, "height": HEIGHT})
    if (beyond := page.evaluate(OVERFLOW)) > 0:
        found.append(Finding(f"{NARROWEST} px", f"scrolls sideways by {beyond} px"))
    return found


def _outline(page: Page) -> list[Finding]:
    seen: dict[str, Any] = page.evaluate(OUTLINE)
    found: list[Finding] = []
    if seen["headings"] != 1:
        found.append(Finding("outline", f"{seen['headings']} headings of the first level"))
    if seen["language"] != "en":
        found.append(Finding("outline", f"language {seen['language']!r}"))
    return found
