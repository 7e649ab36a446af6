"""`seed`: a synthetic company of any size, for measuring and for looking at large numbers."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import User
from kudos.management.seeding import seed
from stories.search_index import reindex


class Command(BaseCommand):
    help = "Fill an empty database with invented people and stories; the same seed, the same rows."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--people", type=int, required=True)
        parser.add_argument("--stories", type=int, required=True)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *, people: int, stories: int, seed: int, **options: Any) -> None:
        if people < 2 or stories < 0:
            raise CommandError("A company needs two people at least, and no fewer than no stories.")
        fill(people=people, stories=stories, number=seed)
        self.stdout.write(f"{people} people, {stories} stories.")


def fill(*, people: int, stories: int, number: int) -> None:
    """Insert and index everything in one transaction; refuse a database that is in use."""
    with transaction.atomic():
        if User.objects.exists():
            raise CommandError("People live here already. Seeding needs an empty database.")
        seed(people=people, stories=stories, number=number)
        reindex()
