"""The bars: what is to be reached, where we want to end up, what was measured (指标)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bar:
    """One line of the table; `values` are what was measured, each with its must."""

    what: str
    must: str
    moonshot: str
    measured: str
    holds: bool

    def __str__(self):
        return (
            f"| {self.what} | {self.must} | {self.moonshot} | {self.measured} | {'yes' if self.holds else '**no**'} |"
        )


HEAD = "| what | must | moonshot | measured | must reached |\n|---|---|---|---|---|"


def bars(found, smallest):
    """The table of one size; growth is against the smallest size of the run."""
    pages, floor = found["pages"], found["pages"]["floor"]

    def ratio(name, most, dream, *, also=None):
        cpu, p50 = pages[name]["cpu"] / floor["cpu"], pages[name]["p50"] / floor["p50"]
        said = f"CPU {cpu:.1f} x, p50 {p50:.1f} x, p95 {pages[name]['p95']:.0f} ms"
        holds = max(cpu, p50) <= most and (also is None or pages[name]["p95"] <= also)
        must = f"≤ {most:g} x floor" + (f", p95 ≤ {also} ms" if also else "")
        return Bar(LABELS[name], must, f"≤ {dream:g} x", said, holds)

    yield ratio("list", 2, 1)
    yield ratio("list_words", 3, 2, also=60)
    yield ratio("search", 3, 2, also=60)
    yield ratio("case", 2, 1)
    yield ratio("cockpit", 2, 1)
    if smallest is not None:
        grown = {name: _growth(found, smallest, name) for name in ("list", "case", "cockpit", "create")}
        said = ", ".join(f"{name} {value:.2f}" for name, value in grown.items())
        what = f"growth from {smallest['cases']:,} of list, case, cockpit, create (p50 ÷ floor)"
        yield Bar(what, "≤ 1.2", "≤ 1.1", said, max(grown.values()) <= 1.2)
    asked = [found["statements"][name] for name in ("list", "case", "cockpit")]
    said = " / ".join(map(str, asked))
    yield Bar("SQL statements list / case / cockpit", "≤ 8 / 12 / 8", "5 / 8 / 5", said, _within(asked, (8, 12, 8)))
    rate = found["throughput"]
    shares = [rate[name] / rate["floor"] for name in ("list", "case")]
    said = f"{shares[0]:.2f} / {shares[1]:.2f} (floor {rate['floor']:.0f} a second)"
    yield Bar("throughput at concurrency 8, list / case", "≥ 0.5 of the floor's", "1", said, min(shares) >= 0.5)
    every, day, lock = found["sweep_all"], found["sweep"], found["longest_transaction"]
    own = every["megabytes"] - every["idle_megabytes"]
    size = f"{every['megabytes']:.0f} MB of which {own:.0f} its own"
    said = f"{every['seconds']:.1f} s, {size}, {lock:.2f} s ({every['made']:,} reminders)"
    holds = every["seconds"] <= 30 and every["megabytes"] <= 150 and lock <= 0.5
    what = f"reminder sweep, {found['clocks']:,} open, all due; memory; longest lock"
    yield Bar(what, "≤ 30 s, ≤ 150 MB, ≤ 0.5 s", "≤ 15 s", said, holds)
    said = f"{day['seconds']:.1f} s ({day['made']:,} reminders)"
    yield Bar("the same, ordinary day", "≤ 5 s", "≤ 2 s", said, day["seconds"] <= 5)
    again = f"{found['again']['made']} new"
    yield Bar("the same, once more", "0 new", "0 new", again, found["again"]["made"] == 0)
    said = f"{found['recompute']:.2f} s ({found['county']:,} cases)"
    yield Bar("cockpit of a county recomputed from rows", "≤ 5 s", "≤ 1 s", said, found["recompute"] <= 5)
    roster = found["roster"]
    said = f"{roster['seconds']:.1f} s, {roster['megabytes']:.0f} MB ({roster['made']:,} new)"
    holds = roster["seconds"] <= 15 and roster["megabytes"] <= 250
    yield Bar("roster of 10,000 rows, read + check + write", "≤ 15 s, ≤ 250 MB", "≤ 6 s", said, holds)
    for name, most, dream in (("list", 200, 100), ("cockpit", 400, 250)):
        requests, weight = found["weight"][name]
        what = f"page weight of {LABELS[name]}, cold, compressed"
        said = f"{requests} requests, {weight / 1000:.0f} kB"
        must, holds = f"≤ 8 requests, ≤ {most} kB", requests <= 8 and weight <= most * 1000
        yield Bar(what, must, f"≤ {dream} kB", said, holds)
    memory = found["memory"] / 1e6
    yield Bar("worker memory after 1,000 mixed requests", "≤ 200 MB", "≤ 120 MB", f"{memory:.0f} MB", memory <= 200)


LABELS = {
    "floor": "floor: bare Django page",
    "list": "list, default filter",
    "list_words": "list + status + two-character word",
    "search": "search, two words",
    "case": "case with some twenty timeline rows",
    "case_long": "case with two hundred timeline rows",
    "desk": "desk",
    "cockpit": "cockpit",
    "cockpit_all": "cockpit, all sessions",
    "create": "create (save a draft)",
}


def _growth(found, smallest, name):
    """How the page grew from the smallest size, each against the floor of its own run."""
    here = found["pages"][name]["p50"] / found["pages"]["floor"]["p50"]
    return here / (smallest["pages"][name]["p50"] / smallest["pages"]["floor"]["p50"])


def _within(values, most):
    return all(value <= limit for value, limit in zip(values, most, strict=True))


def page_table(found):
    """All pages with their times, for the reader who wants to know where they go."""
    floor = found["pages"]["floor"]
    yield "| page | statements | p50 ms | p95 ms | CPU ms | p50 ÷ floor | CPU ÷ floor |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    for name, page in found["pages"].items():
        numbers = f"{page['p50']:.1f} | {page['p95']:.1f} | {page['cpu']:.1f}"
        ratios = f"{page['p50'] / floor['p50']:.1f} | {page['cpu'] / floor['cpu']:.1f}"
        yield f"| {LABELS[name]} | {found['statements'].get(name, '')} | {numbers} | {ratios} |"
