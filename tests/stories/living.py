"""One story and its people, for the machine of test_life_machine.py: a step of its life, and how to
read where it stands."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize

from accounts.models import Company, History, Publicity, ReviewPolicy, User
from stories.models import Answer, CustomerGroup, State, Story
from stories.models.deeds import DecidedError
from stories.models.named import AGREEMENTS
from stories.models.reviewing import TooLateError
from stories.models.telling import Telling, standing
from stories.reviewers import reviewers_of
from tests.factories import draft_story, telling
from tests.stories.life import ASKED, DECISIONS, MOVES, READ_IN, ROWS, cast_of_a_story, inverse

REFUSALS = (PermissionDenied, ValidationError, DecidedError, TooLateError)


class Living(RuleBasedStateMachine):
    """One story and its people. `changed` says whether anything is to be looked at again; `read`
    are the headlines that somebody beside its teller and those asked could read."""

    def __init__(self) -> None:
        super().__init__()
        self.undoing = transaction.atomic()
        self.undoing.__enter__()
        self.company = Company.objects.create(pk=1)
        self.people = cast_of_a_story()
        self.changed, self.written, self.read = True, 0, set[str]()
        CustomerGroup.objects.create(name="Suppliers", hue="amber")

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undoing.__exit__(None, None, None)

    @initialize(seed=st.integers(min_value=0, max_value=2**64))
    def begin(self, seed: int) -> None:
        # What hypothesis draws step by step keeps to a few refusals. It still finds the least
        # steps that go wrong.
        self.random = Random(seed)
        policy = self.random.choice(ReviewPolicy.values)
        Company.objects.update(review_policy=policy)
        for name in ASKED:
            wish = self.random.choice([Publicity.FINE, Publicity.ASK_FIRST])
            User.objects.filter(pk=self.people[name].pk).update(publicity=wish)
        self.story = draft_story(
            self.people["teller"], self.people["nominee"], helping_hands=[self.people["helper"]]
        )

    def attempt(self, verb: str, act: Callable[[Story, User], object], who: str) -> None:
        """It happens whole, with the rows that say so, or not at all."""
        before, rows, by = self.now(), self.rows(), self.people[who]
        note(f"{verb} by {who}, {before['state']}")
        was_read = self.is_on_feed()
        try:
            with transaction.atomic():
                act(self.fresh(), by)
        except REFUSALS:
            assert self.now() == before
            assert self.rows() == rows
            return
        new = self.rows()[len(rows) :]
        if not new:  # an edit that says what the story says already
            assert self.now() == before
            return
        self.changed = True
        assert [row.verb for row in new] in ROWS.get(verb, [[verb]])
        # What reports hide, nobody hides.
        by_rule = verb == "report" and len(new) > 1
        assert [row.actor for row in new] == ([by, None] if by_rule else [by for _row in new])
        verb = new[0].verb
        undone = verb.removeprefix("undo ")
        moves = MOVES[verb] if verb == undone else inverse(undone)
        assert (State(before["state"]), State(self.now()["state"])) in moves
        if undone in DECISIONS:
            assert by not in [self.people["teller"], *self.named()]
            assert reviewers_of(self.fresh()).contains(by)
        if self.fresh().state in READ_IN:
            self.read.add(self.fresh().headline)
        if not was_read and self.is_on_feed() and not verb.startswith(("undo", "unhide")):
            self.check_wishes()
            self.check_policy(verb)

    def check_wishes(self) -> None:
        """Nobody's wish was passed over when the story came to be read."""
        agreed = [Answer.AGREED] if self.fresh().photo else AGREEMENTS
        for row in self.story.named.select_related("person"):
            assert row.person.publicity != Publicity.PRIVATE_ONLY
            if row.person.publicity == Publicity.ASK_FIRST:
                assert row.answer in agreed

    def check_policy(self, verb: str) -> None:
        careful = Company.objects.get().review_policy == ReviewPolicy.REVIEW_FIRST
        if careful and verb != "publish" and reviewers_of(self.story).exists():
            assert self.fresh().looked_at is not None

    # Reading

    def fresh(self) -> Story:
        return Story.objects.get(pk=self.story.pk)

    def now(self) -> dict[str, Any]:
        story = self.fresh()
        proposal = story.proposed
        return standing(story) | {
            "proposal": proposal and (proposal.says, proposal.photo.name, proposal.returned_at),
            "reports": list(story.reports.order_by("pk").values_list("outcome", "opens")),
        }

    def rows(self) -> list[History]:
        return list(History.objects.about(self.story).select_related("actor"))

    def named(self) -> list[User]:
        return [row.person for row in self.story.named.select_related("person")]

    def is_on_feed(self) -> bool:
        return Story.objects.on_feed().filter(pk=self.story.pk).exists()

    def telling(self, headline: str, *, adds_stranger: bool = False, **said: Any) -> Telling:
        """Of no headline, one that was nowhere yet."""
        self.written += 1
        nominees = [self.people["nominee"]] + [self.people["stranger"]] * adds_stranger
        return telling(
            headline=headline or f"Text {self.written}",
            nominees=nominees,
            helping_hands=[self.people["helper"]],
            **said,
        )
