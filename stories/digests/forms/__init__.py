"""What culture leads write at the desk."""

from stories.digests.forms.schedule import ScheduleForm
from stories.digests.forms.words import AbortForm, WordsForm

__all__ = ["AbortForm", "ScheduleForm", "WordsForm"]
