"""`demo`: an invented company to look around in."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import User
from kudos.management import demo_loading
from kudos.management.demo_company import COMPANY, DEMO_SIGN_INS, PASSWORD, PEOPLE, STORIES


class Command(BaseCommand):
    help = "Load the demo company. Where it lives already, nothing is changed."

    def handle(self, **options: Any) -> None:
        with transaction.atomic():
            if not demo_loading.is_loaded():
                self.load()
        self.stdout.write(f"Sign in with the password {PASSWORD} as")
        for sign_in in DEMO_SIGN_INS:
            self.stdout.write(f"  {sign_in.key:<28} {sign_in.shows}")

    def load(self) -> None:
        if User.objects.exists():
            raise CommandError(
                "People of another company live here. The demo needs a database of its own."
            )
        demo_loading.load()
        self.stdout.write(f"{COMPANY.name}: {len(PEOPLE)} people told {len(STORIES)} stories.")
