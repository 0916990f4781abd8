"""Closing a period and showing it to the deputies (结转、亮分)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from congress.kit.dates import said
from congress.procedure import journal
from congress.rulebook.book import deadline
from deputies.duties.models import DutyRecord
from deputies.scores.boards import ranked, rules_of
from deputies.scores.models import PeriodClose, Scheme, ScoreLine, Standing
from deputies.scores.tally import Tally
from deputies.scores.workflow import CLOSING

BASE, CAP = "base", "cap"  # the codes of the two lines that are no item


def open_records(congress, window):
    """Records of the period that are not settled yet and so give nobody a point."""
    rows = DutyRecord.objects.filter(congress=congress, state__in=DutyRecord.UNSETTLED)
    return rows.between(window.first, window.last)


@transaction.atomic
def close_period(scheme, window, *, on, by, leaves_open=False, request_key=""):
    """Write down where everybody stands at the end of a period; from now on it does not move (结转)."""
    scheme = Scheme.objects.select_for_update().get(pk=scheme.pk)
    rules = rules_of(scheme, window)
    if not scheme.counts_from(window.first):
        raise ValidationError(_("这一办法已经停用，计分到%s为止。") % said(scheme.ends_on))
    if rules is None:
        raise ValidationError(_("这一周期还没有规则。"))
    if not window.is_over(on=on):
        raise ValidationError(_("这一周期到%s才结束，还不能结转。") % said(window.last))
    if scheme.closes.filter(code=window.code).exists():
        raise ValidationError(_("这一周期已经结转。"))
    waiting = open_records(scheme.congress_id, window).count()
    if waiting and not leaves_open:
        raise ValidationError(
            {"leaves_open": _("还有 %s 条登记没有核定，不计分。请先核定，或者勾选“不等了”。") % waiting}
        )
    close = PeriodClose.objects.create(
        congress=scheme.congress,
        scheme=scheme,
        rules=rules,
        code=window.code,
        first=window.first,
        last=window.last,
        closed_on=on,
        closed_by=by,
        object_until=deadline(scheme.congress, "objection_confirm", start=on).due_on,
    )
    tally = Tally(rules, window)
    rows = ranked(tally.scored())
    _write_down(close, rows, tally.sources())
    journal.record(
        close,
        "closing.close",
        by=by,
        on=on,
        facts={"period": window.label, "count": len(rows), "waiting": waiting},
        request_key=request_key,
    )
    return close


def _write_down(close, rows, sources):
    """One standing a subject, one line an item: two statements however many deputies there are."""
    is_group = close.scheme.subject == Scheme.Subject.GROUP
    standings = [
        Standing(
            close=close,
            mandate=None if is_group else row.subject,
            group=row.subject if is_group else None,
            kind=row.kind,
            points=row.points,
            rank=row.rank,
            band=row.band,
            days=row.days,
            called=row.called,
            came=row.came,
        )
        for row in rows
    ]
    Standing.objects.bulk_create(standings)
    ScoreLine.objects.bulk_create(
        line
        for standing, row in zip(standings, rows, strict=True)
        for line in _lines(standing, row.score, sources[row.subject.pk])
    )


def _lines(standing, score, sources):
    """The lines of one standing; their points add up to it."""
    lines = []
    if score.base:
        lines.append({"code": BASE, "text": _("基础分"), "won": score.base, "points": score.base})
    lines += [
        {
            "code": line.item.code,
            "text": line.item.text,
            "count": line.count,
            "norm": line.norm,
            "won": line.won,
            "points": line.points,
            "records": sources[line.item.code],
        }
        for line in score.lines
    ]
    if score.trimmed:
        lines.append({"code": CAP, "text": _("超过总分上限"), "won": score.trimmed, "points": score.trimmed})
    return [
        ScoreLine(standing=standing, position=place, **({"count": None, "norm": None} | line))
        for place, line in enumerate(lines, start=1)
    ]


def publish(close, *, on, by, version=None, request_key=""):
    """Show a closed period to the deputies, as far as its scheme says (亮分)."""
    facts = {"period": close.label, "shown": str(close.scheme.get_shown_display())}
    with CLOSING.taking(
        "publish", close, by=by, on=on, version=version, facts=facts, request_key=request_key, published_on=on
    ):
        pass
    return close


def note_export(congress, *, count, what, by):
    """A table of scores that leaves the house stands in the journal."""
    journal.record(congress, "scores.export", by=by, facts={"count": count, "what": what}, congress=congress)
