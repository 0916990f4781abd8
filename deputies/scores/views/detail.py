"""One score: its lines, and behind each line the records it was counted from (积分明细)."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView

from deputies.duties.models import DutyRecord
from deputies.roll.models import Deputy, DeputyGroup, Mandate
from deputies.scores import actions
from deputies.scores.boards import now_of
from deputies.scores.listing import corrected_of
from deputies.scores.models import Scheme
from deputies.scores.tally import Tally
from deputies.scores.views.choosing import OfScheme


class ScoreView(OfScheme, TemplateView):
    """One score: its lines, and behind each line the records it was counted from."""

    template_name = "deputies/scores/detail.html"
    subject_kind = Scheme.Subject.DEPUTY

    def get_subject(self):
        rows = Mandate.objects.select_related("deputy", "delegation", "congress").defer(*Deputy.personal())
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
        "calls": [] if tally.is_of_groups else tally.calls_of(subject.pk),
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
