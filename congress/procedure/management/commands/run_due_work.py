import json

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from congress.procedure.duework import carry_out


class Command(BaseCommand):
    help = "Do once what beat would do at an instant, and print how many of each kind it made."

    def add_arguments(self, parser):
        parser.add_argument("--at", help="ISO 8601; without an offset in the portal's time zone; default: now")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, at, **options):
        as_json = options["json"]
        made = carry_out(at=_instant(at) if at else timezone.now())
        self.stdout.write(
            json.dumps(made) if as_json else "\n".join(f"{name}: {count}" for name, count in made.items())
        )


def _instant(text):
    try:
        instant = parse_datetime(text)
    except ValueError as error:
        raise CommandError(f"--at {text}: {error}") from error
    if instant is None:
        raise CommandError(f"--at {text}: not an ISO 8601 instant")
    return instant if timezone.is_aware(instant) else timezone.make_aware(instant)
