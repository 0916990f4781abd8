"""One size measured from end to end (测量)."""

import json
import os
import statistics
import subprocess
import sys
import time
import uuid
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from congress.dashboards import standing
from congress.demo import multiply
from congress.demo.bench import sweep
from congress.demo.bench.server import Server, database_url
from congress.demo.bench.visitor import Visitor, cost, throughput
from congress.organs.models import Congress
from congress.procedure.models import Entry
from suggestions.docket.models import Suggestion

WARM_UP, TURNS, AT_ONCE, MIXED = 5, 6, 8, 1000
OURS = "测量用草稿"


def measure(*, port, place, requests, say):
    """Everything the table of bars asks for, of the database to which this process is turned."""
    found = {"cases": Suggestion.objects.count()}
    with Server(port=port, place=place) as server:
        clerk, leader, deputy = (Visitor(name, port) for name in ("clerk", "leader", "deputy"))
        found["county"] = Suggestion.objects.filter(congress=clerk.congress).count()
        acts = _acts(clerk, leader, deputy)
        say("pages")
        found["pages"] = _in_turn(server, acts, requests)
        addresses = {name: (visitor, address) for name, visitor, address in _pages(clerk, leader)}
        found["statements"] = {name: who.statements(to) for name, (who, to) in addresses.items() if name != "floor"}
        found["weight"] = {name: addresses[name][0].weight(addresses[name][1]) for name in ("list", "cockpit")}
        say("throughput")
        crowd = [Visitor("clerk", port) for _each in range(AT_ONCE)]
        found["throughput"] = dict.fromkeys(("floor", "list", "case"), 0)
        for _turn in range(TURNS):  # in turn, as the pages
            for name in found["throughput"]:
                found["throughput"][name] += throughput(crowd, addresses[name][1], seconds=1.5) / TURNS
        say("memory")
        for number in range(MIXED):
            name = list(acts)[number % len(acts)]
            acts[name]()
        found["memory"] = server.memory()
    Suggestion.objects.filter(title=OURS).delete()
    return found | _behind_the_pages(found, say)


def _behind_the_pages(found, say):
    congress, start = Congress.objects.order_by("pk").first(), time.perf_counter()
    standing.counted(congress, on=timezone.localdate())
    told = {"recompute": time.perf_counter() - start}
    say("sweep")
    sweep.empty_clocks()
    _alone("sweep", "sweep_before")
    told["sweep"] = _alone("sweep", "sweep")
    told["clocks"] = sweep.fill_clocks(found["cases"])
    with sweep.LongestTransaction() as watch:
        told["sweep_all"] = _alone("sweep", "sweep_all")
    told["longest_transaction"] = watch.seconds
    told["again"] = _alone("sweep", "sweep_all")
    sweep.empty_clocks()
    say("roster")
    told["roster"] = _alone("roster", "roster")
    return told


def _alone(module, name):
    """In a process of its own, for its memory is measured."""
    command = (sys.executable, "-m", "congress.demo.bench.alone", module, name)
    env = os.environ | {"DATABASE_URL": database_url(), "LOG_LEVEL": "ERROR"}
    env["DJANGO_SETTINGS_MODULE"] = os.environ.get("DJANGO_SETTINGS_MODULE", "congress.settings")
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=env, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def _pages(clerk, leader):
    usual, told = _longest_story(clerk, is_long=False), _longest_story(clerk, is_long=True)
    return [
        ("floor", clerk, f"/floor/?congress={clerk.congress}"),
        ("list", clerk, "/suggestions/"),
        ("list_words", clerk, f"/suggestions/?{urlencode({'view': 'all', 'state': 'in_hand', 'q': '公路'})}"),
        ("search", clerk, f"/suggestions/?{urlencode({'view': 'all', 'q': '养老 互助'})}"),
        ("case", clerk, f"/suggestions/{usual}/"),
        ("case_long", clerk, f"/suggestions/{told}/"),
        ("desk", clerk, "/"),
        ("cockpit", leader, "/cockpit/"),
        ("cockpit_all", leader, "/cockpit/?session="),
    ]


def _longest_story(visitor, *, is_long):
    """The case of his congress with the most entries, among those that were lengthened or the others."""
    entries = Entry.objects.filter(kind=Suggestion._meta.label_lower, case_id=OuterRef("pk"))
    number = entries.order_by().values("case_id").annotate(number=Count("pk")).values("number")
    newest = Suggestion.objects.filter(congress=visitor.congress).order_by("-pk").values("pk")[:5000]
    cases = Suggestion.objects.filter(pk__in=newest).annotate(entries=Coalesce(Subquery(number), 0))
    least, most = (multiply.LONG_ROWS, 10_000) if is_long else (0, multiply.LONG_ROWS - 1)
    return cases.filter(entries__range=(least, most)).order_by("-entries", "pk").values_list("pk", flat=True)[0]


def _acts(clerk, leader, deputy):
    """{name: the request itself}."""

    def asking(visitor, address):
        return lambda: visitor.get(address)

    acts = {name: asking(visitor, address) for name, visitor, address in _pages(clerk, leader)}
    token = deputy.token("/suggestions/write/")

    def create():
        draft = {"kind": "suggestion", "title": OURS, "situation": "测量", "ask": "测量"}
        deputy.post(
            "/suggestions/write/", urlencode(draft | {"csrfmiddlewaretoken": token, "draft_key": uuid.uuid4().hex})
        )

    return acts | {"create": create}


def _in_turn(server, acts, requests):
    """{name: p50, p95, CPU in milliseconds}; the pages take turns, so that a busy moment falls on all of them."""
    taken = {name: [] for name in acts}
    for turn in range(WARM_UP + requests):
        for name, act in acts.items():
            spent = cost(server, act)
            if turn >= WARM_UP:
                taken[name].append(spent)
    return {name: _summary(costs) for name, costs in taken.items()}


def _summary(costs):
    clock, cpu = ([seconds * 1000 for seconds in column] for column in zip(*costs, strict=True))
    return {
        "p50": statistics.median(clock),
        "p95": statistics.quantiles(clock, n=20)[-1],
        "cpu": statistics.median(cpu),
    }
