"""Looking back whether a promise was kept, and what the deputy says of it (回头看)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from congress.deadlines import actions as clocks
from congress.files import actions as files
from congress.kit.dates import said
from congress.procedure import journal
from suggestions.promises.actions.writing import start_clock
from suggestions.promises.models import LookBack, Promise, Word
from suggestions.promises.workflow import PROMISE

_STEPS = {
    LookBack.Outcome.KEPT: "look_back",
    LookBack.Outcome.PARTLY: "find_partly",
    LookBack.Outcome.BROKEN: "find_broken",
}


@transaction.atomic
def call(promise, *, cause, on, by, report=None):
    """Put a look-back on the office's desk (提出回头看); one that waits there already takes up the new report."""
    waiting = promise.look_backs.pending().first()
    if waiting is not None:
        waiting.report = report or waiting.report
        waiting.save(update_fields=["report"])
        return waiting
    look_back = promise.look_backs.create(cause=cause, report=report, opened_on=on)
    facts = {"cause": LookBack.Cause(cause).label, "by_report": cause == LookBack.Cause.REPORTED}
    journal.record(promise, "promise.call", by=by, on=on, facts=facts)
    clocks.start("look_back", promise, on=on, by=by, holder=promise.congress)
    return look_back


def call_due(*, on, by):
    """Call for a look-back wherever a promised day has passed since the last one; returns how many."""
    since = LookBack.objects.filter(promise=OuterRef("pk"), opened_on__gt=OuterRef("due_on"))
    due = Promise.objects.overdue(on=on).exclude(Exists(since)).exclude(look_backs__outcome="")
    called = 0
    for promise in due.select_related("congress", "suggestion").order_by("pk").iterator(chunk_size=500):
        call(promise, cause=LookBack.Cause.DUE, on=on, by=by)
        called += 1
    return called


@transaction.atomic
def look_back(
    promise, *, outcome, words, done_on=None, new_due_on=None, deputy_said="", photos=(), on, by, version=None
):
    """The office goes and looks (回头看). Kept ends it; anything less opens it again, to the same day or to a new one.

    A new day does not make up for the old one: in time means by the day that was promised, or put off with leave.
    """
    if not words.strip():
        raise ValidationError({"words": _("请写明看到了什么。")})
    is_kept = outcome == LookBack.Outcome.KEPT
    if is_kept:
        new_due_on = None
        done_on = _done_on(promise, done_on, on=on)
    elif new_due_on and new_due_on <= on:
        raise ValidationError({"new_due_on": _("新定日期应晚于今天。")})
    due_on = new_due_on or promise.due_on
    with PROMISE.taking(
        _STEPS[outcome],
        promise,
        by=by,
        on=on,
        version=version,
        facts=_found(promise, words, new_due_on),
        done_on=done_on if is_kept else None,
        due_on=due_on,
        asked_until=None,
        asked_reason="",
    ):
        row = _row_of(promise, on=on)
        row.outcome, row.words, row.deputy_said = outcome, words.strip(), deputy_said.strip()
        row.new_due_on, row.checked_on, row.checked_by = new_due_on, on, by
        row.save()
        row.photos.add(*[files.store(each, congress=promise.congress, by=by, case=promise) for each in photos])
        clocks.meet("look_back", promise, on=on, by=by)
        _run_on(promise, is_kept=is_kept, is_moved=bool(new_due_on), on=on, by=by)
    return row


def _done_on(promise, done_on, *, on):
    found = done_on or promise.done_on or on
    if not promise.made_on <= found <= on:
        raise ValidationError({"done_on": _("完成日期应在承诺之日以后、查看之日以前。")})
    return found


def _found(promise, words, new_due_on):
    by_when = _("改到%s前") % said(new_due_on) if new_due_on else _("仍按%s前完成") % said(promise.due_on)
    return {
        "office": promise.congress.office_name,
        "organ_id": promise.organ_id,
        "words": words.strip(),
        "by_when": by_when,
    }


def _row_of(promise, *, on):
    """The look-back that waits, or one that nobody called for (不定期); it looks at the last report."""
    row = promise.look_backs.pending().first()
    if row is None:
        row = LookBack(promise=promise, cause=LookBack.Cause.OFFICE, opened_on=on)
    row.report = row.report or promise.reports.first()
    return row


def _run_on(promise, *, is_kept, is_moved, on, by):
    if is_kept:
        clocks.meet("promise", promise, on=on, by=by)
    elif clocks.running("promise", promise) is None:
        start_clock(promise, on=on, by=by)
    elif is_moved:
        reason = _("回头看后新定")
        clocks.extend("promise", promise, due_on=promise.due_on, on=on, by=by, reason=reason)


@transaction.atomic
def speak(promise, *, mandate, said, text="", on, by, request_key=""):
    """The deputy says what he sees (代表说一句); "not kept" of what is called kept calls for another look."""
    is_bad = said == Word.Said.NOT_KEPT
    facts = {"said": Word.Said(said).label, "words": f"，{text.strip()}" if text.strip() else "", "is_bad": is_bad}
    with PROMISE.taking("speak", promise, by=by, on=on, facts=facts, request_key=request_key):
        word = promise.deputy_words.create(mandate=mandate, said=said, text=text.strip(), said_on=on)
    if is_bad and (promise.state == Promise.State.KEPT or promise.is_overdue(on)):
        call(promise, cause=LookBack.Cause.DEPUTY, on=on, by=by)
    return word


def note_export(congress, *, count, on, by, what=""):
    """Put down that somebody took the ledger out of the portal (导出留痕)."""
    facts = {"who": by.name, "count": count, "what": what}
    return journal.record(congress, "promise.export", by=by, on=on, congress=congress, facts=facts)
