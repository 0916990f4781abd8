"""What the pages of this room share: one congress whose work the reader follows, a year, and who is read (范围)."""

from django.utils.functional import cached_property

from congress.kit import numbers
from congress.organs.rules import watched_by
from congress.organs.views import OfCongress
from deputies.pledges.contacting import without_secrets
from deputies.roll.importing import current_term
from deputies.roll.models import Mandate


def asked_year(text, *, today):
    """A year for which there can be plans, the next one at the latest; else this one."""
    year = numbers.asked_year(text, default=today.year)
    return year if year <= today.year + 1 else today.year


class OfFollowed(OfCongress):
    """A page of one congress that the reader follows, in one year."""

    congresses_of = staticmethod(watched_by)

    @cached_property
    def year(self):
        return asked_year(self.query.get("year"), today=self.today)

    @cached_property
    def term(self):
        return current_term(self.congress, on=self.today)

    def seats(self):
        """Who sits in it today."""
        rows = Mandate.objects.active().filter(congress=self.congress, term=self.term)
        return without_secrets(rows.select_related("delegation"), "deputy").order_by("deputy__strokes", "pk")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            year=self.year,
            years=range(self.today.year, self.today.year - 5, -1),
            today=self.today,
            **kwargs,
        )
