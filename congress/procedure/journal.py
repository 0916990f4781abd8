"""Writing the journal, and the one signal of the house."""

import json
from contextlib import contextmanager
from contextvars import ContextVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.db.models import F
from django.dispatch import Signal
from django.utils import timezone

from congress.procedure.models import Chain, Entry, case_key

_PLANTED = 1000  # rows a statement

recorded = Signal()  # after commit: an entry stands; `congress.notices` listens


class AlreadyRecorded(Exception):
    """This very request was carried out before; repeating it changes nothing."""


_circumstances = ContextVar("circumstances", default=None)


@contextmanager
def recorded_as(*, request_key="", on_behalf_of=None, facts=None):
    """How the acts inside came to be put down: for whom, why so late, from which paper; their entries say so.

    The request key marks the first entry only: one act may write several into the same journal.
    """
    said = {"request_key": request_key, "on_behalf_of": on_behalf_of, "facts": facts or {}}
    token = _circumstances.set(said)
    try:
        yield
    finally:
        _circumstances.reset(token)


def is_put_down_late():
    """Whether the acts of this moment bear an earlier date, with the reason why they are put down today (补录)."""
    return bool(((_circumstances.get() or {}).get("facts") or {}).get("late_reason"))


def record(case, verb, *, by, on=None, facts=None, on_behalf_of=None, request_key="", congress=None):
    """Write one entry into the journal of `case`, in the caller's transaction.

    `congress` names whose auditor reads of it where the case itself names none (an account, a congress).
    `facts` must be JSON and must never hold a sealed rating. Raises AlreadyRecorded when the same
    `request_key` stands in this case's journal.
    """
    kind, case_id, congress_id = case_key(case)
    said = _circumstances.get() or {}
    request_key = request_key or said.pop("request_key", "")
    with transaction.atomic(savepoint=False):
        chain = _next_link(kind, case_id)
        if request_key and Entry.objects.filter(kind=kind, case_id=case_id, request_key=request_key).exists():
            raise AlreadyRecorded(request_key)
        entry = Entry(
            kind=kind,
            case_id=case_id,
            congress_id=congress_id or (congress.pk if congress else None),
            seq=chain.last_seq,
            verb=verb,
            by=by,
            on_behalf_of=on_behalf_of or said.get("on_behalf_of"),
            on=on or timezone.localdate(),
            at=timezone.now(),
            facts=as_stored({**(facts or {}), **said.get("facts", {})}),
            request_key=request_key,
            previous_hash=chain.last_hash,
        )
        entry.hash = entry.digest()
        entry.save(force_insert=True)
        Chain.objects.filter(pk=chain.pk).update(last_hash=entry.hash)
        transaction.on_commit(lambda: recorded.send_robust(sender=Entry, entry=entry), robust=True)
    return entry


def record_first(told, verb, *, by, on, at):
    """Write the first entry of many fresh cases, [(case, facts)], in two statements; nobody is told of them.

    What is planted is history: no letter is written of it, and its chain begins with this entry.
    """
    entries = []
    for case, facts in told:
        kind, case_id, congress_id = case_key(case)
        entry = Entry(
            kind=kind,
            case_id=case_id,
            congress_id=congress_id,
            seq=1,
            verb=verb,
            by=by,
            on=on,
            at=at,
            facts=as_stored(facts),
        )
        entry.hash = entry.digest()
        entries.append(entry)
    Chain.objects.bulk_create(
        [Chain(kind=each.kind, case_id=each.case_id, last_seq=1, last_hash=each.hash) for each in entries],
        batch_size=_PLANTED,
    )
    Entry.objects.bulk_create(entries, batch_size=_PLANTED)
    return entries


def as_stored(facts):
    """The facts as the database gives them back, so that the hash can be taken again."""
    return json.loads(json.dumps(facts, cls=DjangoJSONEncoder))


def _next_link(kind, case_id):
    """Advance the case's chain by one; the updated row makes the next writer of this case wait."""
    mine = Chain.objects.filter(kind=kind, case_id=case_id)
    if not mine.update(last_seq=F("last_seq") + 1):
        try:
            with transaction.atomic():
                return Chain.objects.create(kind=kind, case_id=case_id, last_seq=1)
        except IntegrityError:  # somebody opened this chain a moment ago
            mine.update(last_seq=F("last_seq") + 1)
    return mine.get()


def broken_link(case):
    """The first entry of the case that was altered or is missing its predecessor, or None."""
    previous = ""
    for number, entry in enumerate(Entry.objects.of(case), start=1):
        if not entry.follows(number, previous):
            return entry
        previous = entry.hash
    return None
