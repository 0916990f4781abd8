"""What the ledger shows on the page of a case: each promise, how it stands, and the step this reader may take."""

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from congress.kit.statements import Statement
from congress.organs.hats import hats_of
from congress.procedure.panels import Panel, panel
from suggestions.promises.models import LookBack, Promise, Report

S = Promise.State


@Statement
def _promises(case):
    """With the last report and the last finding, so that the page follows from this one question."""
    reports = Report.objects.filter(promise=OuterRef("pk"))
    checked = LookBack.objects.filter(promise=OuterRef("pk")).exclude(outcome="")
    waiting = LookBack.objects.pending().filter(promise=OuterRef("pk"))
    return (
        Promise.objects.filter(suggestion=case)
        .select_related("organ")
        .annotate(
            report_words=Subquery(reports.values("words")[:1]),
            found=Subquery(checked.values("outcome")[:1]),
            found_words=Subquery(checked.values("words")[:1]),
            waits=Subquery(waiting.values("pk")[:1]),
        )
        .order_by("round", "answer__ask__number", "id")
    )


@panel("docket.case", order=30)
class LedgerPanel(Panel):
    """The promises of the case, those of earlier rounds behind the present ones."""

    template_name = "suggestions/promises/_panel.html"

    def asked(self, subject, *, reader):
        if not subject.round_number:
            return []
        if not hasattr(subject, "_promises_asked"):
            subject._promises_asked = _promises.about(case=subject.pk)
        return [subject._promises_asked]

    def context(self, subject, *, reader):
        promises = [row for question in self.asked(subject, reader=reader) for row in question.rows()]
        if not promises:
            return None
        hats, today = hats_of(reader), timezone.localdate()
        for promise in promises:
            promise.light = light_of(promise, on=today)
            promise.is_late = promise.is_overdue(today)
            promise.next_step = _next_step(promise, hats, subject.congress_id)
        return {
            "promises": [each for each in promises if each.state != S.REPLACED],
            "replaced": [each for each in promises if each.state == S.REPLACED],
        }


def _next_step(promise, hats, congress):
    """The one step that this reader owes; whatever else he may do stands on the promise's own page."""
    if congress in hats.clerk_of:
        if promise.state == S.ASKED:
            return "grant"
        return "look_back" if promise.waits else ""
    if promise.organ_id in (hats.officer_of | hats.head_of) and promise.state in Promise.OWED:
        return "report"
    return ""


_LIGHTS = {S.REPORTED: "wait", S.KEPT: "done", S.REPLACED: "end", S.ENDED: "end"}


def light_of(promise, *, on):
    return "late" if promise.is_overdue(on) else _LIGHTS.get(promise.state, "run")
