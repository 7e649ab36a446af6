"""A provider's API on this machine, with a will of its own."""

import json
import socket
import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self


class Provider:
    """Takes what Postmark's API takes. `answer` replaces its reply by a status and a body; `hangs`
    and `drops` let it take a message and say nothing."""

    def __init__(self) -> None:
        self.taken: list[dict[str, Any]] = []
        self.answer: tuple[int, Any] | None = None
        self.hangs_seconds = 0.0
        self.drops = False

    def __enter__(self) -> Self:
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                size = int(self.headers["Content-Length"])
                message = json.loads(self.rfile.read(size))
                provider.taken.append(message)
                time.sleep(provider.hangs_seconds)
                if provider.drops:
                    self.connection.shutdown(socket.SHUT_RDWR)
                    return
                status, body = provider.answer or (200, accepted(message))
                # Whoever hung too long is not listened to any more.
                with suppress(OSError):
                    self.send_response(status)
                    self.send_header("Content-Type", "application/json")
                    self.end_headers()
                    self.wfile.write(body if isinstance(body, bytes) else json.dumps(body).encode())

            def log_message(self, *words: Any) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"
        # It looks whether it should end: a hundred times a second rather than twice.
        serve = threading.Thread(target=self.server.serve_forever, args=[0.01], daemon=True)
        serve.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.server.shutdown()
        self.server.server_close()


def accepted(message: dict[str, Any]) -> dict[str, Any]:
    return {"ErrorCode": 0, "Message": "OK", "MessageID": "b7bc2f4a", "To": message["To"]}
