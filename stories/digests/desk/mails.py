"""Asking for a test copy."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import History, User
from kudos.lib.wake import wake_on_commit
from stories.digests.desk.errors import DeskError
from stories.digests.desk.lineup import is_quiet
from stories.digests.desk.verbs import DeskVerb
from stories.digests.models import DeskMail, DeskMailKind, Edition
from stories.digests.tasks import send_desk_mails


@transaction.atomic
def send_test(edition: Edition, *, by: User) -> DeskMail:
    """Owe `by` their own copy of the edition as it would leave now, its subject marked as a test.
    The row says what became of it: `state`, and in `error` what the mail server said.
    Raises DeskError for people without an address, and where nothing would leave."""
    if not by.email:
        raise DeskError(_("You have no email address in Kudos that a test could go to."))
    if is_quiet(edition):
        raise DeskError(_("There is no story: nothing would leave, and so no test does."))
    mail = DeskMail.objects.create(kind=DeskMailKind.TEST, edition=edition, person=by)
    History.objects.record(DeskVerb.TEST, edition, actor=by)
    wake_on_commit(send_desk_mails)
    return mail
