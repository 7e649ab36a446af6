"""The database's clock: leases, retries and the breaker know no other."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import DateTimeField, ExpressionWrapper, Value
from django.db.models.functions import Now


def after(wait: timedelta) -> ExpressionWrapper[Any]:
    """The moment in `wait` from now; a negative one lies behind."""
    return ExpressionWrapper(Now() + Value(wait), output_field=DateTimeField())
