"""What `make bench` runs. Each line is `name: figure unit`; ratios are of one run on one machine.

All loops send over loopback to the same sink, with the same bytes a message where that is what
they compare. PostgreSQL commits as a company's does: nothing is sent before it is on the disk.
"""

import os
import signal
import sys
from contextlib import ExitStack
from types import FrameType
from urllib.parse import urlsplit

from tests.bench.sink import MissingError, sink
from tests.bench.wire import wire
from tests.faults.databases import database, migrate

RECIPIENTS = int(os.environ.get("RECIPIENTS", "100000"))


def main() -> int:
    with ExitStack() as cleanup:
        try:
            port = cleanup.enter_context(sink())
        except MissingError as error:
            sys.stderr.write(f"{error}\n")
            return 1
        hasty = cleanup.enter_context(database(f"kudos_bench_{os.getpid()}"))
        os.environ["DATABASE_URL"] = urlsplit(hasty)._replace(query="").geturl()
        os.environ["DIGEST_EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
        os.environ["DJANGO_SETTINGS_MODULE"] = "kudos.settings"
        migrate({})

        measure(port, cleanup)
    return 0


def measure(port: int, cleanup: ExitStack) -> None:
    """All figures. Nothing of Django can be imported before the environment says where things
    are."""
    import django

    django.setup()
    from tests.bench.company import close, prepare
    from tests.bench.comparing import AWAY_SECONDS, FAR, NEAR, compare, memory
    from tests.bench.figures import copy_cost, fan_outs

    cleanup.callback(close)
    prepare(RECIPIENTS)
    fan_outs(RECIPIENTS)
    copy_cost()
    compare(NEAR)
    with wire(port, AWAY_SECONDS) as far_port:
        os.environ["DIGEST_EMAIL_URL"] = f"smtp://127.0.0.1:{far_port}"
        compare(FAR)
    os.environ["DIGEST_EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
    memory(RECIPIENTS)


def stop(number: int, frame: FrameType | None) -> None:
    """Ends as Ctrl-C does: what was started and made is taken away."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, stop)
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
