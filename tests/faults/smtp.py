"""A mail server with faults: `python -m tests.faults.smtp PORT LEDGER MODE`.

It writes a message into the ledger before it answers 250, so that "accepted" is what is written
there, also when it is killed the moment after.
"""

import asyncio
import json
import os
import sys
import time
from asyncio import IncompleteReadError, StreamReader, StreamWriter
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import count
from pathlib import Path

from tests.faults.ledger import Copy, Ledger, Pen

MESSAGE_MOST = 2**20
END = b"\r\n.\r\n"
AT_RCPT = "450 4.2.1 The mailbox is busy"
AFTER_BODY = "451 4.3.0 Try again later"


@dataclass(slots=True, kw_only=True)
class Mode:
    """How the server behaves; XMODE changes it while it runs.

    `delay` is in seconds a message. `later` is the share of addresses that are refused for now,
    a tenth of them twice; half hear of it at RCPT, half after the body. `hang` and `drop` count
    messages to addresses never tried before: not answered and not accepted; accepted, and the
    line closed without an answer.
    """

    pipelining: bool = False
    delay: float = 0
    later: float = 0
    hang: int = 0
    drop: int = 0


class Server:
    def __init__(self, ledger: Path, mode: Mode) -> None:
        # A server that comes back after it was killed knows whom it has seen.
        self.tried: Counter[str] = Ledger(ledger).read().tried
        self.pen = Pen(ledger)
        self.mode = mode
        self.numbers = count()

    async def serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        with suppress(ConnectionError, IncompleteReadError):
            await Dialogue(self, reader, writer).go()
        writer.close()

    def note(self, what: str, to: str) -> None:
        self.tried[to] += 1
        self.pen.write(what, to=to)

    def refusal(self, to: str) -> str:
        """The 4xx that this address gets this time, or ""."""
        number = int.from_bytes(sha256(to.encode()).digest()[:4])
        share = number / 2**32
        times = (share < self.mode.later) + (share < self.mode.later / 10)
        if self.tried[to] >= times:
            return ""
        return AFTER_BODY if number % 2 else AT_RCPT

    def takes(self, what: str, to: str) -> bool:
        """Whether this message meets a fault that the mode has left for a first attempt."""
        left: int = getattr(self.mode, what)
        if not left or self.tried[to]:
            return False
        setattr(self.mode, what, left - 1)
        return True


class Dialogue:
    """One connection, one recipient a message."""

    def __init__(self, server: Server, reader: StreamReader, writer: StreamWriter) -> None:
        self.server, self.reader, self.writer = server, reader, writer
        self.to = ""

    async def go(self) -> None:
        await self.say("220 faults")
        while line := (await self.reader.readline()).decode().strip():
            verb, _space, rest = line.partition(" ")
            match verb.upper():
                case "RCPT":
                    await self.rcpt(rest)
                case "DATA":
                    if not await self.data():
                        return
                case "XMODE":
                    self.server.mode = replace(self.server.mode, **json.loads(rest))
                    await self.say("250 done")
                case "QUIT":
                    await self.say("221 bye")
                    return
                case "EHLO":
                    await self.say(
                        "250-faults\r\n250 PIPELINING"
                        if self.server.mode.pipelining
                        else "250 faults"
                    )
                case "HELO" | "MAIL" | "RSET" | "NOOP":
                    await self.say("250 fine")
                case _:
                    await self.say("502 not here")

    async def say(self, reply: str) -> None:
        self.writer.write(f"{reply}\r\n".encode())
        await self.writer.drain()

    async def rcpt(self, rest: str) -> None:
        self.to = rest.partition("<")[2].partition(">")[0]
        refusal = self.server.refusal(self.to)
        if refusal == AT_RCPT:
            self.server.note("refused", self.to)
            self.to = ""
            await self.say(refusal)
        else:
            await self.say("250 fine")

    async def data(self) -> bool:
        """Take one message; False when the line is over."""
        server, to, self.to = self.server, self.to, ""
        if not to:
            await self.say("503 5.5.1 No recipient")
            return True
        await self.say("354 go ahead")
        stuffed = await self.reader.readuntil(END)
        content = stuffed[: -len(END) + 2].replace(b"\r\n..", b"\r\n.")
        if server.takes("hang", to):
            server.note("hung", to)
            await self.reader.read()
            return False
        if refusal := server.refusal(to):
            server.note("refused", to)
            await self.say(refusal)
            return True
        await asyncio.sleep(server.mode.delay / 2)
        drops = server.takes("drop", to)
        key = f"{os.getpid()}.{next(server.numbers)}"
        server.tried[to] += 1
        copy = Copy.of(content, key=key, to=to, wall=time.time(), dropped=drops)
        server.pen.accept(copy)
        if drops:
            self.writer.transport.abort()
            return False
        await asyncio.sleep(server.mode.delay / 2)
        await self.say("250 accepted")
        server.pen.write("answered", key=key)
        return True


async def main(port: int, ledger: Path, mode: Mode) -> None:
    # An answer that is late because the machine is busy would look like one that never came.
    with suppress(OSError):
        os.nice(-10)
    server = Server(ledger, mode)
    listening = await asyncio.start_server(server.serve, "127.0.0.1", port, limit=MESSAGE_MOST)
    async with listening:
        await listening.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), Path(sys.argv[2]), Mode(**json.loads(sys.argv[3]))))
