"""The stylesheets keep the rules of docs/design-system.md."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).parents[2] / "static" / "css"
SHEETS = sorted(path for path in CSS.rglob("*.css") if path.name not in {"layers.css", "kudos.css"})
COMPONENTS = sorted((CSS / "components").glob("*.css"))


def rules(path: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)


def outside_blocks(css: str) -> list[str]:
    """What opens each outermost block, and anything that stands beside them."""
    heads, depth, text = [], 0, ""
    for letter in css:
        if not depth:
            text += letter
        depth += {"{": 1, "}": -1}.get(letter, 0)
        if not depth and letter == "}":
            heads.append(text.removesuffix("{").strip())
            text = ""
    return [*heads, text.strip()] if text.strip() else heads


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_no_rule_stands_outside_a_layer(sheet: Path) -> None:
    assert all(re.match(r"@layer \w+ ?\{?$", head) for head in outside_blocks(rules(sheet)))


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_nothing_is_important(sheet: Path) -> None:
    assert "!important" not in rules(sheet)


@pytest.mark.parametrize("sheet", COMPONENTS, ids=lambda path: path.name)
def test_components_take_their_colours_from_tokens(sheet: Path) -> None:
    assert re.findall(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch|oklab)a?\(", rules(sheet)) == []


def test_every_stylesheet_is_imported_once() -> None:
    imported = re.findall(r'@import url\("(.+?)"\);', (CSS / "kudos.css").read_text())

    assert sorted(imported) == sorted(
        str(path.relative_to(CSS)) for path in [*SHEETS, CSS / "layers.css"]
    )


def test_every_token_that_is_read_exists() -> None:
    everything = "".join(rules(path) for path in SHEETS)
    written = set(re.findall(r"(--[\w-]+)\s*:", everything))

    assert set(re.findall(r"var\((--[\w-]+)", everything)) - written == set()
