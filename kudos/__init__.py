"""The project: wiring only. What it does lives in accounts and stories."""

from kudos.celery import app as celery_app

__all__ = ["celery_app"]
