"""Which station received residents in which month (每月接待)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.db.models.functions import ExtractMonth

from congress.rulebook.book import Book
from liaison.receptions.models import Reception
from liaison.stations.openings import OpenDay, open_days

_OVER = Q(activity__state__in=["held", "closed"])


@dataclass(frozen=True)
class Cell:
    """One month of one station: how many were held, how many stand ahead, and what that comes to."""

    month: int
    held: int
    ahead: int
    light: str  # done, late, wait, plan, none
    year: int
    open: OpenDay | None = None  # the first day in it, from today on, on which the station is open

    @property
    def first(self):
        return date(self.year, self.month, 1)

    @property
    def last(self):
        return date(self.year, self.month, monthrange(self.year, self.month)[1])


def grid(stations, *, year, on):
    """[(station, twelve cells, held in the year)]; how much it asks does not grow with the stations.

    A month that is over without the quota is late, unless the station was founded in it or later; the running one
    waits; a month to come has a plan or has none.
    """
    stations = list(stations)
    counted = {
        (row["station"], row["month"]): row
        for row in Reception.objects.filter(station__in=stations, activity__starts_at__year=year)
        .values("station", month=ExtractMonth("activity__starts_at"))
        .annotate(held=Count("pk", filter=_OVER), ahead=Count("pk", filter=Q(activity__state="announced")))
        .order_by()
    }
    books = Book.of_many({station.congress_id: station.congress for station in stations}.values())
    quotas = {congress: book.on(on).count("station_receptions") for congress, book in books.items()}
    opens, rows = _first_open(stations, year=year, on=on), []
    for station in stations:
        cells = [
            _cell(
                month, counted.get((station.pk, month)), station, quota=quotas[station.congress_id],
                year=year, on=on, opens=opens.get((station.pk, month)),
            )
            for month in range(1, 13)
        ]  # fmt: skip
        rows.append((station, cells, sum(cell.held for cell in cells)))
    return rows


def _first_open(stations, *, year, on):
    """{(station, month): the first day in it on which the station is open, today or later}."""
    first, last = max(date(year, 1, 1), on), date(year, 12, 31)
    found = open_days(stations, first=first, last=last) if first <= last else {}
    return {(pk, each.day.month): each for pk, days in found.items() for each in reversed(days)}


def _cell(month, row, station, *, quota, year, on, opens):
    held, ahead = (row["held"], row["ahead"]) if row else (0, 0)
    first, running = date(year, month, 1), on.replace(day=1)
    if held >= quota:
        light = "done"
    elif first < running:
        light = "none" if station.valid_from and first <= station.valid_from else "late"
    elif first == running:
        light = "wait"
    else:
        light = "plan" if ahead else "none"
    return Cell(month, held, ahead, light, year, None if ahead else opens)
