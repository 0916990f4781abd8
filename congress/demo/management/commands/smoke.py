"""Time list, search, case and cockpit at 100,000 suggestions beside a bare Django page in the same run."""

import statistics
import time
from contextlib import contextmanager

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connection
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.test import Client, override_settings
from django.utils import timezone

from congress.accounts.models import User
from congress.demo import floor, multiply, seed
from congress.procedure.models import Entry
from suggestions.docket.models import Suggestion

NAME = "portal_smoke"
WARM_UP = 3


class Command(BaseCommand):
    help = (
        "Fills a database of its own (portal_smoke, beside the one that DATABASE_URL names) with twenty demonstration "
        "counties, times the pages of a clerk of one of them, and drops it. The role must be a superuser of a "
        "PostgreSQL server that serves nobody."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--cases", type=int, default=100_000)
        parser.add_argument("--requests", type=int, default=30, help="measured requests of each page")
        parser.add_argument("--keep", action="store_true", help="leave the database; the next run finds it filled")

    def handle(self, *args, cases, requests, keep, **options):
        if connection.vendor != "postgresql":
            raise CommandError("DATABASE_URL has to name a PostgreSQL server.")
        with own_database(keep=keep) as is_new:
            if is_new:
                self.timed("schema", lambda: call_command("migrate", verbosity=0))
                self.timed("demonstration county", lambda: seed.build(on=timezone.localdate()))
                self.timed("copies", lambda: multiply.multiply(cases))
            self.report(requests)

    def timed(self, what, work):
        start = time.perf_counter()
        work()
        self.stdout.write(f"{what}: {time.perf_counter() - start:.0f} s")

    def report(self, requests):
        settings.ROOT_URLCONF = floor.__name__
        with override_settings(MIDDLEWARE=floor.MIDDLEWARE):
            bare = Visitor("clerk")
            bare.get("/floor/?congress=0")  # a client reads its middleware at the first request
        clerk, leader = Visitor("clerk"), Visitor("leader")
        pages = [("floor: bare Django page", bare, f"/floor/?congress={clerk.congress}"), *_pages(clerk, leader)]
        measured = _in_turn(pages, requests)
        base = measured[0]
        self.stdout.write(f"\n{Suggestion.objects.count():,} suggestions, {requests} requests a page\n\n")
        self.stdout.write("| page | statements | p50 ms | p95 ms | CPU ms | p50 ÷ floor | CPU ÷ floor |")
        self.stdout.write("|---|---:|---:|---:|---:|---:|---:|")
        for (name, visitor, address), (p50, p95, cpu) in zip(pages, measured, strict=True):
            numbers = f"{p50:.1f} | {p95:.1f} | {cpu:.1f} | {p50 / base[0]:.1f} | {cpu / base[2]:.1f}"
            self.stdout.write(f"| {name} | {visitor.statements(address)} | {numbers} |")


@contextmanager
def own_database(*, keep):
    """Turn the connection to the smoke database, made where it is missing; yields whether it is empty."""
    usual = connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME])
        is_new = cursor.fetchone() is None
        if is_new:
            cursor.execute(f"CREATE DATABASE {NAME}")
    _turn_to(NAME)
    is_filled = False
    try:
        yield is_new
        is_filled = True
    finally:
        _turn_to(usual)
        if not (keep and is_filled):
            with connection.cursor() as cursor:
                cursor.execute(f"DROP DATABASE {NAME}")


def _turn_to(name):
    connection.close()
    connection.settings_dict["NAME"] = name


class Visitor:
    """Somebody of the first county who is signed in, and what his requests cost."""

    def __init__(self, username):
        self.user = User.objects.get(username=username)
        self.congress = self.user.memberships.get().organ_id
        self.client = Client(SERVER_NAME="localhost")
        self.client.force_login(self.user, backend=settings.AUTHENTICATION_BACKENDS[-1])

    def get(self, address):
        response = self.client.get(address)
        if response.status_code != 200:
            raise CommandError(f"{address} answers {response.status_code}")
        return response

    def cost(self, address):
        """(seconds by the clock, seconds of this process) of one request."""
        start, start_cpu = time.perf_counter(), time.process_time()
        self.get(address)
        return time.perf_counter() - start, time.process_time() - start_cpu

    def statements(self, address):
        asked = []

        def note(execute, sql, params, many, context):
            asked.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            self.get(address)
        return len(asked)


def _pages(clerk, leader):
    usual, told = _longest_story(clerk, is_long=False), _longest_story(clerk, is_long=True)
    return [
        ("list, default view", clerk, "/suggestions/"),
        ("list, page 20 of all", clerk, "/suggestions/?view=all&page=20"),
        ("list, state and two characters", clerk, "/suggestions/?view=all&state=in_hand&q=道路"),
        ("search, two words", clerk, "/suggestions/?view=all&q=农村 公路"),
        (f"case, {usual['entries']} entries", clerk, f"/suggestions/{usual['pk']}/"),
        (f"case, {told['entries']} entries", clerk, f"/suggestions/{told['pk']}/"),
        ("desk", clerk, "/"),
        ("cockpit, one session", leader, "/cockpit/"),
        ("cockpit, all sessions", leader, "/cockpit/?session="),
    ]


def _longest_story(visitor, *, is_long):
    """The case of his congress with the most entries, among those that were lengthened or the others."""
    entries = Entry.objects.filter(kind=Suggestion._meta.label_lower, case_id=OuterRef("pk"))
    number = entries.order_by().values("case_id").annotate(number=Count("pk")).values("number")
    cases = Suggestion.objects.filter(congress=visitor.congress).annotate(entries=Coalesce(Subquery(number), 0))
    least, most = (multiply.LONG_ROWS, 10_000) if is_long else (0, multiply.LONG_ROWS - 1)
    found = cases.filter(entries__range=(least, most)).order_by("-entries", "pk")
    return found.values("pk", "entries")[0]


def _in_turn(pages, requests):
    """[(p50, p95, CPU p50)] in milliseconds; the pages take turns, so that a busy moment falls on all of them."""
    taken = [[] for _page in pages]
    for turn in range(WARM_UP + requests):
        for costs, (_name, visitor, address) in zip(taken, pages, strict=True):
            cost = visitor.cost(address)
            if turn >= WARM_UP:
                costs.append(cost)
    return [_summary(costs) for costs in taken]


def _summary(costs):
    clock, cpu = ([seconds * 1000 for seconds in column] for column in zip(*costs, strict=True))
    return statistics.median(clock), statistics.quantiles(clock, n=20)[-1], statistics.median(cpu)
