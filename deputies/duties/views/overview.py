"""Over many deputies: the groups, who has been quiet for a year, the ledger of subsidies (统计)."""

import datetime as dt
from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import TemplateView

from congress.kit.downloads import note_for, sheet_response
from congress.kit.numbers import row_number
from congress.kit.paging import page_of
from congress.organs.rules import clerked_by, watched_by
from congress.organs.views import OfCongress
from congress.rulebook.book import rules_for
from deputies.duties import actions
from deputies.duties.overview import groups_of, inactive, subsidies, unrecorded, with_activity
from deputies.duties.reports import SUBSIDY, subsidy_rows
from deputies.duties.views.archive import period_of
from deputies.roll.models import DeputyGroup, Mandate

LACKS = {
    "both": gettext_lazy("建议和活动都没有"),
    "suggestion": gettext_lazy("没有领衔建议"),
    "activity": gettext_lazy("没有参加活动"),
    "year": gettext_lazy("今年还没有已核定的"),
}
INCOMES = {
    "without": gettext_lazy("无固定工资收入"),
    "unknown": gettext_lazy("收入情况未定"),
    "with": gettext_lazy("有固定工资收入"),
    "all": gettext_lazy("全部"),
}


class OfOffice(OfCongress):
    """A page of those who watch a congress, or keep its record."""

    congresses_of = staticmethod(watched_by)


class GroupsView(OfOffice, TemplateView):
    """How the groups stand this year; every figure is a door."""

    template_name = "deputies/duties/groups.html"

    def get_context_data(self, **kwargs):
        today = timezone.localdate()
        return super().get_context_data(
            rows=groups_of([self.congress.pk], year=today.year),
            year=today.year,
            needed=rules_for(self.congress, on=today).count("duty_days"),
            **kwargs,
        )


class InactiveView(OfOffice, TemplateView):
    """Deputies of whom nothing is on record for twelve months, or this year: facts for the office alone (A03)."""

    template_name = "deputies/duties/inactive.html"

    @cached_property
    def lacks(self):
        asked = self.request.GET.get("lacks")
        return asked if asked in LACKS else "both"

    @cached_property
    def group(self):
        """The group whose members alone are asked for."""
        asked = row_number(self.request.GET.get("group"))
        groups = DeputyGroup.objects.filter(congress=self.congress)
        return get_object_or_404(groups, pk=asked) if asked is not None else None

    def seats(self):
        seats = Mandate.objects.visible_to(self.request.user).filter(congress=self.congress)
        return seats.filter(groups=self.group) if self.group else seats

    def rows(self):
        today = timezone.localdate()
        if self.lacks == "year":
            rows = with_activity(unrecorded(self.seats(), year=today.year), on=today)
        else:
            rows = inactive(self.seats(), on=today, lacking=self.lacks)
        return rows.select_related("deputy", "delegation").order_by("delegation__position", "deputy__strokes", "pk")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            page_obj=page_of(self.rows(), self.request.GET.get("page")),
            base=self.seats().active().count(),
            is_of_year=self.lacks == "year",
            group=self.group,
            all_groups_url=self.address(self.lacks, group=None),
            tabs=[
                {"label": label, "url": self.address(code, group=self.group), "is_current": code == self.lacks}
                for code, label in LACKS.items()
            ],
            **kwargs,
        )

    def address(self, lacks, *, group):
        pairs = {"congress": self.congress.code, "lacks": lacks} | ({"group": group.pk} if group else {})
        return f"?{urlencode(pairs)}"


class _Subsidies(OfOffice):
    congresses_of = staticmethod(clerked_by)

    def ask(self, query):
        today = timezone.localdate()
        self.first, self.last = period_of(query, first=dt.date(today.year, 1, 1), last=today)
        self.income = query.get("income") if query.get("income") in INCOMES else "without"
        return subsidies(self.congress, first=self.first, last=self.last, income=self.income)

    def address(self, income):
        period = f"first={self.first:%Y-%m-%d}&last={self.last:%Y-%m-%d}"
        return f"{reverse('duties:subsidy')}?congress={self.congress.code}&income={income}&{period}"


class SubsidyView(_Subsidies, TemplateView):
    """Who is without a fixed wage and how many verified days he gave; income is noted here and nowhere else (H07)."""

    template_name = "deputies/duties/subsidy.html"

    def post(self, request):
        self.ask(request.POST)
        said = {"yes": True, "no": False, "": None}
        seats = {
            pk: said[value]
            for name, value in request.POST.items()
            if name.startswith("income-") and (pk := row_number(name.removeprefix("income-"))) and value in said
        }
        own = Mandate.objects.filter(congress=self.congress, pk__in=seats).values_list("pk", flat=True)
        changed = actions.state_income({pk: seats[pk] for pk in own}, by=request.user, on=timezone.localdate())
        messages.success(request, _("已保存，改动 %s 人。") % changed if changed else _("没有改动。"))
        return redirect(self.address(self.income))

    def get_context_data(self, **kwargs):
        rows = self.ask(self.request.GET)
        return super().get_context_data(
            rows=rows,
            total=sum(seat.duty_days for seat in rows),
            first=self.first,
            last=self.last,
            income=self.income,
            tabs=[
                {"label": label, "url": self.address(code), "is_current": code == self.income}
                for code, label in INCOMES.items()
            ],
            **kwargs,
        )


class SubsidyExportView(_Subsidies, View):
    """The ledger for the finance office."""

    http_method_names = ["post"]

    def post(self, request):
        rows = self.ask(request.POST)
        title = _("%(congress)s代表履职补贴台账（%(first)s至%(last)s）") % {
            "congress": self.congress.name,
            "first": f"{self.first:%Y-%m-%d}",
            "last": f"{self.last:%Y-%m-%d}",
        }
        what = f"subsidy {self.first} {self.last} {self.income}"
        return sheet_response(
            title,
            SUBSIDY,
            subsidy_rows(rows),
            note_for(request, len(rows)),
            lambda: actions.note_export(self.congress, count=len(rows), what=what, by=request.user),
            name=_("履职补贴台账"),
        )
