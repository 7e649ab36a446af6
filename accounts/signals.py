"""News of people, sent inside the transaction that makes it true."""

from django.dispatch import Signal

people_renamed = Signal()
"""The names of `people` were changed in bulk, where no save tells of it."""

delegation_changed = Signal()
"""On which days `delegate` reviews in `reviewer`'s place was said, or taken back."""
