"""A mail server some way off: what its sink answers comes a little later.

Loopback answers in microseconds, and no company's mail server does. Run as
`python -m tests.bench.wire FROM_PORT TO_PORT SECONDS`, until it is stopped.
"""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tests.bench.sink import free_port, wait_for

CHUNK = 1 << 16


@contextmanager
def wire(to_port: int, seconds: float) -> Iterator[int]:
    """A port whose answers are those of `to_port`, so many seconds later."""
    port = free_port()
    words = [str(port), str(to_port), str(seconds)]
    running = subprocess.Popen([sys.executable, "-m", "tests.bench.wire", *words])
    try:
        wait_for(port)
        yield port
    finally:
        running.terminate()
        running.wait(10)


async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, wait: float) -> None:
    """Pass all on, each piece after `wait`, in order."""
    later = asyncio.get_running_loop().call_later
    while piece := await reader.read(CHUNK):
        later(wait, writer.write, piece)
    later(wait, writer.close)


async def serve(from_port: int, to_port: int, wait: float) -> None:
    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", to_port)
        with suppress(ConnectionError):
            await asyncio.gather(pump(reader, far_writer, 0), pump(far_reader, writer, wait))

    server = await asyncio.start_server(connected, "127.0.0.1", from_port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])))
