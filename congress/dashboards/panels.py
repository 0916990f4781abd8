"""How the docket's list opens at a figure or at a line of a desk: the very predicate that was counted; and how the
townships that a deputy looks after stand, on his page."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from congress.dashboards.desks import LED
from congress.dashboards.figures import FIGURES, handled_where
from congress.dashboards.scorecard import scorecard
from congress.dashboards.waiting import WAITING
from congress.kit.numbers import row_numbers
from congress.organs.models import Congress, Department
from congress.procedure.panels import Panel, panel
from deputies.pledges.models import TownshipTie
from deputies.roll.seats import seats_of
from suggestions.docket.filters import condition
from suggestions.docket.models import Suggestion
from suggestions.docket.tallies import leading_share


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


@condition(
    "led", _("本人"), kind="hidden", says=lambda values: "、".join(str(LED[each][0]) for each in values if each in LED)
)
def _led(values, reading):
    found = Q(pk__in=())
    for value in values:
        if value in LED:
            found |= LED[value][1] & Q(lead__in=seats_of(reading.reader))
    return found


def _department_names(values):
    return "、".join(Department.objects.filter(pk__in=row_numbers(values)).values_list("short_name", flat=True))


@condition("leading", _("主办单位"), kind="hidden", says=_department_names)
def _leading(values, reading):
    """The department under which the cockpit counts a case; one that several answer apart stands under the first."""
    led = Suggestion.objects.filter(handled_where()).alias(leading=leading_share("organ"))
    return Q(pk__in=led.filter(leading__in=row_numbers(values)).values("pk"))


@panel("pledges.mine")
class TownshipsOfHis(Panel):
    """The townships that a member of the committee looks after, each with how its congress works (挂钩联系)."""

    template_name = "congress/dashboards/_townships.html"

    def context(self, subject, *, reader):
        ties = TownshipTie.objects.of(reader).order_by().values("township")
        townships = list(Congress.objects.filter(pk__in=ties).order_by("position", "pk"))
        if not townships:
            return None
        today = timezone.localdate()
        return {"rows": scorecard(townships, year=today.year, on=today)}
