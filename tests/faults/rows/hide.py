"""A picked story is hidden and another edited while copies leave: the old text is in no message
that is fenced after."""

from datetime import datetime

from accounts.models import User
from stories.digests.models import Delivery
from stories.models import CustomerGroup, Story
from stories.models.telling import Telling
from tests.faults.processes import BrokenError
from tests.faults.rows.leave import database_time
from tests.faults.stage import Stage

HIDE_AT, EDIT_AT = 0.25, 0.6


def play(stage: Stage) -> int:
    stage.open()
    stage.slow_down()
    hidden, edited = stage.random.sample(stage.stories, 2)
    stage.staff()
    stage.until_share(HIDE_AT)
    hidden.hide(by=User.objects.get(is_culture_lead=True), note="Names a customer.")
    hidden_at = database_time()
    stage.until_share(EDIT_AT)
    new = change(edited)
    edited_at = database_time()
    stage.until_settled()
    found = stage.settle()
    for story, at in ((hidden, hidden_at), (edited, edited_at)):
        found.add("an old text in a copy fenced after", carriers(stage, word_of(story), at))
    if not carriers(stage, new, edited_at):
        raise BrokenError("No copy has the new text, so that this run shows nothing.")
    return 0


def change(story: Story) -> str:
    """Let its teller give the story another headline; returns the word that it is known by."""
    old = word_of(story)
    said = Telling(
        headline=story.headline.replace(old, f"{old}new"),
        what_they_did=story.what_they_did,
        difference=story.difference,
        customer_group=CustomerGroup.objects.get(),
        nominees=story.nominees,
    )
    # What a copy is known by stays the old word: this object is not the changed one.
    Story.objects.get(pk=story.pk).edit(said, by=story.teller)
    return f"{old}new"


def word_of(story: Story) -> str:
    return story.headline.split()[0]


def carriers(stage: Stage, word: str, at: datetime) -> list[str]:
    """Who got a message with this word that was fenced after `at`."""
    rows = Delivery.objects.filter(started_at__gt=at).values_list("message_id", flat=True)
    after = set(rows)
    return [
        copy.to
        for copy in stage.mail.ledger.copies
        if word in copy.marks and copy.message_id in after
    ]
