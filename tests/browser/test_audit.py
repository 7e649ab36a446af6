"""The audit can fail: it sees each thing that it looks for."""

import pytest

from tests.browser.audit import findings
from tests.browser.conftest import Visit

PAGE = """<!doctype html><html lang="en"><head><title>A page</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"></head>
<body style="background: Canvas"><main><h1>One</h1>{}</main></body></html>"""


@pytest.mark.parametrize(
    ("seen", "body"),
    [
        ("[light, 360 px] image-alt", '<img src="data:,">'),
        ("[dark, 1280 px] image-alt", '<img src="data:,">'),
        ("[dark, 360 px] color-contrast", '<p style="color: #444">Dark on dark</p>'),
        ("[light, 1280 px] color-contrast", '<p style="color: #bbb">Light on light</p>'),
        ("[360 px] small target", '<a href="/" style="font-size: 12px">alone</a>'),
        ("[320 px] scrolls sideways", '<p style="inline-size: 400px">Wide</p>'),
        ("[outline] 2 headings of the first level", "<h1>Two</h1>"),
    ],
)
def test_something_wrong_is_found(visit: Visit, seen: str, body: str) -> None:
    page = visit()
    page.set_content(PAGE.format(body))

    assert any(str(finding).startswith(seen) for finding in findings(page))


def test_another_language_is_found(visit: Visit) -> None:
    page = visit()
    page.set_content(PAGE.format("").replace('lang="en"', 'lang="de"'))

    assert [str(finding) for finding in findings(page)] == ["[outline] language 'de'"]


def test_a_link_in_a_sentence_may_be_as_small_as_its_text(visit: Visit) -> None:
    page = visit()
    page.set_content(PAGE.format('<p style="font-size: 12px">Read <a href="/">it</a> now.</p>'))

    assert findings(page) == []
