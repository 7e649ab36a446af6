"""What people celebrate."""

from stories.models.cheer import Cheer, CheerKind
from stories.models.choices import Moment, Role, State, Visibility, WordsSource
from stories.models.customer_group import CustomerGroup
from stories.models.named import Answer, Named
from stories.models.proposal import Proposal
from stories.models.report import Outcome, Report
from stories.models.search_entry import SearchEntry
from stories.models.story import Story
from stories.models.value import Value
from stories.models.voice import Voice

__all__ = [
    "Answer",
    "Cheer",
    "CheerKind",
    "CustomerGroup",
    "Moment",
    "Named",
    "Outcome",
    "Proposal",
    "Report",
    "Role",
    "SearchEntry",
    "State",
    "Story",
    "Value",
    "Visibility",
    "Voice",
    "WordsSource",
]
