"""News of a story, sent inside the transaction that makes it true.

Receivers only write rows (a notice to send, a version to bump); a receiver that raises undoes
the change. Every signal comes with `story` and `by`, the person who acted.
"""

from django.dispatch import Signal

story_asked = Signal()
"""The story waits for the people in `people`, who want to be asked first, since `at`."""

story_published = Signal()
"""The story has just become readable, to the company or (visibility "private") to its few.

`reviewed` tells whether a reviewer's decision did it."""

story_unreviewed = Signal()
"""The story, or a change of it, was published although reviewers were to see it first: nobody may
review it."""

story_decided = Signal()
"""A reviewer has decided about the story: `deed` is the row of history that says how. `by` is None
where a rule did, because nobody may review it."""

story_changed = Signal()
"""What readers may see of a story has changed: it was hidden, unhidden, withdrawn, kept private,
taken back to be rewritten, or edited, perhaps with somebody named anew. `reviewed` tells whether a
reviewer lets it be read, which they may take back."""

story_reported = Signal()
"""A reader has reported the story: `report`. It may have hidden it, by the company's rule."""

reports_closed = Signal()
"""These `reports` of the story have an outcome now; `by` is None where a rule closed them."""

reports_reopened = Signal()
"""What gave these `reports` their outcome was undone."""

voice_added = Signal()
"""Somebody has added their own words to the story: `voice`."""
