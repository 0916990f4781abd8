"""The register of debriefings with its rates, who is missing, and the tables that leave the house (述职台账)."""

from django.db.models import Count, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import TemplateView

from congress.kit.downloads import note_for, sheet_response
from congress.kit.numbers import asked_year
from congress.kit.paging import page_of
from congress.organs.rules import watched_by
from congress.organs.views import OfCongress
from deputies.debriefings import actions, figures
from deputies.debriefings.models import Debriefing, Statement
from deputies.debriefings.reports import MISSING, REGISTER, missing_rows, register_rows

S = Debriefing.State
TABS = {
    "all": (gettext_lazy("全部"), Q()),
    "planned": (gettext_lazy("待述职"), Q(state=S.PLANNED)),
    "held": (gettext_lazy("待测评"), Q(state=S.HELD)),
    "evaluated": (gettext_lazy("待公布"), Q(state=S.EVALUATED)),
    "published": (gettext_lazy("已公布"), Q(state=S.PUBLISHED)),
}


class OfYear(OfCongress):
    """The congresses whose debriefings the reader follows, the one that is asked for, and the year."""

    congresses_of = staticmethod(watched_by)

    @cached_property
    def year(self):
        return asked_year(self.query.get("year", ""), default=self.today.year)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            year=self.year,
            years=range(self.today.year, self.today.year - 6, -1),
            may_keep=self.request.user.has_perm("debriefings.keep", self.congress),
            **kwargs,
        )


class DebriefingList(OfYear, TemplateView):
    """What was planned and held in a year, and how far the congress is from its rate."""

    template_name = "deputies/debriefings/list.html"

    def get_context_data(self, **kwargs):
        own = Debriefing.objects.visible_to(self.request.user).filter(
            congress=self.congress, planned_on__year=self.year
        )
        tab = self.request.GET.get("tab")
        tab = tab if tab in TABS else "all"
        counts = own.aggregate(**{code: Count("pk", filter=which) for code, (_label, which) in TABS.items()})
        reporting = Count("statements", filter=Q(statements__is_missed=False))
        rows = own.filter(TABS[tab][1]).annotate(deputies=reporting).select_related("constituency", "group")
        missing = figures.unreported(self.congress, on=self.today).count()
        total = figures.sitting([self.congress], on=self.today).count()
        return super().get_context_data(
            page_obj=page_of(rows.order_by("-planned_on", "-pk"), self.request.GET.get("page"), count=counts[tab]),
            tabs=[(code, label, counts[code]) for code, (label, _which) in TABS.items()],
            tab=tab,
            rate=figures.rates([self.congress], year=self.year, on=self.today)[0],
            missing=missing,
            covered=total - missing,
            total=total,
            **kwargs,
        )


class CoverageView(OfYear, TemplateView):
    """Who has not reported in this term, who has, and the rates of every level that the reader follows."""

    template_name = "deputies/debriefings/coverage.html"

    def get_context_data(self, **kwargs):
        lists = {
            "missing": (_("本届尚未述职"), figures.unreported(self.congress, on=self.today)),
            "term": (_("本届已述职"), figures.reported(self.congress, on=self.today)),
            "year": (_("%s年已述职") % self.year, figures.reported(self.congress, on=self.today, year=self.year)),
        }
        who = self.request.GET.get("who")
        who = who if who in lists else "missing"
        counts = {code: rows.count() for code, (_label, rows) in lists.items()}
        return super().get_context_data(
            page_obj=page_of(lists[who][1], self.request.GET.get("page"), count=counts[who]),
            tabs=[(code, label, counts[code]) for code, (label, _rows) in lists.items()],
            who=who,
            finding=lists[who][0],
            rates=figures.rates(self.congresses, year=self.year, on=self.today),
            **kwargs,
        )


class ExportView(OfYear, View):
    """The register of a year, or the list of those missing; the journal keeps who took it."""

    http_method_names = ["post"]

    def post(self, request):
        if request.POST.get("what") == "missing":
            columns, rows = MISSING, list(missing_rows(figures.unreported(self.congress, on=self.today)))
            title = _("%s本届尚未述职的代表") % self.congress
        else:
            columns, rows = REGISTER, list(register_rows(self.statements()))
            title = _("%(congress)s%(year)s年代表述职台账") % {"congress": self.congress, "year": self.year}

        def note():
            actions.note_export(self.congress, count=len(rows), what=title, by=request.user)

        return sheet_response(title, columns, rows, note_for(request, len(rows)), note, name=title)

    def statements(self):
        rows = Statement.objects.reporting().filter(
            debriefing__congress=self.congress, debriefing__planned_on__year=self.year
        )
        return (
            rows.select_related("debriefing", "mandate__deputy", "mandate__delegation")
            .prefetch_related("tallies")
            .order_by("debriefing__planned_on", "debriefing", "mandate__deputy__strokes")
        )
