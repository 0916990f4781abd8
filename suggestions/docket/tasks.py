"""The docket's due work: tallies that lack, or that many steps have lengthened."""

from congress.organs.models import Congress
from congress.procedure.duework import due_work
from suggestions.docket import tallies


@due_work("docket.tallies", order=90)
def tidy_tallies(*, at):
    """How many congresses were counted or folded."""
    return tallies.tidy(Congress.objects.order_by("pk"))
