"""What is done at the desk, as history names it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DeskVerb(models.TextChoices):
    """The verbs of history rows about editions, each with its sentence."""

    MOVE = "move story", _("Moved a story")
    ARRANGE = "arrange stories", _("Arranged the stories")
    TAKE_OUT = "take story out", _("Took a story out")
    ADD = "add story", _("Added a story")
    AFRESH = "suggest afresh", _("Asked for fresh suggestions")
    WORD = "word", _("Changed the subject or the note")
    FREEZE = "freeze", _("Fixed the stories")
    SEND_NOW = "send now", _("Sent it at once")
    PAUSE = "pause", _("Paused it")
    RESUME = "resume", _("Let it go on")
    ABORT = "abort", _("Gave it up")
    RESEND_FAILED = "resend failed", _("Sent failed copies again")
    RESEND_UNCERTAIN = "resend uncertain", _("Sent copies again of which nobody knows")
    RESEND_TO = "resend to one", _("Sent one copy again")
    TEST = "send test", _("Sent a test")
    LIFT = "lift suppression", _("Let an address get mail again")
