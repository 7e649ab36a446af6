"""What a run comes to: the rows of the database against the ledger of the mail server."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from stories.digests.models import Delivery, DeliveryState, Edition, EditionState
from tests.faults.ledger import Copy

HANDED_OVER = {DeliveryState.SENT, DeliveryState.UNCERTAIN}
SHOWN = 5


@dataclass
class Account:
    """`missing` people who should have got a copy and did not, `extra` copies beyond those that
    people should have got, and whatever else must not be, as sentences."""

    missing: int = 0
    extra: int = 0
    wrongs: list[str] = field(default_factory=list)

    def add(self, sentence: str, culprits: Iterable[object]) -> None:
        """Note what must not be, unless nobody did it."""
        if found := sorted(map(str, culprits)):
            shown = ", ".join(found[:SHOWN])
            self.wrongs.append(f"{len(found)} times: {sentence}: {shown}")


def account(
    edition: Edition, copies: list[Copy], *, wanted: set[int], allowed: frozenset[int] = frozenset()
) -> Account:
    """The account of one edition, by the invariants of digest.md, "Proof".

    `wanted` are the keys of the people who should have one copy; those in `allowed` may have one.
    """
    rows = {row.message_id: row for row in edition.deliveries.all()}
    got = [copy for copy in copies if copy.message_id in rows]
    number = Counter(rows[copy.message_id].person_id for copy in got)
    found = Account(
        missing=len(wanted - number.keys()),
        extra=sum(
            count - (1 if person in wanted or person in allowed else 0)
            for person, count in number.items()
        ),
    )
    _check_states(found, edition, rows, {copy.message_id for copy in got})
    _check_copies(found, rows, got)
    return found


def _check_states(
    found: Account, edition: Edition, rows: dict[str, Delivery], accepted: set[str]
) -> None:
    """Every row is terminal, and sent is within accepted, accepted within sent and uncertain."""
    if edition.state != EditionState.SENT:
        found.wrongs.append(f"The edition of {edition} is {edition.state}.")
    unsettled = edition.deliveries.unsettled().values_list("state", flat=True)
    found.add("a row is not terminal", unsettled)
    sent = {key for key, row in rows.items() if row.state == DeliveryState.SENT}
    handed_over = {key for key, row in rows.items() if row.state in HANDED_OVER}
    found.add("sent, but never accepted", sent - accepted)
    found.add("accepted, but neither sent nor uncertain", accepted - handed_over)


def _check_copies(found: Account, rows: dict[str, Delivery], got: list[Copy]) -> None:
    """Copies go to their reader, and those of one delivery and version are the same message."""
    astray = [copy.to for copy in got if copy.to != rows[copy.message_id].address]
    found.add("a copy went to somebody else", astray)
    alike: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for copy in got:
        alike[copy.message_id, copy.version].add((copy.date, copy.hash))
    differing = [key for key, messages in alike.items() if len(messages) > 1]
    found.add("copies of one delivery and version differ", differing)


def strangers(copies: list[Copy]) -> Account:
    """Accepted messages that belong to no delivery, and people with two deliveries' worth."""
    known = set(Delivery.objects.values_list("message_id", flat=True))
    found = Account()
    astray = [copy.message_id for copy in copies if copy.message_id not in known]
    found.extra = len(astray)
    found.add("a message belongs to no delivery", astray)
    return found
