"""A mail server and a token endpoint as big providers run them, on this machine."""

import base64
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs

from aiosmtpd.smtp import SMTP, AuthResult

from tests.digests.mailserver import MailServer


class TokenEndpoint:
    """Gives `token-1`, `token-2`, … to whoever knows the secret."""

    def __init__(self) -> None:
        self.asked: list[dict[str, str]] = []
        self.given = 0
        self.lives_seconds = 3600
        self.answer: tuple[int, str] | None = None

    def __enter__(self) -> Self:
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                size = int(self.headers["Content-Length"])
                form = parse_qs(self.rfile.read(size).decode())
                status, text = endpoint.reply({name: said[0] for name, said in form.items()})
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                if status == 307:
                    self.send_header("Location", text)
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *words: Any) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/token"
        # It looks whether it should end: a hundred times a second rather than twice.
        serve = threading.Thread(target=self.server.serve_forever, args=[0.01], daemon=True)
        serve.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    def reply(self, form: dict[str, str]) -> tuple[int, str]:
        self.asked.append(form)
        if self.answer:
            return self.answer
        if form.get("client_secret") != "s3cret" and form.get("refresh_token") != "r3fresh":
            said = f"AADSTS7000215: Invalid client secret: {form.get('client_secret')}"
            return 401, json.dumps({"error": "invalid_client", "error_description": said})
        self.given += 1
        token = {
            "token_type": "Bearer",
            "access_token": f"token-{self.given}",
            "expires_in": self.lives_seconds,
        }
        return 200, json.dumps(token)


class TokenMailServer(MailServer):
    """Takes mail from whoever shows one of its tokens."""

    def __init__(self) -> None:
        super().__init__()
        self.tokens = {"token-1"}
        self.shown: list[str] = []

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:  # noqa: N802
        user, token, *_end = base64.b64decode(args[1]).decode().split("\x01")
        self.shown.append(token.removeprefix("auth=Bearer "))
        if user == "user=kudos" and self.shown[-1] in self.tokens:
            return AuthResult(success=True)
        await server.challenge_auth(json.dumps({"status": "401", "schemes": "Bearer"}))
        return AuthResult(success=False, handled=False)
