"""`seed_demo`: the demonstration county, made once; `--accounts` prints who can sign in."""

from datetime import date

from django.core.management.base import BaseCommand
from django.utils import timezone

from congress.demo import seed


class Command(BaseCommand):
    help = "Build the demonstration county (idempotent)."

    def add_arguments(self, parser):
        parser.add_argument("--on", type=date.fromisoformat, help="the day on which the county lives")
        parser.add_argument("--accounts", action="store_true", help="only print the demonstration accounts")

    def handle(self, *, on, accounts, **options):
        if not accounts:
            if seed.exists():
                self.stdout.write("demonstration county: stands already")
                return
            seed.build(on=on or timezone.localdate())
            self.stdout.write("demonstration county: built")
            return
        password, rows = seed.accounts()
        for login, name, role, shows in rows:
            self.stdout.write(f"  {login:<10} {name}  {role}  {shows}")
        self.stdout.write(f"  password   {password}")
