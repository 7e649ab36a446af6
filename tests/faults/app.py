"""The Celery application as the fault tests run it: the product's own, with shorter intervals.

`TIMING` is replaced before anything else imports it, so the product needs no option for it.
"""

from stories.digests import timing
from tests.faults.timing import scaled

timing.TIMING = scaled(timing.TIMING)

from kudos.celery import app  # noqa: E402

__all__ = ["app"]
