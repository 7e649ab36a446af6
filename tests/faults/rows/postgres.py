"""The database is stopped at once four times while copies leave, and started again."""

import time

from tests.faults.databases import migrate
from tests.faults.rows.kill import moments
from tests.faults.services import Cluster
from tests.faults.stage import Stage, port_of

STOPS = 4
AWAY_SECONDS = (0.2, 2.0)


def play(stage: Stage) -> int:
    cluster = Cluster(stage.folder, port_of("DATABASE_URL"))
    stage.cleanup.callback(cluster.stop_at_once)
    migrate({})
    stage.open()
    stage.slow_down()
    stage.staff()
    bound = 0
    for share in moments(stage, STOPS):
        stage.until_share(share)
        stage.until_none_is_resent()
        bound += len(stage.crew.senders)
        cluster.stop_at_once()
        time.sleep(stage.random.uniform(*AWAY_SECONDS))
        cluster.start()
    stage.until_settled()
    stage.settle()
    return bound
