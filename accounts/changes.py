"""Which fields a change touched, as history keeps them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import models, transaction

from accounts.models import History, User

type Snapshot = dict[str, Any]


def snapshot(row: models.Model, names: Iterable[str]) -> Snapshot:
    """The named fields as plain JSON values: people by reference, other rows by name."""
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: Any) -> Any:
    if isinstance(value, models.Manager):
        return sorted(str(row) for row in value.all())
    if isinstance(value, User):
        return value.ref
    if isinstance(value, bool | int) or value is None:
        return value
    return str(value)


def difference(before: Snapshot, after: Snapshot) -> tuple[Snapshot, Snapshot]:
    """Both snapshots reduced to the fields in which they differ; of something new, all of them."""
    changed = [name for name in after if before.get(name) != after[name]]
    was = {name: before[name] for name in changed if name in before}
    return was, {name: after[name] for name in changed}


def record(
    verb: str, row: models.Model, *, actor: User | None, before: Snapshot, after: Snapshot
) -> bool:
    """Write one row of history with the fields in which the snapshots differ; False without any."""
    if row_of_history := change(verb, row, actor=actor, before=before, after=after):
        row_of_history.save()
    return row_of_history is not None


def change(
    verb: str, row: models.Model, *, actor: User | None, before: Snapshot, after: Snapshot
) -> History | None:
    """The row that `record` would write, unsaved; None where nothing differs."""
    was, became = difference(before, after)
    if not became:
        return None
    return History(verb=verb, subject=row, actor=actor, before=was, after=became)


@contextmanager
def remembered(
    verb: str, row: models.Model, names: Iterable[str], *, by: User | None
) -> Iterator[None]:
    """One transaction around a change of `row`, with its row of history at the end."""
    names = list(names)
    with transaction.atomic():
        stored = type(row)._default_manager.select_for_update().get(pk=row.pk)
        before = snapshot(stored, names)
        yield
        record(verb, row, actor=by, before=before, after=snapshot(row, names))
