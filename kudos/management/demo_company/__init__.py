"""The demo company's content: people, and stories that they told of one another. Data alone."""

from .company import (
    COMPANY,
    DEMO_SIGN_INS,
    DEPARTMENTS,
    GROUPS,
    PASSWORD,
    REVIEWED_FIRST,
    VALUES,
)
from .people import PEOPLE
from .stories import STORIES

__all__ = [
    "COMPANY",
    "DEMO_SIGN_INS",
    "DEPARTMENTS",
    "GROUPS",
    "PASSWORD",
    "PEOPLE",
    "REVIEWED_FIRST",
    "STORIES",
    "VALUES",
]
