"""`manage.py check_health [PART …]`: what /readyz says, for service managers."""

import json

from django.core.management.base import BaseCommand, CommandError

from congress.dashboards import health


class Command(BaseCommand):
    help = "Print how the parts of the portal are; exit 1 when one that was named (or any) is bad."

    def add_arguments(self, parser):
        parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(health.EXAMINATIONS))

    def handle(self, *args, parts, **options):
        if unknown := set(parts) - set(health.EXAMINATIONS):
            raise CommandError(f"No such part: {', '.join(sorted(unknown))}")
        found, bad = health.findings(only=parts)
        self.stdout.write(json.dumps(found, ensure_ascii=False))
        if bad:
            raise CommandError(f"Bad: {', '.join(bad)}")
