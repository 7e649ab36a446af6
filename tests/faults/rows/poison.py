"""One person's copy cannot be made. Everybody else's is sent, and theirs has failed."""

from accounts.models import User
from stories.digests.models import Delivery, DeliveryState
from tests.faults.processes import BrokenError
from tests.faults.stage import Stage

# No mail server takes such a mailbox without an extension that few have.
ADDRESS = "zoë@faults.example"


def play(stage: Stage) -> int:
    stage.open()
    poisoned = stage.random.choice(sorted(stage.everybody))
    User.objects.filter(pk=poisoned).update(email=ADDRESS)
    stage.staff()
    stage.until_settled()
    stage.settle(wanted=stage.everybody - {poisoned})
    failed = Delivery.objects.filter(state=DeliveryState.FAILED)
    if list(failed.values_list("person", flat=True)) != [poisoned]:
        raise BrokenError(f"{failed.count()} copies failed, which should be the poisoned one.")
    return 0
