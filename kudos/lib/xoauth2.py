"""Signing in at a mail server by token (XOAUTH2), as Exchange Online and Gmail want it.

https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth
https://developers.google.com/workspace/gmail/imap/xoauth2-protocol
"""

import smtplib
from dataclasses import dataclass, field
from functools import cache
from threading import Lock
from typing import Any

from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from django.core.mail.backends import smtp
from requests import HTTPError, RequestException, Response

# A token that dies while a batch is being sent is no harm: only the sign-in asks for it.
LEEWAY_SECONDS = 60
# RFC 6749, 4.1.2.1, and RFC 8628, 3.5: the endpoint's own trouble rather than ours.
PASSING = {"temporarily_unavailable", "server_error", "slow_down"}
TOO_MANY = 429
REFUSED = 535
# Of what the endpoint says, in characters.
MOST = 400


@dataclass(frozen=True, slots=True)
class Grant:
    """What the token endpoint wants to see: a client's own secret, or a refresh token."""

    token_url: str
    client_id: str
    client_secret: str = field(default="", repr=False)
    scope: str | None = None
    refresh_token: str = field(default="", repr=False)

    def fetch(self, timeout: float | None) -> Any:
        """A fresh token, as authlib holds it. Raises what requests and authlib raise."""
        with OAuth2Session(
            self.client_id,
            self.client_secret or None,
            token_endpoint_auth_method="client_secret_post" if self.client_secret else "none",
            scope=self.scope,
        ) as session:
            session.hooks["response"].append(_not_now)
            # Whoever answers with another address would be sent the secret.
            asked = {"timeout": timeout, "allow_redirects": False}
            if self.refresh_token:
                return session.refresh_token(self.token_url, self.refresh_token, **asked)
            return session.fetch_token(self.token_url, grant_type="client_credentials", **asked)


def _not_now(response: Response, **kwargs: Any) -> None:
    if response.status_code == TOO_MANY:
        response.raise_for_status()


class Tokens:
    """The token of one grant, kept until shortly before it expires."""

    def __init__(self, grant: Grant) -> None:
        self.grant = grant
        self.token: Any = None
        self.lock = Lock()

    def current(self, timeout: float | None) -> str:
        with self.lock:
            if self.token is None or self.token.is_expired(leeway=LEEWAY_SECONDS):
                self.token = self._fetch(timeout)
            return str(self.token["access_token"])

    def forget(self, token: str) -> None:
        """The mail server takes it no longer; one that came since stays."""
        with self.lock:
            if self.token and self.token["access_token"] == token:
                self.token = None

    def _fetch(self, timeout: float | None) -> Any:
        """Raises what smtplib raises at sign-in: SMTPAuthenticationError for a lasting "no",
        ConnectionError where the endpoint is out of reach."""
        failure: Exception | None = None
        try:
            token = self.grant.fetch(timeout)
        except (OAuthError, RequestException, ValueError) as error:
            failure = _failure(error, self.grant)
        if failure is not None:
            # Raised out here, so that the error before it, which may repeat a secret, is no part
            # of it.
            raise failure
        access_token = token.get("access_token")
        if not (access_token and str(access_token).isascii()):
            raise _out_of_reach("its answer holds no token")
        return token


@cache
def tokens(grant: Grant) -> Tokens:
    """One for each grant in this process."""
    return Tokens(grant)


def _failure(error: Exception, grant: Grant) -> Exception:
    if isinstance(error, OAuthError):
        code = str(error.error)
        if code in PASSING:
            return _out_of_reach(code)
        return _refusal(f"{code}: {error.description or ''}", grant)
    if isinstance(error, HTTPError) and error.response is not None:
        status = error.response.status_code
        if 400 <= status < 500 and status != TOO_MANY:
            return _refusal(f"it answers {status}", grant)
        return _out_of_reach(f"it answers {status}")
    return _out_of_reach(type(error).__name__)


def _out_of_reach(why: str) -> ConnectionError:
    return ConnectionError(f"The token endpoint gives no token: {why}.")


def _refusal(why: str, grant: Grant) -> smtplib.SMTPAuthenticationError:
    for secret in filter(None, (grant.client_secret, grant.refresh_token)):
        why = why.replace(secret, "…")
    said = f"The token endpoint refuses us: {' '.join(why.split())}"
    return smtplib.SMTPAuthenticationError(REFUSED, said[:MOST].encode())


class TokenSignIn:
    """smtplib's connection, with the token in place of the password."""

    def login(self: Any, user: str, password: str, **kwargs: Any) -> tuple[int, bytes]:
        self.ehlo_or_helo_if_needed()
        said = f"user={user}\x01auth=Bearer {password}\x01\x01"
        # A challenge is the server's "no" in detail; an empty line fetches the reply code.
        answer: tuple[int, bytes] = self.auth(
            "XOAUTH2", lambda challenge=None: said if challenge is None else ""
        )
        return answer


class TokenSMTP(TokenSignIn, smtplib.SMTP):
    pass


class TokenSMTPOverTLS(TokenSignIn, smtplib.SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    """Django's SMTP backend, signing in by token. Fails as signing in by password does."""

    def __init__(
        self,
        *,
        token_url: str,
        client_id: str,
        client_secret: str = "",
        scope: str | None = None,
        refresh_token: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.tokens = tokens(Grant(token_url, client_id, client_secret, scope, refresh_token))

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return TokenSMTPOverTLS if self.use_ssl else TokenSMTP

    def open(self) -> bool | None:
        if self.connection:
            return False
        self.password = self.tokens.current(self.timeout)
        try:
            return super().open()
        except smtplib.SMTPAuthenticationError as error:
            if error.smtp_code < 500:
                raise
        # Tokens are withdrawn before their time, when a password changes for example.
        self.tokens.forget(self.password)
        self.password = self.tokens.current(self.timeout)
        return super().open()
