"""Twelve deaths while copies leave: pool children and whole worker nodes, by SIGKILL."""

from tests.faults.stage import Stage

SENDERS, NODES = 8, 4
# Shares of everybody's copies between which somebody dies.
FIRST, LAST = 0.02, 0.9


def play(stage: Stage) -> int:
    stage.open()
    stage.slow_down()
    stage.staff()
    deaths = ["sender"] * SENDERS + ["node"] * NODES
    stage.random.shuffle(deaths)
    killed = 0
    for share, victim in zip(moments(stage, len(deaths)), deaths, strict=True):
        stage.until_share(share)
        stage.until(lambda: bool(stage.crew.senders), "there is a sender to kill")
        stage.until_none_is_resent()
        kill = stage.crew.kill_sender if victim == "sender" else stage.crew.kill_node
        killed += kill(stage.random)
    stage.until_settled()
    stage.settle()
    return killed


def moments(stage: Stage, count: int) -> list[float]:
    return sorted(stage.random.uniform(FIRST, LAST) for _ in range(count))
