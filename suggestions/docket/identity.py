"""Who a reader is told proposed a suggestion (身份保护): the one place that knows the protection flag.

Pages, lists, sorting, exports, papers, letters and file names all take the name from here.
"""

from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _

from congress.organs.hats import hats_of
from deputies.roll.seats import seats_of
from suggestions.docket.models import Assignment, Cosigner

HIDDEN = _("代表要求不公开姓名")


def known_to(reader):
    """The condition under which this reader is told the names: of all, or of his own congress and his own cases.

    A department that handles the case is not told; whoever reads it for the congress, or signed it, is.
    """
    hats, seats = hats_of(reader), seats_of(reader)
    known = Q(protects_identity=False) | Q(congress__in=hats.watches)
    if seats:
        known |= Q(lead__in=seats) | Exists(Cosigner.objects.filter(suggestion=OuterRef("pk"), mandate__in=seats))
    if hats.committees:
        matching = Assignment.objects.filter(
            round__suggestion=OuterRef("pk"), organ__as_department__committee__in=hats.committees
        )
        known |= Exists(matching)
    return known


def with_proposer(cases, reader):
    """The cases with `proposer`: the name of the lead deputy as this reader may know it."""
    shown = When(known_to(reader), then=F("lead__deputy__name"))
    return cases.annotate(proposer=Case(shown, default=Value(str(HIDDEN))))


def proposer_shown(suggestion, reader):
    """The name of the lead deputy of one case, or the words that stand for it."""
    return suggestion.lead.deputy.name if names_are_known(suggestion, reader) else str(HIDDEN)


def names_are_known(suggestion, reader):
    """Whether this reader is told who proposed and who seconded the case."""
    if not suggestion.protects_identity:
        return True
    return type(suggestion).objects.filter(known_to(reader), pk=suggestion.pk).exists()


def proposer_for_departments(suggestion):
    """The name as it may stand on a paper or letter that goes to a department."""
    return str(HIDDEN) if suggestion.protects_identity else suggestion.lead.deputy.name
