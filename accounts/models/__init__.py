"""Who people are, and the company that they make."""

from accounts.models.company import Company, ReviewPolicy
from accounts.models.delegation import Delegation
from accounts.models.department import Department
from accounts.models.history import History
from accounts.models.preferences import DigestChoice, Publicity, Theme
from accounts.models.user import User

__all__ = [
    "Company",
    "Delegation",
    "Department",
    "DigestChoice",
    "History",
    "Publicity",
    "ReviewPolicy",
    "Theme",
    "User",
]
