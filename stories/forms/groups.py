"""The customer groups of the composer, and why some of them come first."""

from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from stories.models import CustomerGroup


@dataclass(frozen=True, slots=True)
class Offer:
    """Groups in the order to show them. `why` is a sentence, or "" in the company's own order."""

    groups: list[CustomerGroup]
    why: str

    def __str__(self) -> str:
        """What a page shows of it: another text means that the page has to change."""
        return " ".join([*(str(group.pk) for group in self.groups), self.why])


def offer(nominees: list[User], chosen: CustomerGroup | None) -> Offer:
    """The groups for these nominees; one that a story already has stays, offered or not."""
    groups = CustomerGroup.objects.served_first_by(nominees)
    if chosen and chosen not in groups:
        groups.append(chosen)
    return Offer(groups, _why(nominees))


def _why(nominees: list[User]) -> str:
    departments = {person.department_id for person in nominees if person.department_id}
    served = CustomerGroup.objects.offered().filter(served_by__in=departments)
    pairs = list(served.values_list("served_by__name", "name"))
    if not pairs:
        return ""
    serving, first = (list(dict.fromkeys(names)) for names in zip(*pairs, strict=True))
    return ngettext(
        "%(departments)s looks after %(groups)s, so that comes first.",
        "%(departments)s looks after %(groups)s, so those come first.",
        len(first),
    ) % {
        "departments": get_text_list(serving, _("and")),
        "groups": get_text_list(first, _("and")),
    }
