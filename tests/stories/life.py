"""What the machine of test_life_machine.py knows of a story's life: its people, and what each verb
may make of each state (product.md, "A story's life")."""

from __future__ import annotations

from accounts.models import Department, User
from stories.models import State

PEOPLE = (
    "teller", "nominee", "helper", "manager", "director", "lead", "second_lead", "other_manager",
    "stranger", "leaver",
)  # fmt: skip
DECISIONS = {
    "publish": "publish",
    "send back": "send_back",
    "hide": "hide",
    "unhide": "unhide",
    "keep": "keep_as_it_is",
    "feature": "feature",
    "unfeature": "unfeature",
    "look": "look",
    "hand over": "hand_over",
    "publish edit": "publish_edit",
    "send edit back": "send_edit_back",
}
LETS_READ = {State.PUBLISHED, State.ASKING, State.WAITING}
ON_THE_FEED = {(State.PUBLISHED, State.PUBLISHED)}
STAYS: set[tuple[State, State]] = {(state, state) for state in State}
MOVES: dict[str, set[tuple[State, State]]] = {
    "submit": {(was, now) for was in (State.DRAFT, State.RETURNED) for now in LETS_READ},
    "agree": {(State.ASKING, now) for now in LETS_READ},
    "agree without photo": {(State.ASKING, now) for now in LETS_READ},
    "keep private": {(State.ASKING, State.PUBLISHED), *ON_THE_FEED},
    "rewrite": {(State.ASKING, State.DRAFT)},
    "edit": {(was, now) for was in (State.PUBLISHED, State.WAITING) for now in LETS_READ}
    - {(State.PUBLISHED, State.WAITING)},
    "propose edit": ON_THE_FEED,
    "take edit back": STAYS,
    "withdraw": {(state, State.WITHDRAWN) for state in set(State) - {State.WITHDRAWN}},
    "publish": {(State.WAITING, State.PUBLISHED), (State.WAITING, State.ASKING)},
    "send back": {(was, State.RETURNED) for was in (State.WAITING, State.PUBLISHED, State.HIDDEN)},
    "hide": {(State.PUBLISHED, State.HIDDEN), (State.HIDDEN, State.HIDDEN)},
    "unhide": {(State.HIDDEN, State.PUBLISHED)},
    "report": {(State.PUBLISHED, State.HIDDEN), *ON_THE_FEED},
    "keep": ON_THE_FEED,
    "feature": ON_THE_FEED,
    "unfeature": ON_THE_FEED,
    "look": ON_THE_FEED,
    "hand over": STAYS,
    "publish edit": {(State.PUBLISHED, State.PUBLISHED), (State.PUBLISHED, State.ASKING)},
    "send edit back": ON_THE_FEED,
}
# Then somebody beside its teller and those asked reads it.
READ_IN = {State.WAITING, State.PUBLISHED, State.HIDDEN}
# Who most likely may, so that most steps come to something.
REVIEWERS = ["manager", "director", "lead"]
ASKED = ["nominee", "helper", "stranger"]
LIKELY = {
    "submit": ["teller"],
    "agree": ASKED,
    "agree without photo": ASKED,
    "keep private": ["teller", *ASKED],
    "rewrite": ["teller"],
    "edit": ["teller", "teller", "manager"],
    "take edit back": ["teller"],
    "withdraw": ["teller"],
    "report": ["nominee", "stranger", "other_manager", "second_lead"],
    **dict.fromkeys(DECISIONS, REVIEWERS),
}
OF_READ = ["edit", "edit", "report", "report", "publish edit", "send edit back", "take edit back"]
FITTING = {
    State.DRAFT: ["submit"],
    State.RETURNED: ["submit"],
    State.ASKING: ["agree", "agree without photo", "keep private", "rewrite", "rewrite"],
    State.WAITING: ["publish", "publish", "publish", "send back", "hand over", "edit"],
    State.PUBLISHED: [
        *OF_READ, "keep", "hide", "send back", "look", "hand over", "feature", "unfeature",
        "keep private",
    ],
    State.HIDDEN: ["unhide", "unhide", "hide", "send back", "hand over", "take edit back"],
    State.WITHDRAWN: sorted(LIKELY),
}  # fmt: skip
# Rows that a verb may write in the place of its own, or besides: a photo that is taken away goes
# at once, whatever else is proposed.
ROWS = {
    "edit": [
        ["edit"],
        ["propose edit"],
        ["take edit back"],
        ["edit", "propose edit"],
        ["edit", "take edit back"],
    ],
    "report": [["report"], ["report", "hide"]],
}


def inverse(verb: str) -> set[tuple[State, State]]:
    return {(now, was) for was, now in MOVES[verb]}


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
