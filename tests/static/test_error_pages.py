"""Pages for when something failed need neither a request nor the database."""

import pytest
from django.template.loader import render_to_string


@pytest.mark.parametrize("page", ["400.html", "500.html"])
def test_it_renders_without_context_request_or_database(page: str) -> None:
    html = render_to_string(page)

    assert "<h1>" in html
    assert 'href="/"' in html
