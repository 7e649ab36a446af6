"""The queue is lost four times: Redis is killed, stays away a while, and comes back empty."""

import time

from tests.faults.rows.kill import moments
from tests.faults.stage import Stage

STOPS = 4
AWAY_SECONDS = (0.5, 3.0)


def play(stage: Stage) -> int:
    stage.open()
    stage.slow_down()
    stage.staff()
    for share in moments(stage, STOPS):
        stage.until_share(share)
        stage.redis.kill()
        time.sleep(stage.random.uniform(*AWAY_SECONDS))
        stage.redis.start()
    stage.until_settled()
    stage.settle()
    return 0
