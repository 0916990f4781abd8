"""New deputies and their training on taking office: who has had it, who is due, who is late (岗前培训)."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef

from congress.rulebook.book import Book
from deputies.activities.models import Activity, Attendance
from deputies.roll.models import Deputy, Mandate
from deputies.training.kinds import Kind

RULE = "onboarding"
NEAR = timedelta(days=30)


@dataclass(frozen=True)
class Gap:
    """A new deputy without that training."""

    seat: Mandate
    due_on: date
    provisional: bool
    days_left: int

    @property
    def is_past(self):
        return self.days_left < 0

    @property
    def is_near(self):
        return 0 <= self.days_left <= NEAR.days


def new_seats(congress, term):
    """The seats in force of those who were not re-elected; who came by a by-election is new too."""
    return Mandate.objects.active().filter(congress=congress, term=term, is_re_elected=False)


def trained(prefix="pk"):
    """Whether a seat was at a training of that kind which took place."""
    return Exists(
        Attendance.objects.filter(
            mandate=OuterRef(prefix),
            outcome=Attendance.Outcome.PRESENT,
            activity__lesson__kind=Kind.ONBOARDING,
            activity__state__in=(Activity.State.HELD, Activity.State.CLOSED),
        )
    )


def gaps_of(congress, term, *, on):
    """The new deputies without it, the most urgent first; each date is reckoned once for all who began that day."""
    seats = list(
        new_seats(congress, term)
        .filter(~trained())
        .select_related("deputy", "delegation")
        .defer(*Deputy.personal())
        .order_by("started_on", "deputy__strokes", "pk")
    )
    book, dates = Book.of(congress), {}
    for seat in seats:
        if seat.started_on not in dates:
            dates[seat.started_on] = book.deadline(RULE, start=seat.started_on)
    found = [
        Gap(
            seat,
            dates[seat.started_on].due_on,
            dates[seat.started_on].provisional,
            (dates[seat.started_on].due_on - on).days,
        )
        for seat in seats
    ]
    return sorted(found, key=lambda gap: gap.due_on)
