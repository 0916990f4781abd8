"""From the journal and the reminders to the rows in the inboxes, each exactly once (写通知)."""

import logging
from contextlib import contextmanager
from contextvars import ContextVar

from django.apps import apps
from django.db import transaction
from django.db.models import Exists, Max, OuterRef
from django.utils import timezone

from congress.deadlines.models import Clock, Reminder
from congress.deadlines.readers import readers_of
from congress.notices import reminders
from congress.notices.letters import letters_for, registered
from congress.notices.models import HeardEntry, Mark, Notice
from congress.notices.posting import post
from congress.procedure.models import Entry

log = logging.getLogger(__name__)

# A transaction may commit after ones that took higher ids. The mark stays this many ids behind the newest entry, and
# within them every entry is known by its own row: one that comes late by less is told all the same.
WINDOW = 10_000
_BATCH = 500

_hushed = ContextVar("hushed", default=False)


@contextmanager
def hushed():
    """Write no letters while old cases are planted; `pass_over` afterwards makes the silence last."""
    token = _hushed.set(True)
    try:
        yield
    finally:
        _hushed.reset(token)


def is_hushed():
    return _hushed.get()


@transaction.atomic
def hear(entry, *, at):
    """Write the letters of one journal entry; whoever inserts the row of that entry first does it, and alone."""
    claim, is_ours = HeardEntry.objects.get_or_create(entry=entry)
    if not is_ours:
        return 0
    if entry.pk <= floor():  # another sweep finished it and has cleared its row away
        claim.delete()
        return 0
    notices = _letters_of(entry, at=at)
    post(notices, at=at)
    return len(notices)


def write_letters(*, at):
    """Write the letters of every entry that no process has yet heard; a letter that fails holds up no other."""
    written, last = 0, floor()
    spoken_of = set(registered())
    while batch := list(unheard().filter(pk__gt=last).order_by("pk")[:_BATCH]):
        HeardEntry.objects.bulk_create(
            [HeardEntry(entry=entry) for entry in batch if entry.verb not in spoken_of], ignore_conflicts=True
        )
        for entry in batch:
            if entry.verb in spoken_of:
                written += _hear_or_log(entry, at=at)
        last = batch[-1].pk
    _raise_floor()
    return written


def _hear_or_log(entry, *, at):
    try:
        return hear(entry, at=at)
    except Exception:  # it stays unheard: the next sweep tries again, and `readyz` grows uneasy
        log.exception("letters of entry %s (%s) failed", entry.pk, entry.verb)
        return 0


def unheard():
    """Entries above the mark whose letters nobody has written."""
    heard = HeardEntry.objects.filter(entry=OuterRef("pk"))
    return Entry.objects.filter(~Exists(heard), pk__gt=floor())


def floor():
    return Mark.objects.filter(pk=1).values_list("floor", flat=True).first() or 0


@transaction.atomic
def pass_over(*, before=None):
    """Call told what was journalled, of all days or of those before one, for the entries of planted cases."""
    waiting = unheard() if before is None else unheard().filter(on__lt=before)
    waiting = waiting.values_list("pk", flat=True)
    HeardEntry.objects.bulk_create([HeardEntry(entry_id=pk) for pk in waiting], ignore_conflicts=True)
    Reminder.objects.untold().update(told_at=timezone.now())


@transaction.atomic
def _raise_floor():
    newest = Entry.objects.aggregate(Max("pk"))["pk__max"] or 0
    raised = newest - WINDOW
    if raised - floor() < WINDOW // 10 or unheard().filter(pk__lte=raised).exists():
        return
    Mark.objects.get_or_create(pk=1)
    if Mark.objects.filter(pk=1, floor__lt=raised).update(floor=raised):
        HeardEntry.objects.filter(pk__lte=raised).delete()


def _letters_of(entry, *, at):
    case = apps.get_model(entry.kind)._base_manager.filter(pk=entry.case_id).first()
    if case is None:  # a draft that its deputy has thrown away
        return []
    told = {}
    for letter in (cls(entry, case) for cls in letters_for(entry.verb)):
        for reader in letter.recipients():
            speaks_to_himself = reader.pk == entry.by_id and not letter.tells_actor
            if reader.pk in told or speaks_to_himself or not reader.is_active or reader.is_robot:
                continue
            told[reader.pk] = _notice(letter, reader, at=at)
    return list(told.values())


def _notice(letter, reader, *, at):
    title, body = letter.written_to(reader)
    return Notice(
        recipient=reader,
        key=f"entry:{letter.entry.pk}",
        verb=letter.entry.verb,
        entry=letter.entry,
        case_kind=letter.entry.kind,
        case_id=letter.entry.case_id,
        title=title[:200],
        body=body,
        url=letter.url(reader),
        is_urgent=letter.is_urgent,
        created_at=at,
    )


def pass_reminders_on(*, at):
    """Put the reminders that nobody has passed on into the inboxes; returns how many notices."""
    written = 0
    while (batch := _pass_batch_on(at=at)) is not None:
        written += batch
    return written


@transaction.atomic
def _pass_batch_on(*, at):
    """One batch under lock; None when there is none. A reminder whose clock has moved on is dropped."""
    today = timezone.localdate(at)
    waiting = Reminder.objects.to_tell(on=today).with_overtaken().select_related("clock__holder").order_by("pk")
    batch = list(waiting.select_for_update(skip_locked=True, of=("self",))[:_BATCH])
    if not batch:
        return None
    current = [each for each in batch if _still_stands(each)]
    readers = readers_of(current, on=today)
    heard_by_nobody = [each.pk for each in current if not readers[each.pk]]
    here = Reminder.objects.filter(pk__in=[each.pk for each in batch])
    here.exclude(pk__in=heard_by_nobody).update(told_at=at)
    here.filter(pk__in=heard_by_nobody).update(nobody_on=today)
    notices = reminders.notices_of(current, readers, at=at)
    post(notices, at=at)
    return len(notices)


def _still_stands(reminder):
    clock = reminder.clock
    runs = clock.state == Clock.State.RUNNING and clock.version == reminder.clock_version
    return runs and (reminder.is_escalation or not reminder.overtaken)
