"""The bench's own arithmetic: what holds, what does not, and what grew."""

import copy

import pytest

from congress.demo.bench import bars, roster
from congress.demo.multiply import counties_of
from tests.factories.docket import term_of

PAGES = ("floor", "list", "list_words", "search", "case", "cockpit", "create")
WORK = {"seconds": 2.0, "megabytes": 120.0, "idle_megabytes": 110.0, "made": 0}


@pytest.fixture
def found():
    page = {"p50": 10.0, "p95": 20.0, "cpu": 5.0}
    return {
        "cases": 1000,
        "county": 500,
        "clocks": 1000,
        "pages": {name: dict(page) for name in PAGES},
        "statements": {"list": 8, "case": 12, "cockpit": 8},
        "throughput": {"floor": 100.0, "list": 50.0, "case": 60.0},
        "sweep": dict(WORK),
        "sweep_all": dict(WORK),
        "again": dict(WORK),
        "longest_transaction": 0.5,
        "recompute": 1.0,
        "roster": dict(WORK),
        "weight": {"list": [8, 200_000], "cockpit": [8, 400_000]},
        "memory": 200e6,
    }


def broken(found, smallest=None):
    return [bar.what for bar in bars.bars(found, smallest) if not bar.holds]


def test_what_just_reaches_its_must_holds(found):
    for name in ("list", "case", "cockpit"):
        found["pages"][name] |= {"p50": 20.0, "cpu": 10.0}
    assert broken(found) == []


@pytest.mark.parametrize(
    ("path", "value", "what"),
    [
        (("pages", "list", "cpu"), 10.1, "list, default filter"),
        (("pages", "case", "p50"), 20.1, "case with some twenty timeline rows"),
        (("pages", "list_words", "p95"), 60.1, "list + status + two-character word"),
        (("statements", "cockpit"), 9, "SQL statements list / case / cockpit"),
        (("throughput", "case"), 49.0, "throughput at concurrency 8, list / case"),
        (("again", "made"), 1, "the same, once more"),
        (("recompute",), 5.1, "cockpit of a county recomputed from rows"),
        (("weight", "list"), [9, 1000], "page weight of list, default filter, cold, compressed"),
        (("memory",), 201e6, "worker memory after 1,000 mixed requests"),
    ],
)
def test_what_misses_its_must_is_said_to(found, path, value, what):
    place = found
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    assert broken(found) == [what]


def test_growth_is_measured_against_the_floor_of_each_run(found):
    smallest = copy.deepcopy(found)
    for page in found["pages"].values():
        page["p50"] *= 3  # a busier machine is no growth
    assert broken(found, smallest) == []
    found["pages"]["cockpit"]["p50"] *= 1.3
    assert [what for what in broken(found, smallest) if what.startswith("growth")]


def test_the_table_has_a_line_for_each_page(found):
    lines = list(bars.page_table(found))
    assert len(lines) == 2 + len(PAGES)
    assert "| list, default filter | 8 | 10.0 | 20.0 | 5.0 | 1.0 | 1.0 |" in lines


def test_counties_and_their_cases_both_grow():
    assert [counties_of(size) for size in (1000, 100_000, 1_000_000)] == [2, 20, 63]


@pytest.mark.django_db
def test_the_roster_of_the_bench_is_one_that_the_portal_takes_and_leaves_nothing(
    county, monkeypatch, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    term_of(county)
    monkeypatch.setattr(roster, "ROWS", 40)
    before = county.mandates.count()
    assert roster.bring_in()["made"] == 40
    assert county.mandates.count() == before
