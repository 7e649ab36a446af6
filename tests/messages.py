"""The sentences that the code can say, and what a catalog makes of them: read in plain Python, so
that no test needs gettext's tools. It finds more than they do: xgettext passes over a message in
an f-string, which then stays English."""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from django.conf import settings
from django.utils.translation.template import templatize

ROOMS = ("accounts", "kudos", "stories")
# Where the context and the plural stand among the arguments of each of gettext's functions.
ARGUMENTS = {
    "_": "m",
    "gettext": "m",
    "gettext_lazy": "m",
    "gettext_noop": "m",
    "ngettext": "mp",
    "ngettext_lazy": "mp",
    "pgettext": "cm",
    "pgettext_lazy": "cm",
    "npgettext": "cmp",
    "npgettext_lazy": "cmp",
}
LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
TEMPLATE_CALL = re.compile(rf"(\w*gettext|_)\(({LITERAL}(?:, {LITERAL})*)(?:,count)?(?:, count)?\)")
PO_LINE = re.compile(r'(?:(msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?) )?(".*")')

type Messages = dict[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Entry:
    """One message of a catalog: its key, its plural or "", and its translation, one for each form
    where it has several."""

    context: str
    message: str
    plural: str
    said: list[str]
    is_fuzzy: bool


def in_code() -> Messages:
    """Every message of the code and the templates: context and message to plural, "" for none."""
    found: Messages = {}
    for context, message, plural in chain(_in_python(), _in_templates()):
        found[context, message] = plural or found.get((context, message), "")
    return found


def in_catalog(path: Path) -> list[Entry]:
    """The entries of a .po file, without its header and without what no code says any more."""
    blocks = path.read_text(encoding="utf-8").split("\n\n")
    return [entry for block in blocks if (entry := _entry(block)).message]


def _in_python() -> Iterator[tuple[str, str, str]]:
    for path in chain.from_iterable((settings.BASE_DIR / room).rglob("*.py") for room in ROOMS):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                strings = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
                if strings and node.func.id in ARGUMENTS:
                    yield _key(node.func.id, strings)


def _in_templates() -> Iterator[tuple[str, str, str]]:
    for path in (settings.BASE_DIR / "templates").rglob("*.*"):
        for name, strings in TEMPLATE_CALL.findall(templatize(path.read_text(encoding="utf-8"))):
            yield _key(name, ast.literal_eval(f"({strings},)"))


def _key(function: str, strings: Sequence[object]) -> tuple[str, str, str]:
    said = dict(zip(ARGUMENTS[function], strings, strict=False))
    return str(said.get("c", "")), str(said["m"]), str(said.get("p", ""))


def _entry(block: str) -> Entry:
    parts: dict[str, str] = {}
    keyword = ""
    for line in block.splitlines():
        if match := PO_LINE.fullmatch(line):
            keyword = match[1] or keyword
            parts[keyword] = parts.get(keyword, "") + ast.literal_eval(match[2])
    said = [text for keyword, text in parts.items() if keyword.startswith("msgstr")]
    is_fuzzy = re.search(r"^#,.*\bfuzzy\b", block, re.MULTILINE) is not None
    context, message = parts.get("msgctxt", ""), parts.get("msgid", "")
    return Entry(context, message, parts.get("msgid_plural", ""), said, is_fuzzy)
