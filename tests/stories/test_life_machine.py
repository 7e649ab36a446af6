"""A story's life under any sequence of verbs, by anybody, while wishes and the policy change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from accounts.models import Company, Department, History, Publicity, ReviewPolicy, User
from stories.models import Answer, CustomerGroup, State, Story, Visibility
from stories.models.deeds import DecidedError
from stories.models.reviewing import TooLateError
from stories.models.telling import standing
from stories.reviewers import reviewers_of
from tests.factories import draft_story, telling

REFUSALS = (PermissionDenied, ValidationError, DecidedError, TooLateError)
PEOPLE = (
    "teller", "nominee", "helper", "manager", "director", "lead", "second_lead", "other_manager",
    "stranger", "leaver",
)  # fmt: skip
WHO = st.sampled_from(PEOPLE)
# Anybody, and more often than not somebody who may.
TELLER = st.one_of(st.just("teller"), WHO)
NAMED = st.one_of(st.sampled_from(["nominee", "helper"]), WHO)
REVIEWER = st.one_of(st.sampled_from(["manager", "director", "lead"]), WHO)
DECISIONS = frozenset(
    {"publish", "send back", "hide", "unhide", "feature", "unfeature", "look", "hand over"}
)
# product.md, "A story's life": what each verb may make of each state.
LETS_READ = {State.PUBLISHED, State.ASKING, State.WAITING}
ANY = set(State)
STAYS: set[tuple[State, State]] = {(state, state) for state in State}
MOVES: dict[str, set[tuple[State, State]]] = {
    "submit": {(was, now) for was in (State.DRAFT, State.RETURNED) for now in LETS_READ},
    "agree": {(State.ASKING, now) for now in LETS_READ},
    "keep private": {(State.ASKING, State.PUBLISHED), (State.PUBLISHED, State.PUBLISHED)},
    "edit": {(State.PUBLISHED, now) for now in LETS_READ} | {(State.WAITING, State.WAITING)},
    "withdraw": {(state, State.WITHDRAWN) for state in ANY - {State.WITHDRAWN}},
    "publish": {(State.WAITING, State.PUBLISHED), (State.WAITING, State.ASKING)},
    "send back": {(State.WAITING, State.RETURNED), (State.PUBLISHED, State.RETURNED)},
    "hide": {(State.PUBLISHED, State.HIDDEN)},
    "unhide": {(State.HIDDEN, State.PUBLISHED)},
    "feature": {(State.PUBLISHED, State.PUBLISHED)},
    "unfeature": STAYS,
    "look": {(State.PUBLISHED, State.PUBLISHED)},
    "hand over": STAYS,
}


def inverse(verb: str) -> set[tuple[State, State]]:
    return {(now, was) for was, now in MOVES[verb]}


class Life(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.undoing = transaction.atomic()
        self.undoing.__enter__()
        self.company = Company.objects.create(pk=1)
        self.people = cast_of_a_story()
        CustomerGroup.objects.create(name="Suppliers", hue="amber")
        self.was_private = False

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undoing.__exit__(None, None, None)

    @initialize()
    def begin(self) -> None:
        self.story = draft_story(
            self.people["teller"], self.people["nominee"], helping_hands=[self.people["helper"]]
        )

    # What the company and its people want

    @rule(policy=st.sampled_from(ReviewPolicy.values))
    def choose_policy(self, policy: str) -> None:
        Company.objects.update(review_policy=policy)

    @rule(who=st.sampled_from(["nominee", "helper", "stranger"]), wish=st.sampled_from(Publicity))
    def wish(self, who: str, wish: Publicity) -> None:
        User.objects.filter(pk=self.people[who].pk).update(publicity=wish)

    # What is done to the story

    @rule(who=TELLER, headline=st.sampled_from(["One", "Another"]), private=st.booleans())
    def write(self, who: str, headline: str, private: bool) -> None:
        """The composer's autosave: it leaves no row, and touches a draft alone."""
        before = self.now()
        visibility = Visibility.PRIVATE if private else Visibility.COMPANY
        said = self.telling(headline, visibility=visibility)
        kept = self.fresh().keep(said, by=self.people[who])
        if not kept:
            assert self.now() == before
        elif not private:
            self.was_private = False

    @rule(who=TELLER)
    def submit(self, who: str) -> None:
        self.attempt("submit", lambda story, by: story.submit(by=by), who)

    @rule(
        who=TELLER,
        headline=st.sampled_from(["One", "Another"]),
        private=st.booleans(),
        adds_stranger=st.booleans(),
    )
    def edit(self, who: str, headline: str, private: bool, adds_stranger: bool) -> None:
        said = self.telling(
            headline,
            adds_stranger=adds_stranger,
            visibility=Visibility.PRIVATE if private else Visibility.COMPANY,
        )
        self.attempt("edit", lambda story, by: story.edit(said, by=by), who)

    @rule(who=NAMED)
    def agree(self, who: str) -> None:
        self.attempt("agree", lambda story, by: story.agree(by=by), who)

    @rule(who=NAMED)
    def keep_private(self, who: str) -> None:
        self.attempt("keep private", lambda story, by: story.keep_private(by=by), who)

    @rule(who=WHO)
    def withdraw(self, who: str) -> None:
        self.attempt("withdraw", lambda story, by: story.withdraw(by=by), who)

    @rule(who=REVIEWER, verb=st.sampled_from(sorted(DECISIONS)), to=WHO)
    def decide(self, who: str, verb: str, to: str) -> None:
        notes: dict[str, dict[str, Any]] = {
            "send back": {"note": "Say what changed."},
            "hide": {"note": "It names a customer."},
            "hand over": {"to": self.people[to]},
        }
        said = notes.get(verb, {})
        method = verb.replace(" ", "_")
        self.attempt(verb, lambda story, by: getattr(story, method)(by=by, **said), who)

    @rule(who=st.one_of(st.just(""), WHO))
    def undo(self, who: str) -> None:
        """Whoever decided last, or somebody else."""
        newest = History.objects.about(self.story).select_related("actor").last()
        if newest is None or newest.actor is None:
            return
        names = {person.pk: name for name, person in self.people.items()}
        by = who or names[newest.actor.pk]
        self.attempt(f"undo {newest.verb}", lambda story, by: story.undo(newest.pk, by=by), by)

    def attempt(self, verb: str, act: Callable[[Story, User], object], who: str) -> None:
        """It happens whole, with one row that says so, or not at all."""
        before, rows, by = self.now(), self.rows(), self.people[who]
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
        assert [(row.verb, row.actor) for row in new] == [(verb, by)]
        moves = inverse(verb.removeprefix("undo ")) if verb.startswith("undo ") else MOVES[verb]
        assert (State(before["state"]), State(self.now()["state"])) in moves
        if verb.removeprefix("undo ") in DECISIONS:
            assert by not in [self.people["teller"], *self.named()]
            assert self.was_theirs_to_review(by)
        if not was_read and self.is_on_feed() and verb in {"submit", "agree", "publish", "edit"}:
            self.check_wishes()
            self.check_policy(verb)

    # What always holds

    def check_wishes(self) -> None:
        """Nobody's wish was passed over when the story came to be read."""
        for row in self.story.named.select_related("person"):
            assert row.person.publicity != Publicity.PRIVATE_ONLY
            if row.person.publicity == Publicity.ASK_FIRST:
                assert row.answer == Answer.AGREED

    def check_policy(self, verb: str) -> None:
        careful = Company.objects.get().review_policy == ReviewPolicy.REVIEW_FIRST
        if careful and verb != "publish" and reviewers_of(self.story).exists():
            assert self.fresh().looked_at is not None

    @invariant()
    def it_is_where_its_rows_say(self) -> None:
        """History replays to the present state: undone row by row, it ends at the draft."""
        now = {name: said for name, said in standing(self.fresh()).items() if name in REPLAYED}
        for row in reversed(self.rows()):
            after = {name: said for name, said in row.after.items() if name in REPLAYED}
            assert after.items() <= now.items()
            now |= {name: said for name, said in row.before.items() if name in REPLAYED}
        assert now["state"] == State.DRAFT

    @invariant()
    def visibility_only_narrows(self) -> None:
        story = self.fresh()
        is_draft = story.state in {State.DRAFT, State.RETURNED}
        assert is_draft or not self.was_private or story.is_private
        self.was_private = story.is_private

    @invariant()
    def nobody_waits_for_what_nobody_may_do(self) -> None:
        story = self.fresh()
        if story.state == State.WAITING:
            assert not story.is_private
            assert reviewers_of(story).exists()
        if story.state == State.ASKING:
            assert story.named.filter(answer=Answer.ASKED).exists()

    # Reading

    def fresh(self) -> Story:
        return Story.objects.get(pk=self.story.pk)

    def now(self) -> dict[str, Any]:
        return standing(self.fresh())

    def rows(self) -> list[History]:
        return list(History.objects.about(self.story).select_related("actor"))

    def named(self) -> list[User]:
        return [row.person for row in self.story.named.select_related("person")]

    def is_on_feed(self) -> bool:
        return Story.objects.on_feed().filter(pk=self.story.pk).exists()

    def was_theirs_to_review(self, by: User) -> bool:
        return reviewers_of(self.fresh()).filter(pk=by.pk).exists()

    def telling(self, headline: str, *, adds_stranger: bool = False, **said: Any) -> Any:
        nominees = [self.people["nominee"]] + [self.people["stranger"]] * adds_stranger
        helpers = [self.people["helper"]]
        return telling(headline=headline, nominees=nominees, helping_hands=helpers, **said)


REPLAYED = ("state", "visibility", "featured", "looked_at", "handed_to")


def cast_of_a_story() -> dict[str, User]:
    department = Department.objects.create(name="Product")
    people = {
        name: User.objects.create(
            name=name.title(),
            email=f"{name}@life.example",
            department=department,
            is_culture_lead=name in {"lead", "second_lead"},
            is_active=name != "leaver",
        )
        for name in PEOPLE
    }
    for person, manager in {"nominee": "manager", "manager": "director"}.items():
        people[person].manager = people[manager]
        people[person].save()
    people["leaver"].manager = people["other_manager"]
    people["leaver"].save()
    return people


@pytest.mark.django_db
def test_no_sequence_of_verbs_reaches_a_forbidden_state() -> None:
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=60,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
