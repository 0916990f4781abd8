"""Starting, moving and ending clocks. Every act leaves its line in the ledger."""

from django.db import transaction
from django.utils.translation import gettext as _

from congress.deadlines.models import Clock, ClockMove
from congress.kit.dates import said_short
from congress.procedure.models import case_key
from congress.procedure.reactions import announce
from congress.rulebook.book import deadline
from congress.rulebook.reckoning import Step, closing

_AT_ONCE = 500  # rows a statement


@transaction.atomic
def start(rule, subject, *, on, by, holder=None, measured_by=""):
    """Start the clock of a rule on a part of a case; a clock of that rule already running there is left alone.

    `measured_by` names another rule that gives its length, e.g. the longer period for difficult ones.
    """
    running = Clock.objects.on_subject(subject).running().filter(rule=rule).first()
    if running:
        return running
    measured_by = measured_by or rule
    computed = deadline(_congress_of(subject), measured_by, start=on)
    clock = _clock(
        rule, subject, computed, on=on, holder=holder, provisional=computed.provisional, measured_by=measured_by
    )
    clock.save(force_insert=True)
    _enter(clock, ClockMove.Verb.START, on=on, by=by)
    return clock


@transaction.atomic
def start_until(rule, subject, *, due_on, on, by, holder=None, said="", article=""):
    """Start a clock whose last day was said by somebody, not reckoned; `said` is the sentence that names it."""
    running = Clock.objects.on_subject(subject).running().filter(rule=rule).first()
    if running:
        return running
    kind, case_id, _congress_id = case_key(subject)
    clock = Clock.objects.create(
        congress=_congress_of(subject),
        case_kind=kind,
        case_id=case_id,
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        rule=rule,
        holder=holder,
        started_on=on,
        due_on=due_on,
        article=article,
        steps=[Step(on, said, article).as_json(), closing(due_on, article).as_json()],
    )
    _enter(clock, ClockMove.Verb.START, on=on, by=by)
    return clock


def _congress_of(subject):
    return getattr(subject, "journal_case", subject).congress


def _clock(rule, subject, computed, *, on, holder, **fields):
    """The clock of a reckoning, not written yet."""
    kind, case_id, _congress_id = case_key(subject)
    fields.setdefault("measured_by", rule)
    return Clock(
        congress=_congress_of(subject),
        case_kind=kind,
        case_id=case_id,
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        rule=rule,
        holder=holder,
        started_on=on,
        due_on=computed.due_on,
        profile_version_id=computed.version_id,
        article=computed.article,
        steps=computed.as_json(),
        **fields,
    )


def running(rule, subject):
    """The running clock of that rule on this part, or None."""
    return Clock.objects.on_subject(subject).running().filter(rule=rule).first()


def meet(rule, subject, *, on, by):
    """The duty was done on that day: end its clock."""
    return _end(Clock.objects.on_subject(subject).filter(rule=rule), Clock.State.MET, ClockMove.Verb.MEET, on=on, by=by)


def stop(rule, subject, *, on, by):
    """The duty fell away: end its clock without calling it done."""
    return _end(
        Clock.objects.on_subject(subject).filter(rule=rule), Clock.State.STOPPED, ClockMove.Verb.STOP, on=on, by=by
    )


def stop_all(subject, *, on, by):
    """End every clock that still runs on this part."""
    return _end(Clock.objects.on_subject(subject), Clock.State.STOPPED, ClockMove.Verb.STOP, on=on, by=by)


def stop_case(case, *, on, by):
    """End every clock that still runs anywhere on the case."""
    return _end(Clock.objects.on_case(case), Clock.State.STOPPED, ClockMove.Verb.STOP, on=on, by=by)


@transaction.atomic
def change_rule(rule, subject, *, to, on, by, reason):
    """Measure the running period by another rule from the same first day, e.g. the longer period for difficult ones."""
    clock = Clock.objects.on_subject(subject).running().select_for_update().get(rule=rule)
    computed = deadline(clock.congress, to, start=clock.started_on)
    clock.measured_by = to
    take(clock, computed)
    return move(clock, computed.due_on, ClockMove.Verb.EXTEND, on=on, by=by, reason=reason)


@transaction.atomic
def extend(rule, subject, *, due_on, on, by, reason):
    """Give the running period a later last day."""
    clock = Clock.objects.on_subject(subject).running().select_for_update().get(rule=rule)
    clock.measured_by, clock.provisional = "", False
    decided = Step(on, _("决定延长到%(day)s。%(reason)s") % {"day": said_short(due_on), "reason": reason})
    clock.steps = [*clock.steps[:-1], decided.as_json(), closing(due_on, clock.article).as_json()]
    return move(clock, due_on, ClockMove.Verb.EXTEND, on=on, by=by, reason=reason)


RECKONED = ("steps", "article", "provisional", "profile_version_id")


def take(clock, computed):
    """Carry a reckoning over to its clock; the date itself moves through the ledger."""
    clock.steps, clock.article, clock.provisional = computed.as_json(), computed.article, computed.provisional
    clock.profile_version_id = computed.version_id


def move(clock, due_on, verb, *, on, by, reason):
    clock.due_on = due_on
    clock.version += 1
    clock.save(update_fields=[*RECKONED, "due_on", "version", "measured_by"])
    _enter(clock, verb, on=on, by=by, reason=reason)
    return clock


@transaction.atomic
def hand_over(subject, *, of, to, on, by, reason):
    """Another organ owes from now on what one owed on this part; the dates stay (由承接单位继续计时)."""
    for clock in Clock.objects.on_subject(subject).running().filter(holder=of).select_for_update():
        clock.holder, clock.version = to, clock.version + 1
        clock.save(update_fields=["holder", "version"])
        _enter(clock, ClockMove.Verb.HAND_OVER, on=on, by=by, reason=reason)


@transaction.atomic
def _end(clocks, state, verb, *, on, by):
    ended = list(clocks.running().select_for_update())
    for clock in ended:
        clock.state, clock.ended_on, clock.version = state, on, clock.version + 1
        clock.save(update_fields=["state", "ended_on", "version"])
        _enter(clock, verb, on=on, by=by)
    return ended


def _enter(clock, verb, *, on, by, reason=""):
    clock.moves.create(version=clock.version, verb=verb, on=on, due_on=clock.due_on, reason=reason, by=by)
    announce("clock.moved", clock)


@transaction.atomic
def put_down_past(rule, pasts, *, by):
    """Put down periods that had run out before the portal, [(subject, from, until, holder)]; nobody is reminded."""
    clocks, known = [], {}
    for subject, start_on, met_on, holder in pasts:
        congress = _congress_of(subject)
        key = (congress.pk, start_on)
        if key not in known:
            known[key] = deadline(congress, rule, start=start_on)
        ended = {"state": Clock.State.MET, "ended_on": met_on, "version": 2}
        clocks.append(_clock(rule, subject, known[key], on=start_on, holder=holder, **ended))
    Clock.objects.bulk_create(clocks, batch_size=_AT_ONCE)
    moves = []
    for clock in clocks:
        own = {"clock": clock, "due_on": clock.due_on, "by": by}
        moves.append(ClockMove(version=1, verb=ClockMove.Verb.START, on=clock.started_on, **own))
        moves.append(ClockMove(version=2, verb=ClockMove.Verb.MEET, on=clock.ended_on, **own))
    ClockMove.objects.bulk_create(moves, batch_size=_AT_ONCE)
    return clocks
