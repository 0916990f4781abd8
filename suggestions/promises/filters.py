"""What the ledger is narrowed by: the address says it all (台账的条件)."""

from dataclasses import dataclass

from django.db.models import Q

from congress.kit.asking import Asking
from congress.kit.dates import asked_day
from congress.kit.numbers import row_numbers
from deputies.roll.seats import seats_of
from suggestions.promises.figures import VIEWS, in_view


@dataclass(frozen=True)
class Asked(Asking):
    """The conditions of one address."""

    VIEWS = VIEWS

    view: str = "standing"
    q: str = ""
    organ: str = ""
    congress: str = ""
    due_from: str = ""
    due_to: str = ""
    mine: str = ""  # of the reader's own departments and offices alone, as his desk counts them
    made: str = ""  # made to the reader as a deputy, as his first page counts them

    @property
    def folded(self):
        """How many conditions are set that a phone folds away."""
        return sum(map(bool, (self.organ, self.congress, self.due_from, self.due_to, self.mine, self.made)))

    def narrow(self, rows, *, reader):
        """Every condition but the view."""
        if self.mine:
            rows = rows.at_hand(reader)
        if self.made:
            rows = rows.made_to(seats_of(reader))
        for name in ("organ", "congress"):
            if asked := row_numbers([getattr(self, name)]):
                rows = rows.filter(**{name: asked[0]})
        if first := asked_day(self.due_from):
            rows = rows.filter(due_on__gte=first)
        if last := asked_day(self.due_to):
            rows = rows.filter(due_on__lte=last)
        if self.q:
            rows = rows.filter(
                Q(what__icontains=self.q)
                | Q(suggestion__title__icontains=self.q)
                | Q(suggestion__printed_number=self.q)
                | Q(responsible=self.q)
            )
        return rows

    def in_view(self, rows, *, on):
        return in_view(rows, self.view, on=on)
