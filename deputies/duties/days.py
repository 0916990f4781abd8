"""How many days a deputy gave to his duties (履职天数): each date once, however much was done on it."""

from collections import defaultdict
from datetime import timedelta
from math import ceil

from deputies.duties.kinds import PAPERS, Kind

HALF_DAYS, HOURS = 2, 8  # in one day of a session, of a course


def dates_of(kind, held_on, quantity, hours):
    """The dates that one duty filled: a session by its half days, a course by its hours, the rest its own date."""
    if kind == Kind.SESSION:
        span = ceil(quantity / HALF_DAYS)
    else:
        span = ceil((hours or 0) / HOURS)
    return [held_on + timedelta(days=day) for day in range(max(1, span))]


def days_by_seat(records):
    """{mandate id: days} over the verified, performed rows among these; one statement."""
    rows = records.verified().performed().of_days().order_by()
    dates = defaultdict(set)
    for mandate_id, *duty in rows.values_list("mandate_id", "kind", "held_on", "quantity", "hours"):
        dates[mandate_id].update(dates_of(*duty))
    return {mandate_id: len(each) for mandate_id, each in dates.items()}


def days_of(records):
    """The days that these rows fill: those of them that count."""
    filled = set()
    for record in records:
        if record.counts and record.kind not in PAPERS:
            filled.update(dates_of(record.kind, record.held_on, record.quantity, record.hours))
    return len(filled)
