"""Fill PostgreSQL with many suggestions and measure the portal beside a bare Django page (docs/performance.md)."""

import json
import time
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connection
from django.utils import timezone

from congress.demo import multiply, seed
from congress.demo.bench import bars, measuring
from congress.organs.models import Congress
from suggestions.docket import tallies

NAME = "portal_bench"
SIZES = "1000,100000,1000000"


class Command(BaseCommand):
    help = (
        "Fills a database of its own for each size (portal_bench_1000 …, beside the one that DATABASE_URL names), "
        "measures the portal on it and prints the table of bars. What is filled stays for the next run. The role must "
        "be a superuser of a PostgreSQL server on this machine that serves nobody."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--sizes", default=SIZES, help=f"how many suggestions, ascending ({SIZES})")
        parser.add_argument("--requests", type=int, default=40, help="measured requests of each page")
        parser.add_argument("--port", type=int, default=8999)
        parser.add_argument("--kept", action="store_true", help="print the last results, measure only what has none")
        parser.add_argument("--drop", action="store_true", help="drop the databases of these sizes and end")

    def handle(self, *args, sizes, requests, port, kept, drop, **options):
        if connection.vendor != "postgresql":
            raise CommandError("DATABASE_URL has to name a PostgreSQL server.")
        wanted = sorted(int(size) for size in sizes.replace("_", "").split(","))
        place = Path(settings.DATA_DIR) / "bench"
        place.mkdir(parents=True, exist_ok=True)
        smallest = None
        for size in wanted:
            if drop:
                _drop(f"{NAME}_{size}")
                _drop(f"{NAME}_county")
                continue
            results = place / f"{size}.json"
            if not (kept and results.exists()):
                self.fill(size)
                found = measuring.measure(port=port, place=place, requests=requests, say=self.say)
                results.write_text(json.dumps(found | {"at": f"{datetime.now():%Y-%m-%d %H:%M}"}))
            found = json.loads(results.read_text())
            self.report(found, smallest)
            smallest = smallest or found

    def say(self, what):
        self.stderr.write(f"{datetime.now():%H:%M:%S} {what}")

    def fill(self, size):
        """Turn to the database of this size; make it where it is missing or was left half-way."""
        name = f"{NAME}_{size}"
        self.make(f"{NAME}_county", "template0", lambda: seed.build(on=timezone.localdate()))
        self.make(name, f"{NAME}_county", lambda: multiply.multiply(size))
        _turn_to(name)

    def make(self, name, template, fill):
        if not _is_filled(name):
            _drop(name)
            with connection.cursor() as cursor:
                cursor.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
            _turn_to(name)
            call_command("migrate", verbosity=0)
            self.timed(name, fill)
            with connection.cursor() as cursor:
                cursor.execute(f"COMMENT ON DATABASE {name} IS 'filled'")
        _turn_to(name)
        call_command("migrate", verbosity=0)
        tallies.tidy(Congress.objects.order_by("pk"))  # a migration may ask for a new count
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # what that, or the run before, has left behind
        _turn_to(_usual())

    def timed(self, what, fill):
        start = time.perf_counter()
        fill()
        self.say(f"{what} filled: {time.perf_counter() - start:.0f} s")

    def report(self, found, smallest):
        say = self.stdout.write
        say(f"\n## {found['cases']:,} suggestions, {found['county']:,} in the county that is read ({found['at']})\n")
        say(bars.HEAD)
        for bar in bars.bars(found, smallest):
            say(str(bar))
        say("")
        for line in bars.page_table(found):
            say(line)


def _is_filled(name):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s AND shobj_description(oid, 'pg_database') = 'filled'", [name]
        )
        return cursor.fetchone() is not None


def _drop(name):
    _turn_to(_usual())
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")


_first = []


def _usual():
    """The database that DATABASE_URL names."""
    if not _first:
        _first.append(connection.settings_dict["NAME"])
    return _first[0]


def _turn_to(name):
    _usual()
    connection.close()
    connection.settings_dict["NAME"] = name
