"""The finished copies of a batch: shared parts by language, and the next copy made ahead."""

from collections.abc import Collection
from contextlib import suppress

from accounts.models import Company
from accounts.models.company import QuietWeek
from stories.digests.addressees import reader_of, ways_out
from stories.digests.message import Shared
from stories.digests.models import Delivery, Edition
from stories.digests.reasons import NOTHING_LEFT
from stories.digests.rendering import UnrenderableError, rendering_for


class Copies:
    """`shared` are the shared parts by language; they outlast the batch, and may be of a version
    that is over: the fence tells."""

    def __init__(
        self,
        edition: Edition,
        deliveries: Collection[Delivery],
        shared: dict[str, Shared],
        company: Company,
    ) -> None:
        self.edition, self.shared, self.company = edition, shared, company
        self._ways_out = ways_out(delivery.person for delivery in deliveries)
        self._ahead: tuple[Delivery, Shared, bytes] | None = None

    def known(self, delivery: Delivery) -> Shared | None:
        """The shared parts in the reader's language, if this worker has needed them before."""
        return self.shared.get(delivery.person.reads(self.company))

    def render(self, delivery: Delivery) -> Shared:
        """Find them in the database, or make them. Raises UnrenderableError."""
        language = delivery.person.reads(self.company)
        rendering = rendering_for(self.edition, language)
        if self.company.quiet_week == QuietWeek.SKIP and not rendering.facts["stories"]:
            raise UnrenderableError(NOTHING_LEFT)
        try:
            self.shared[language] = Shared(self.edition, rendering)
        except ValueError as error:
            raise UnrenderableError(str(error)) from error
        return self.shared[language]

    def copy_for(self, delivery: Delivery, shared: Shared) -> bytes:
        """The finished bytes. Raises what one copy alone cannot be made for."""
        if self._ahead and self._ahead[0] is delivery and self._ahead[1] is shared:
            return self._ahead[2]
        return shared.copy_for(reader_of(delivery, self._ways_out[delivery.person_id]))

    def make_ahead(self, delivery: Delivery) -> bool:
        """Make the copy that comes next, without the database, while that is busy. What cannot be
        made so is left for its turn."""
        self._ahead = None
        if shared := self.known(delivery):
            with suppress(Exception):
                self._ahead = delivery, shared, self.copy_for(delivery, shared)
        return self._ahead is not None

    def forget(self) -> None:
        """What is known of the edition is old."""
        self.shared.clear()
        self._ahead = None
