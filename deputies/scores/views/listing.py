"""The table of scores and its export (积分表)."""

from urllib.parse import urlencode

from django.http import Http404
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from congress.kit.downloads import note_for, sheet_response
from congress.kit.paging import page_of
from deputies.roll.models import Delegation, DeputyGroup
from deputies.scores import actions
from deputies.scores.listing import HALF, SORTS, Asked, closed_rows, live_rows
from deputies.scores.models import DeputyKind, Objection, Scheme
from deputies.scores.ranking import spread
from deputies.scores.reports import score_columns, score_rows
from deputies.scores.views.choosing import OfScheme

PER_PAGE = 50


class Listing(OfScheme):
    """What the table and its export have in common."""

    def rows(self, *, with_items=False):
        chosen = self.chosen
        if chosen is None or chosen.rules is None:
            return []
        if chosen.close:
            return closed_rows(chosen.close, with_items=with_items)
        return live_rows(chosen.rules, chosen.window, on=chosen.on)


class ScoreListView(Listing, TemplateView):
    """Who has how many points in a period, with what they are measured by."""

    template_name = "deputies/scores/list.html"

    def get_context_data(self, **kwargs):
        query = self.request.GET
        self.choose(query)
        asked, rows = Asked.of(query), self.rows()
        shown = asked.narrow(rows)
        chosen = self.chosen
        is_of_groups = bool(chosen) and chosen.scheme.subject == Scheme.Subject.GROUP
        return super().get_context_data(
            congress=self.congress,
            congresses=self.congresses,
            schemes=self.schemes,
            chosen=chosen,
            asked=asked,
            is_of_groups=is_of_groups,
            page_obj=page_of(shown, query.get("page"), per_page=len(shown) or 1 if query.get("all") else PER_PAGE),
            total=len(rows),
            bars=bars_of([row.points for row in rows]),
            changed=sum(1 for row in rows if row.difference),
            export_pairs=self.export_pairs(asked),
            may_keep=self.request.user.has_perm("scores.keep", self.congress),
            delegations=[] if is_of_groups else Delegation.objects.filter(congress=self.congress),
            groups=[] if is_of_groups else DeputyGroup.objects.filter(congress=self.congress),
            kinds=[] if is_of_groups else DeputyKind.choices,
            sorts=[(code, label) for code, (label, _key) in SORTS.items()],
            open_objections=Objection.objects.filter(congress=self.congress).open().count(),
            **kwargs,
        )

    def export_pairs(self, asked):
        if self.chosen is None or self.chosen.rules is None:
            return []
        return [("scheme", self.chosen.scheme.pk), ("period", self.chosen.window.code), *asked.pairs()]


def bars_of(values):
    """The distribution as rows of a small chart: from, to, how many, and the share of the longest."""
    steps = spread(values)
    longest = max((count for _low, _high, count in steps), default=0)
    return [
        {"low": low, "high": high, "until": high - HALF, "count": count, "of": longest} for low, high, count in steps
    ]


class ScoreExportView(Listing, View):
    """What the table shows as a workbook, item by item; the journal keeps who took it (导出)."""

    def dispatch(self, request, *args, **kwargs):
        self.choose(request.POST)
        if not request.user.has_perm("scores.keep", self.congress):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def post(self, request):
        if self.chosen is None or self.chosen.rules is None:
            raise Http404
        chosen, asked = self.chosen, Asked.of(request.POST)
        rows = asked.narrow(self.rows(with_items=True))
        is_of_groups = chosen.scheme.subject == Scheme.Subject.GROUP
        items = [(item.code, item.text) for item in chosen.rules.items.all() if not item.is_off]
        what = urlencode([("period", chosen.window.code), *asked.pairs()])
        title = _("%(congress)s%(scheme)s（%(period)s）") % {
            "congress": self.congress.name,
            "scheme": chosen.scheme.name,
            "period": chosen.window.label,
        }
        return sheet_response(
            title,
            score_columns(items, is_of_groups=is_of_groups),
            list(score_rows(rows, items, is_of_groups=is_of_groups)),
            note_for(request, len(rows)),
            lambda: actions.note_export(self.congress, count=len(rows), what=what, by=request.user),
            name=_("积分表"),
        )
