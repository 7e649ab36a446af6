"""Tasks: each calls one verb and is safe to run twice."""

from celery import shared_task

from stories.notices.sending import send_due


@shared_task(name="notices.send")
def send_notices() -> None:
    send_due()
