"""How the docket's list opens at a figure or at a line of a desk: the very predicate that was counted."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congress.dashboards.figures import FIGURES, handled_where
from congress.dashboards.waiting import WAITING
from suggestions.docket.filters import condition
from suggestions.docket.models import Suggestion


def _words(catalogue):
    return lambda values: "、".join(str(catalogue[value].label) for value in values if value in catalogue)


@condition("waiting", _("待办"), kind="hidden", says=_words(WAITING))
def _waiting(values, reading):
    found = Q(pk__in=())
    for value in values:
        where = value in WAITING and WAITING[value].where(reading.reader)
        if where is not False and where is not None:
            found |= Q(where)
    return found


@condition("figure", _("统计"), kind="hidden", says=_words(FIGURES))
def _figure(values, reading):
    found = Q(pk__in=())
    for value in values:
        if value in FIGURES:
            cases = FIGURES[value].cases(Suggestion.objects.filter(handled_where()), reading.today)
            found |= Q(pk__in=cases.values("pk"))
    return found
