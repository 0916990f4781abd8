"""Who of a congress got how many briefings in a quarter, and who none: what an office tells its deputies (简报)."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Count, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from congress.kit.periods import quarter_days
from congress.rulebook.book import rules_for
from deputies.roll.models import Deputy, Mandate
from deputies.training.models import Material, Receipt


@dataclass(frozen=True)
class Briefed:
    """One congress in one quarter: every active deputy with what reached him, from his own office or from above."""

    congress: object
    year: int
    quarter: int
    on: date

    @cached_property
    def days(self):
        """(first, last) day of the quarter."""
        return quarter_days(self.year, self.quarter)

    @property
    def is_over(self):
        return self.on > self.days[1]

    @cached_property
    def least(self):
        """How many the rules in force in that quarter ask for."""
        return rules_for(self.congress, on=min(self.on, self.days[1])).count("briefings_quarter")

    @property
    def seats(self):
        """The seats, each with how many he got and how many of them he opened; who got fewest comes first."""
        rows = Mandate.objects.active().filter(congress=self.congress).select_related("deputy", "delegation")
        rows = rows.annotate(got=self._number(), opened=self._number(opened_at__isnull=False))
        return rows.defer(*Deputy.personal("deputy")).order_by("got", "delegation__position", "deputy__strokes", "pk")

    def _number(self, **where):
        """A person is reached once, whichever of his seats the copy names."""
        copies = Receipt.objects.filter(
            mandate__deputy=OuterRef("deputy"),
            material__kind=Material.Kind.BRIEFING,
            material__state=Material.State.PUSHED,
            material__pushed_on__range=self.days,
            **where,
        )
        counted = copies.order_by().values("mandate__deputy").annotate(n=Count("material", distinct=True)).values("n")
        return Coalesce(Subquery(counted, output_field=IntegerField()), 0)

    @property
    def lacking(self):
        return self.seats.filter(got__lt=self.least)

    @property
    def without(self):
        return self.seats.filter(got=0)

    @cached_property
    def counts(self):
        """Of all: how many there are, who got too few, who got none; one statement."""
        short, none = Q(got__lt=self.least), Q(got=0)
        return self.seats.aggregate(all=Count("pk"), short=Count("pk", filter=short), none=Count("pk", filter=none))
