"""A story's life under any sequence of verbs, by anybody, while wishes and the policy change."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F
from hypothesis import HealthCheck, settings
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from accounts.models import Company, History, Publicity, ReviewPolicy, User
from stories import decisions
from stories.access import BEFORE_SUBMITTING, is_on_feed
from stories.models import Answer, Report, Role, State, Story, Visibility
from stories.models.deeds import BESIDE
from stories.models.telling import STANDING, Telling, standing
from stories.replay import as_read, versions
from stories.review.queue import last_rows
from stories.review.sent_back import as_sent_back
from stories.reviewers import reviewers_of
from tests.stories.life import ASKED, DECISIONS, FITTING, LIKELY, PEOPLE, READ_IN
from tests.stories.living import Living

WISHES = [Publicity.FINE, Publicity.FINE, Publicity.ASK_FIRST, Publicity.PRIVATE_ONLY]
# There reviewers see an open report, or will once those asked have answered.
REPORTED_IN = {State.PUBLISHED, State.HIDDEN, State.ASKING, State.WAITING}


class Life(Living):
    def __init__(self) -> None:
        super().__init__()
        self.was_private = False

    @rule()
    def step(self) -> None:
        kinds = [self.go_on] * 12 + [self.go_astray] * 2 + [self.undo] * 2 + [self.write] * 2
        self.random.choice([*kinds, self.meanwhile, self.meanwhile, self.a_day_passes])()

    # What its teller and its people want, and the company

    def meanwhile(self) -> None:
        """Nothing is done to the story itself."""
        wishing = User.objects.filter(pk=self.people[self.random.choice(ASKED)].pk)
        wishing.update(publicity=self.random.choice(WISHES))
        policy, most = self.random.choice(ReviewPolicy.values), self.random.choice([0, 2, 3])
        Company.objects.update(review_policy=policy, reports_to_hide=most)

    def a_day_passes(self) -> None:
        day = timedelta(hours=25)
        Story.objects.filter(pk=self.story.pk).update(published_at=F("published_at") - day)

    def write(self) -> None:
        """The composer's autosave: it leaves no row, and touches a draft alone."""
        before, said = self.now(), self.draw()
        kept = self.fresh().keep(said, by=self.people[self.who("submit")])
        self.changed |= kept
        if not kept:
            assert self.now() == before
        elif said.visibility == Visibility.COMPANY:
            self.was_private = False

    # What is done to the story

    def go_on(self) -> None:
        """What its state seems to allow; a draft is written on first."""
        state = State(self.fresh().state)
        if state in BEFORE_SUBMITTING:
            self.write()
        self.do(self.random.choice(FITTING[state]))

    def go_astray(self) -> None:
        """Anything else; its end is one of these."""
        self.do(self.random.choice(sorted(LIKELY)))

    def undo(self) -> None:
        """Whoever decided last, or somebody else."""
        rows = History.objects.about(self.story).exclude(verb__in=BESIDE)
        newest = rows.select_related("actor").last()
        if newest is None or newest.actor is None:
            return
        names = {person.pk: name for name, person in self.people.items()}
        by = self.random.choice([names[newest.actor.pk]] * 3 + ["lead"])
        self.attempt(f"undo {newest.verb}", lambda story, by: story.undo(newest.pk, by=by), by)

    def do(self, verb: str) -> None:
        said: dict[str, Any] = {}
        if verb in {"send back", "send edit back", "hide"}:
            said["note"] = "Say what changed."
        if verb == "hand over":
            said["to"] = self.people[self.random.choice(PEOPLE)]
        args: list[Any] = [self.draw()] if verb == "edit" else []
        if verb == "report":
            args = ["It names a customer."]
        method = DECISIONS.get(verb, verb.replace(" ", "_"))
        self.attempt(
            verb, lambda story, by: getattr(story, method)(*args, by=by, **said), self.who(verb)
        )

    def who(self, verb: str) -> str:
        """Anybody, and more often than not somebody who may."""
        return self.random.choice([*LIKELY[verb] * 6, *PEOPLE])

    def draw(self) -> Telling:
        """Of a text that is tried again, or of one that was nowhere yet."""
        return self.telling(
            self.random.choice(["One", "Another", "", "", ""]),
            adds_stranger=self.random.choice([True, False]),
            visibility=self.random.choice(["company"] * 5 + ["private"]),
            photo=self.random.choice([None, None, "a", "b", False]),
        )

    # What always holds

    @invariant()
    def nothing_is_wrong(self) -> None:
        """Asked once a change: most steps are refused and change nothing."""
        if not self.changed:
            return
        self.it_is_where_its_rows_say()
        self.visibility_only_narrows()
        self.nobody_waits_for_what_nobody_may_do()
        self.reports_are_open_where_reviewers_see_them()
        self.no_proposal_outlives_what_it_would_change()
        self.nobody_opens_what_they_may_not()
        self.no_reviewer_reads_what_was_read_by_none_but_those_asked()
        self.changed = False

    def it_is_where_its_rows_say(self) -> None:
        """History replays to the present: undone row by row, it ends at the draft. What a draft
        says leaves no row, until it goes back to its teller: that row keeps all of it."""
        now = standing(self.fresh())
        for row in reversed(self.rows()):
            is_draft = now["state"] in BEFORE_SUBMITTING
            told = {name for name in row.after if name in STANDING or not is_draft}
            assert {name: row.after[name] for name in told}.items() <= _only(now, told).items()
            now |= row.before
        assert now["state"] == State.DRAFT

    def visibility_only_narrows(self) -> None:
        story = self.fresh()
        is_draft = story.state in BEFORE_SUBMITTING
        assert is_draft or not self.was_private or story.is_private
        self.was_private = story.is_private

    def nobody_waits_for_what_nobody_may_do(self) -> None:
        story = self.fresh()
        if story.state == State.WAITING:
            assert not story.is_private
            assert reviewers_of(story).exists()
        if story.state == State.ASKING:
            assert story.named.filter(answer=Answer.ASKED).exists()

    def reports_are_open_where_reviewers_see_them(self) -> None:
        story = self.fresh()
        reports = Report.objects.open().filter(story=story)
        if not reports.exists():
            return
        assert story.state in REPORTED_IN
        if story.is_private:
            assert not reports.filter(opens=False).exists()
        if story.state in {State.PUBLISHED, State.HIDDEN}:
            for reviewer in reviewers_of(story):
                assert Story.objects.reviewable_by(reviewer).reported().contains(story)
                assert Story.objects.visible_to(reviewer).contains(story)

    def no_proposal_outlives_what_it_would_change(self) -> None:
        story = self.fresh()
        if story.proposed is None:
            return
        rows = [row.verb for row in self.rows()]
        assert story.state != State.WITHDRAWN
        assert "submit" not in rows[rows.index("propose edit") :] or (
            rows[::-1].index("propose edit") < rows[::-1].index("submit")
        )
        for person in self.people.values():
            if decisions.may_decide_edit(person, story):
                assert is_on_feed(story)
                assert not story.proposed.is_returned
                assert person not in [story.teller, *story.proposed.people.all(), *self.named()]

    def nobody_opens_what_they_may_not(self) -> None:
        story = self.fresh()
        opened = story.reports.filter(opens=True).exists()
        theirs = {self.people["teller"]}
        reviewing = {*reviewers_of(story)} if opened or not story.is_private else set()
        celebrated = {row.person for row in story.named.filter(role=Role.NOMINEE)}
        if story.state == State.PUBLISHED and not story.is_private:
            theirs = {*self.people.values()}
        elif story.state == State.PUBLISHED:
            managers = {person.manager for person in celebrated if person.manager}
            theirs |= celebrated | managers | reviewing
        elif story.state == State.ASKING:
            asked = story.named.exclude(answer__in=[Answer.NOT_ASKED, Answer.KEPT_PRIVATE])
            theirs |= {row.person for row in asked}
        elif story.state in {State.WAITING, State.HIDDEN}:
            theirs |= reviewing
        for name in PEOPLE:
            person = self.people[name]
            seen = Story.objects.visible_to(person).contains(story)
            assert seen == (person in theirs), (name, story.state)

    def no_reviewer_reads_what_was_read_by_none_but_those_asked(self) -> None:
        story = self.fresh()
        if story.state == State.RETURNED:
            copies = as_sent_back([story], last_rows([story], "send back"), self.people["lead"])
            assert {copy.headline for copy in copies} <= self.read
        if story.state in READ_IN:
            assert {version.told["headline"] for version in versions(story)} <= self.read
            sides = [(row, side) for row in self.rows() for side in (row.before, row.after)]
            shown = {as_read(row, side).get("headline") for row, side in sides} - {None}
            assert shown <= self.read


def _only(told: dict[str, Any], names: set[str]) -> dict[str, Any]:
    return {name: told[name] for name in names}


@pytest.mark.django_db
def test_no_sequence_of_verbs_reaches_a_forbidden_state() -> None:
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=25,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
