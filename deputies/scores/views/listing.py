"""The table of scores and its export; one score with the records behind every point (积分表)."""

from decimal import Decimal
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from congress.kit.paging import page_of
from deputies.duties.models import DutyRecord
from deputies.roll.models import Delegation, DeputyGroup, Mandate
from deputies.roll.views.listing import note_for, sheet_response
from deputies.scores import actions, grounds
from deputies.scores.boards import now_of
from deputies.scores.listing import SORTS, Asked, closed_rows, corrected_of, live_rows
from deputies.scores.models import DeputyKind, Objection, Scheme
from deputies.scores.ranking import spread
from deputies.scores.reports import score_columns, score_rows
from deputies.scores.tally import SECRETS, Tally
from deputies.scores.views.choosing import OfScheme

PER_PAGE = 50
HALF = Decimal("0.5")  # the smallest step of points: what lies below the next bar


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


class ScoreView(OfScheme, TemplateView):
    """One score: its lines, and behind each line the records it was counted from."""

    template_name = "deputies/scores/detail.html"
    subject_kind = Scheme.Subject.DEPUTY

    def get_subject(self):
        rows = Mandate.objects.select_related("deputy", "delegation", "congress").defer(*SECRETS)
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        subject = self.get_subject()
        if not self.request.user.has_perm("scores.view_list", subject):
            raise Http404
        query = self.request.GET.copy()
        query.setdefault("congress", subject.congress.code)
        self.choose(query)
        if self.congress.pk != subject.congress_id or (self.chosen and self.chosen.scheme.subject != self.subject_kind):
            self.chosen = None
        return super().get_context_data(
            subject=subject,
            name=getattr(subject, "deputy", subject).name,
            chosen=self.chosen,
            is_of_groups=self.subject_kind == Scheme.Subject.GROUP,
            **self.score_of(subject),
            **kwargs,
        )

    def _first(self):
        fitting = [each for each in self.schemes if each.subject == self.subject_kind]
        return next((each for each in fitting if each.is_adopted), None)

    def score_of(self, subject):
        chosen = self.chosen
        if chosen is None or chosen.rules is None:
            return {"score": None}
        found = closed_score(chosen.close, subject) if chosen.close else None
        return found or live_score(chosen.rules, chosen.window, subject, on=chosen.on)


class GroupScoreView(ScoreView):
    """The score of a group."""

    subject_kind = Scheme.Subject.GROUP

    def get_subject(self):
        return get_object_or_404(DeputyGroup.objects.select_related("congress"), pk=self.kwargs["pk"])


def live_score(version, window, subject, *, on):
    """{score, lines, …} as the records are now; a fixed number of statements."""
    tally = Tally(version, window, on=on)
    row = next(iter(tally.scored(only=subject.pk)), None)
    if row is None:
        return {"score": None}
    sources = tally.sources(only=subject.pk)[subject.pk]
    lines = [
        {
            "item": line.item,
            "text": line.item.text,
            "block": line.item.block,
            "unit": line.item.unit,
            "count": line.count,
            "norm": line.norm,
            "won": line.won,
            "points": line.points,
            "missing": line.missing,
            "records": sources.get(line.item.code, []),
        }
        for line in row.score.lines
    ]
    return {
        "score": row,
        "lines": lines,
        "base": row.score.base,
        "trimmed": row.score.trimmed,
        "of_days": window.days,
        "is_running": not tally.is_over,
        "off": [item for item in tally.items if item.is_off],
    }


def closed_score(close, subject):
    """The same for a closed period, from what was written down; the difference to now stands beside it."""
    is_group = close.scheme.subject == Scheme.Subject.GROUP
    standing = close.standings.filter(**{"group" if is_group else "mandate": subject}).first()
    if standing is None:
        return None
    standing.close = close
    return standing_score(standing)


def standing_score(standing):
    close = standing.close
    lines = list(standing.lines.all())
    records = DutyRecord.objects.in_bulk({pk for line in lines for pk in line.records})
    items = {item.code: item for item in close.rules.items.all()}
    now = now_of(standing)
    corrected = corrected_of(standing)
    shown = [
        {
            "item": items[line.code],
            "text": line.text,
            "block": items[line.code].block,
            "unit": items[line.code].unit,
            "count": line.count,
            "norm": line.norm,
            "won": line.won,
            "points": line.points,
            "missing": max(line.norm - line.count, 0) if line.norm is not None else 0,
            "records": [records[pk] for pk in line.records if pk in records],
        }
        for line in lines
        if line.code in items
    ]
    ends = {line.code: line.points for line in lines if line.code not in items}
    return {
        "score": standing,
        "standing": standing,
        "lines": shown,
        "base": ends.get(actions.BASE, 0),
        "trimmed": ends.get(actions.CAP, 0),
        "of_days": (close.last - close.first).days + 1,
        "is_running": False,
        "now": now.points if now else None,
        "corrected": corrected,
        "after": standing.points + corrected,
        "difference": now.points - standing.points - corrected if now else 0,
        "objections": list(standing.objections.all()),
    }


class KindsView(OfScheme, TemplateView):
    """What kind of deputy each one is counted as, for norms that are fair; the office says it (代表类别)."""

    template_name = "deputies/scores/kinds.html"

    def seats(self):
        rows = Mandate.objects.active().filter(congress=self.congress)
        rows = rows.select_related("deputy", "delegation", "kind_row").defer(*SECRETS)
        words = self.request.GET.get("q", "").strip()[:60]
        return rows.filter(deputy__name__contains=words) if words else rows

    def dispatch(self, request, *args, **kwargs):
        self.choose(request.POST if request.method == "POST" else request.GET)
        if not request.user.has_perm("scores.keep", self.congress):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        rows = self.seats().order_by("delegation__position", "deputy__strokes", "pk")
        return super().get_context_data(
            congress=self.congress,
            kinds=DeputyKind.choices,
            page_obj=page_of(rows, self.request.GET.get("page"), per_page=PER_PAGE),
            words=self.request.GET.get("q", ""),
            **kwargs,
        )

    def post(self, request):
        named = {key.removeprefix("kind_"): value for key, value in request.POST.items() if key.startswith("kind_")}
        told = {
            int(pk): kind for pk, kind in named.items() if pk.isascii() and pk.isdigit() and kind in DeputyKind.values
        }
        mine = set(Mandate.objects.filter(congress=self.congress, pk__in=told).values_list("pk", flat=True))
        changed = actions.place_kinds(
            self.congress,
            {pk: kind for pk, kind in told.items() if pk in mine},
            on=timezone.localdate(),
            by=request.user,
        )
        messages.success(request, _("已保存，改动 %s 名代表。") % changed)
        return redirect(f"{reverse('scores:kinds')}?{urlencode({'congress': self.congress.code})}")


class GroundsView(OfScheme, TemplateView):
    """Who stayed away from sessions without leave: the one list that the law asks for; nothing follows by itself."""

    template_name = "deputies/scores/grounds.html"

    def get_context_data(self, **kwargs):
        self.choose(self.request.GET)
        threshold, found = grounds.absent_from_sessions(self.congress, on=timezone.localdate())
        return super().get_context_data(congress=self.congress, threshold=threshold, found=found, **kwargs)
