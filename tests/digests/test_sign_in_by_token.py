"""What becomes of an edition when the mail server wants a token."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from accounts.models import History
from kudos.lib import mail, xoauth2
from stories.digests.drain import drain
from stories.digests.models import Edition, Relay
from tests.digests.conftest import states
from tests.kudos.token_server import TokenEndpoint, TokenMailServer


@pytest.fixture
def endpoint(settings: Any) -> Iterator[TokenEndpoint]:
    """The digest leaves through a mail server that takes what this endpoint gives."""
    xoauth2.tokens.cache_clear()
    server = TokenMailServer()
    server.start()
    with TokenEndpoint() as endpoint:
        url = (
            f"smtp://kudos@127.0.0.1:{server.port}?auth=xoauth2&token_url={endpoint.url}"
            "&client_id=kudos-client&client_secret=s3cret"
        )
        settings.MAILERS = settings.MAILERS | {"digest": mail.mailer(url, folder=Path())}
        yield endpoint
    server.stop()


def test_with_a_token_every_copy_leaves(edition: Edition, endpoint: TokenEndpoint) -> None:
    drain(edition)
    assert set(states(edition).values()) == {"sent"}


def test_a_refused_token_pauses_the_edition(edition: Edition, endpoint: TokenEndpoint) -> None:
    endpoint.given = 1  # The mail server knows the first token only.
    drain(edition)
    edition.refresh_from_db()
    assert edition.paused_at is not None
    assert set(states(edition).values()) == {"pending"}
    assert History.objects.about(edition).get(verb="pause").note.startswith("535 5.7.8")


def test_a_refused_secret_pauses_the_edition(edition: Edition, endpoint: TokenEndpoint) -> None:
    endpoint.answer = (401, '{"error": "invalid_client", "error_description": "s3cret is old."}')
    drain(edition)
    edition.refresh_from_db()
    assert edition.paused_at is not None
    note = History.objects.about(edition).get(verb="pause").note
    assert note == "535: The token endpoint refuses us: invalid_client: … is old."


def test_an_endpoint_out_of_reach_is_a_lost_connection(
    edition: Edition, endpoint: TokenEndpoint
) -> None:
    endpoint.answer = (503, "")
    drain(edition)
    edition.refresh_from_db()
    assert edition.paused_at is None
    assert set(states(edition).values()) == {"pending"}
    assert Relay.current().failures > 0
