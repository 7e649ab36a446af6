"""Every interval of the digest, in one value."""

from dataclasses import dataclass
from datetime import timedelta

from stories.reach import DIGEST_REACHES_BACK


@dataclass(frozen=True, slots=True)
class Timing:
    """How long things take and wait (digest.md, "Flow" and "When sending fails").

    `lease` must outlast what one message waits for: half a `reply` to hear that a used line is
    over, one for a new line to open, three for the envelope and one for the body.
    """

    tick: timedelta = timedelta(minutes=1)
    lease: timedelta = timedelta(minutes=2)
    reply: timedelta = timedelta(seconds=20)
    # How long one task keeps claiming: a little less than a tick, so that the next one finds the
    # worker free, as do notices, and sees how many are still at work.
    shift: timedelta = timedelta(seconds=50)
    retries: tuple[timedelta, ...] = (
        timedelta(minutes=1),
        timedelta(minutes=5),
        timedelta(minutes=15),
        timedelta(hours=1),
        timedelta(hours=4),
    )
    # A wait is stretched or shortened by up to this share, so that retries do not march in step.
    jitter: float = 0.2
    # Before a copy of unknown fate goes again.
    pause: timedelta = timedelta(minutes=1)
    # How long an open breaker waits before its next probe.
    breaker: timedelta = timedelta(minutes=1)
    # How long before its commit a story may have got its date.
    commit: timedelta = timedelta(minutes=5)
    late: timedelta = timedelta(hours=48)
    reach_back: timedelta = DIGEST_REACHES_BACK


TIMING = Timing()
