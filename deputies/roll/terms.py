"""Which term a seat goes into, and which terms are over (届次更替)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from congress.organs.models import Term
from deputies.roll.models import Mandate


def coming_terms(congresses, *, on):
    """Terms that are registered and have not begun: the roster of the next congress goes into one of them."""
    return (
        Term.objects.filter(congress__in=congresses, starts_on__gt=on).select_related("congress").order_by("starts_on")
    )


def state_in(term, *, on):
    """How a seat of this term is put down: who is elected sits from its first session (代表法 Art. 2)."""
    return Mandate.State.ELECT if term.starts_on > on else Mandate.State.ACTIVE


def over_on(term, *, on, terms=None):
    """The day on which a term ended, once it is over: the first session of the next congress (代表法 Art. 2).

    `terms` are all of its congress, where they are at hand.
    """
    terms = Term.objects.filter(congress=term.congress_id) if terms is None else terms
    later = [each.starts_on for each in terms if each.starts_on > term.starts_on]
    ended = min(later) if later else term.ends_on
    return ended if ended and ended <= on else None


def is_followed(term, *, on):
    """Whether anybody of a later term of its congress sits, or takes his seat with a first session that was held."""
    seats = Mandate.objects.filter(congress=term.congress_id, state__in=(Mandate.State.ACTIVE, Mandate.State.ELECT))
    return seats.filter(term__starts_on__gt=term.starts_on, term__starts_on__lte=on).exists()


@dataclass(frozen=True)
class Outlived:
    """A term that is over while seats of it still stand in the roll as held."""

    term: Term
    ended_on: date
    seats: int  # those that end by one press
    apart: int  # those with a step of a later day, which are ended one by one

    @property
    def total(self):
        return self.seats + self.apart


def outlived(terms, *, on):
    """The terms that are over and not wound up, the latest first; `terms` are all of one congress."""
    over = {term: day for term in terms if (day := over_on(term, on=on, terms=terms))}
    if not over:
        return []
    held = Mandate.objects.filter(term__in=over).exclude(state=Mandate.State.ENDED).order_by()
    seats, apart = dict.fromkeys(over, 0), dict.fromkeys(over, 0)
    named = {term.pk: term for term in over}
    for pk, stepped_on, number in held.values_list("term", "stepped_on").annotate(number=Count("pk")):
        term = named[pk]
        counted = apart if stepped_on and stepped_on > over[term] else seats
        counted[term] += number
    found = [Outlived(term, day, seats[term], apart[term]) for term, day in over.items()]
    return sorted((each for each in found if each.total), key=lambda each: each.ended_on, reverse=True)
