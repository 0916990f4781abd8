"""How the congresses of the townships work, each with who looks after it, and what is behind a number (乡镇考核)."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from congress.dashboards import scorecard
from congress.dashboards.reports import township_table
from congress.kit.downloads import note_for, sheet_response
from congress.kit.paging import page_of
from congress.procedure import journal
from deputies.pledges.lights import Light
from deputies.pledges.views.townships import UNTIED, OfTownships


class OfScorecard(OfTownships):
    """The townships as the address narrows and orders them: all, those that owe something, those without a member."""

    @cached_property
    def rows(self):
        return scorecard.scorecard(self.townships, year=self.year, on=self.on)

    @cached_property
    def light(self):
        asked = self.asked.get("light")
        return asked if asked in (Light.LATE, UNTIED) else ""

    @cached_property
    def by_met(self):
        return self.asked.get("order") == "met"

    def shown(self):
        rows = self.rows
        if self.light == Light.LATE:
            rows = [row for row in rows if row.late]
        elif self.light == UNTIED:
            rows = [row for row in rows if row.tie is None]
        return sorted(rows, key=lambda row: (-row.met, row.late)) if self.by_met else rows


class ScorecardView(OfScorecard, TemplateView):
    """Townships by items; every number is a door to what it counts."""

    template_name = "congress/dashboards/townships.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            rows=self.shown(),
            total=len(self.rows),
            late=sum(bool(row.late) for row in self.rows),
            untied=sum(row.tie is None for row in self.rows),
            light=self.light,
            by_met=self.by_met,
            heads=scorecard.heads(),
            items=scorecard.ITEMS,
            **kwargs,
        )


class ScorecardExportView(OfScorecard, View):
    """What the page shows as a workbook; the journal keeps who took it."""

    http_method_names = ["post"]

    def post(self, request):
        columns, rows = township_table(self.shown())
        title = _("%(year)s年乡镇人大工作考核表（截至%(on)s）") % {"year": self.year, "on": f"{self.on:%Y-%m-%d}"}

        def noted():
            facts = {"who": request.user.name, "what": title, "count": len(rows)}
            journal.record(self.above, "townships.export", by=request.user, facts=facts, congress=self.above)

        return sheet_response(title, columns, rows, note_for(request, len(rows)), noted, name=_("乡镇人大工作考核表"))


class OfTownship(OfTownships):
    """One township of those that the reader reads."""

    @cached_property
    def township(self):
        return get_object_or_404(self.townships, code=self.kwargs["code"])


class TownshipView(OfTownship, TemplateView):
    """One township on a page, as its own office and the member on his phone read it."""

    template_name = "congress/dashboards/township.html"

    def get_context_data(self, **kwargs):
        row = scorecard.scorecard([self.township], year=self.year, on=self.on)[0]
        return super().get_context_data(township=self.township, row=row, **kwargs)


class TownshipFigureView(OfTownship, TemplateView):
    """The rows behind one number; what the reader may not open stands there without its words."""

    template_name = "congress/dashboards/township_figure.html"

    def get_context_data(self, **kwargs):
        item = scorecard.BY_CODE.get(self.kwargs["figure"])
        if item is None or item.quota:
            raise Http404
        row = scorecard.scorecard([self.township], year=self.year, on=self.on)[0]
        mark = next(mark for mark in row.marks if mark.item == item)
        page_obj = page_of(
            scorecard.sources(self.township, item, year=self.year, on=self.on), self.request.GET.get("page")
        )
        return super().get_context_data(
            township=self.township,
            item=item,
            mark=mark,
            page_obj=page_obj,
            lines=self.opened(page_obj.object_list),
            back=f"{reverse('dashboards:township', args=[self.township.code])}?year={self.year}",
            **kwargs,
        )

    def opened(self, sources):
        """[(line, its address or nothing, its words)]; all lines of a page are of one kind."""
        if not sources:
            return []
        rows = type(sources[0].thing).objects.visible_to(self.request.user)
        pks = set(rows.filter(pk__in=[each.thing.pk for each in sources]).values_list("pk", flat=True))
        return [
            (each, each.thing.get_absolute_url(), each.title)
            if each.thing.pk in pks
            else (each, "", each.plain or each.title)
            for each in sources
        ]
