"""The shapes of the demo company's content: plain values that know nothing of the database."""

from dataclasses import dataclass
from typing import Literal

Hue = Literal["coral", "amber", "green", "cyan", "violet", "blue", "lime", "rose"]
Publicity = Literal["fine", "ask_first", "private_only"]
Moment = Literal["customer_love", "wow"]
Source = Literal["", "email", "call", "review", "visit", "survey", "social"]
Reaction = Literal["love", "applause", "wow"]
State = Literal["published", "draft", "waiting", "hidden", "withdrawn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """The company itself; `time_zone` is an IANA name."""

    name: str
    vision: str
    time_zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A customer group; `served_by` names departments, `hint` says in a few words who they are."""

    name: str
    hint: str
    hue: Hue
    served_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One of the company's service values, and what it asks of people."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A colleague. An empty `time_zone` means the company's; `manager` is another person's key."""

    name: str
    department: str
    manager: str | None
    email: str = ""
    employee_id: str = ""
    time_zone: str = ""
    publicity: Publicity = "fine"
    culture_lead: bool = False
    active: bool = True

    @property
    def key(self) -> str:
        """What others refer to this person by: the address, or the employee id without one."""
        return self.email or self.employee_id


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """One of the people whom a visitor may sign in as, and what that shows them."""

    key: str
    shows: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A colleague's own words under a story, `hours_later` than it; `teller` is a person's key."""

    teller: str
    text: str
    hours_later: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a reader, by key, says is wrong with a story, `hours_ago` from now."""

    reporter: str
    reason: str
    hours_ago: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One story. People are keys; `group` and `values` are names; paragraphs are parted by a blank
    line. It was told `days_ago` whole days before today, at `hour`:`minute` in the company's zone.
    `at_first` holds the texts that its teller changed an hour later, by field, as they were then;
    `proposed` those that its teller wants to change now, which waits for a reviewer.
    """

    teller: str
    nominees: tuple[str, ...]
    group: str
    moment: Moment
    headline: str
    what_they_did: str
    difference: str
    days_ago: int
    hour: int
    minute: int
    helping_hands: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    customer_words: str = ""
    words_source: Source = ""
    customer_role: str = ""
    customer_name: str = ""
    customer_agreed: bool = False
    private: bool = False
    cheers: tuple[tuple[str, Reaction], ...] = ()
    voices: tuple[Voice, ...] = ()
    state: State = "published"
    at_first: tuple[tuple[str, str], ...] = ()
    proposed: tuple[tuple[str, str], ...] = ()
    reports: tuple[Report, ...] = ()
