"""A sent reply enters its promises; a later round's promise takes the place of the earlier one (列入台账)."""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from congress.deadlines import actions as clocks
from congress.kit.dates import said
from congress.procedure import journal
from congress.rulebook.book import books_at_hand
from suggestions.docket import tallies
from suggestions.docket.models import Answer, Assignment, Reply, Suggestion
from suggestions.promises.models import Promise
from suggestions.promises.workflow import PROMISE

PROMISING = ~Q(promise="") | Q(promised_on__isnull=False)
LONGEST = Promise._meta.get_field("what").max_length


@transaction.atomic
def write(reply, *, on, by):
    """Enter what a sent reply promises, once; what stands in the ledger already is left alone. Returns the new rows."""
    share = reply.assignment
    promising = reply.answers.filter(PROMISING, ledger_row__isnull=True).select_related("ask")
    return [_enter(answer, share, on=on, by=by) for answer in promising]


def _enter(answer, share, *, on, by):
    handling, case = share.round, share.suggestion
    promise = Promise.objects.create(
        congress=case.congress,
        suggestion=case,
        round=handling,
        answer=answer,
        organ=share.organ,
        organ_printed=share.organ_printed,
        what=(answer.promise.strip() or answer.text.strip())[:LONGEST],
        responsible=answer.responsible,
        made_on=on,
        is_dated=answer.promised_on is not None,
        first_due_on=answer.promised_on or on,
        owed_on=answer.promised_on or on,
        due_on=answer.promised_on or on,
        stepped_on=on,
    )
    clock = start_clock(promise, on=on, by=by)
    if not promise.is_dated:
        promise.first_due_on = promise.owed_on = promise.due_on = clock.due_on
        promise.save(update_fields=["first_due_on", "owed_on", "due_on"])
    facts = {"organ": promise.unit, "what": promise.what, "until": said(promise.due_on)}
    journal.record(promise, "promise.make", by=by, on=on, facts=facts)
    for old in _overtaken(promise, share):
        _replace(old, promise, on=on, by=by)
    return promise


def start_clock(promise, *, on, by):
    """The clock of a standing promise: to the day that was said, or by the rulebook where none was."""
    if not promise.is_dated and promise.due_on == promise.made_on:
        return clocks.start("promise", promise, on=on, by=by, holder=promise.organ)
    return clocks.start_until(
        "promise",
        promise,
        due_on=promise.due_on,
        on=on,
        by=by,
        holder=promise.organ,
        said=_("%(organ)s承诺%(day)s前完成。") % {"organ": promise.unit, "day": said(promise.due_on)},
        article=_("答复中的承诺"),
    )


def _overtaken(promise, share):
    """Standing promises of earlier rounds on the same ask: the department's own, and of whoever answers no more.

    A promise that the new reply does not speak of stays: that a reply calls a thing done does not make it found kept.
    """
    answering = share.round.assignments.filter(role__in=Assignment.ANSWERS).exclude(
        state__in=[Assignment.State.RELEASED, Assignment.State.ENDED]
    )
    others = answering.exclude(organ=share.organ_id).values("organ")
    earlier = Promise.objects.standing().filter(
        answer__ask=promise.answer.ask, round__number__lt=share.round.number, suggestion=promise.suggestion
    )
    return list(earlier.exclude(organ__in=others.filter(organ__isnull=False)).order_by("pk"))


def _replace(old, new, *, on, by):
    on = _not_before(old, on)
    facts = {"organ": new.unit, "what": new.what, "until": said(new.due_on)}
    with PROMISE.taking("replace", old, by=by, on=on, facts=facts, replaced_by=new):
        close_down(old, on=on, by=by)


def _not_before(promise, on):
    """What follows by itself from a paper entered late is never earlier than what stands already."""
    return max(on, promise.stepped_on or on)


def close_down(promise, *, on, by):
    """Nothing waits for anybody any more."""
    clocks.stop_all(promise, on=on, by=by)
    promise.look_backs.pending().delete()


@transaction.atomic
def end_all(suggestion, *, on, by):
    """The suggestion was taken back: what was promised for it is owed no longer."""
    for promise in Promise.objects.standing().filter(suggestion=suggestion):
        day = _not_before(promise, on)
        with PROMISE.taking("end", promise, by=by, on=day):
            close_down(promise, on=day, by=by)


def write_left_over(*, on, by):
    """Enter the promises of replies sent before there was a ledger, oldest rounds first; returns how many.

    Each reply in a transaction of its own; running it twice enters nothing twice.
    """
    owing = Answer.objects.filter(PROMISING, reply=OuterRef("pk"), ledger_row__isnull=True)
    out = Q(sent_on__isnull=False) | Q(assignment__state=Assignment.State.DONE)  # an old one may lack its day
    replies = Reply.objects.filter(out, Exists(owing)).exclude(
        assignment__round__suggestion__state=Suggestion.State.WITHDRAWN
    )
    entered = 0
    with books_at_hand():
        ordered = replies.select_related("assignment__organ", "assignment__round__suggestion__congress")
        for reply in ordered.order_by("assignment__round__number", "pk").iterator(chunk_size=500):
            entered += _write_old(reply, on=on, by=by)
    return entered


@transaction.atomic
def _write_old(reply, *, on, by):
    case = reply.assignment.suggestion
    made_on = reply.sent_on or reply.assignment.done_on or case.replied_on or on
    entered = write(reply, on=made_on, by=by)
    tallies.retell([case.pk], congress=case.congress)
    return len(entered)
