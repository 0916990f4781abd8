"""The same step on many cases at once: one UPDATE, and one entry in the journal of each (成批办理)."""

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from congress.procedure.journal import as_stored
from congress.procedure.models import Chain, Entry, case_key
from congress.procedure.reactions import announce
from congress.procedure.workflow import Taken

BATCH = 500


@transaction.atomic
def take_many(procedure, name, rows, *, by, on, facts=None, versions=None, **fields):
    """Take a step on every row of a queryset that is open for it; gives the rows taken.

    Who may act is settled by `rows`: the room narrows it to what `by` may do, and tests that this agrees with the
    predicate of the step. A row in another state, or of a later date, is left alone, so a second run does nothing.
    `versions` ({pk: version}) are those that a page showed: a row that has changed since is left alone too.
    """
    step = procedure[name]
    rows = rows.filter(Q(stepped_on__isnull=True) | Q(stepped_on__lte=on), state__in=step.sources)
    taken = []
    for case in rows.select_for_update(of=("self",)).order_by("pk"):
        if versions is None or versions.get(case.pk) == case.version:
            taken.append(case)
    for batch in _batches(taken):
        _take(procedure, step, batch, by=by, on=on, facts=facts or {}, fields=fields)
    return taken


def _take(procedure, step, batch, *, by, on, facts, fields):
    changes = {"state": step.target, "stepped_on": on, **fields}
    here = type(batch[0])._base_manager.filter(pk__in=[case.pk for case in batch])
    here.update(version=F("version") + 1, **changes)
    for case in batch:
        case.version += 1
        for field, value in changes.items():
            setattr(case, field, value)
    entries = record_many(batch, procedure.verb(step.name), by=by, on=on, facts=facts)
    for case, entry in zip(batch, entries, strict=True):
        announce(procedure.verb(step.name), Taken(step, case, by, on, facts=dict(facts), entry=entry))


@transaction.atomic
def take_each(procedure, name, rows, told, *, by, on, versions):
    """The same, each row with fields and facts of its own, `told` as {pk: (fields, facts)}; gives the rows taken."""
    step = procedure[name]
    rows = rows.filter(Q(stepped_on__isnull=True) | Q(stepped_on__lte=on), state__in=step.sources, pk__in=list(told))
    open_rows = rows.select_for_update(of=("self",)).order_by("pk")
    taken = [case for case in open_rows if versions[case.pk] == case.version]
    for batch in _batches(taken):
        names = {"state", "version", "stepped_on"}
        for case in batch:
            fields, _facts = told[case.pk]
            changes = {"state": step.target, "version": case.version + 1, "stepped_on": on, **fields}
            names |= set(changes)
            for field, value in changes.items():
                setattr(case, field, value)
        type(batch[0])._base_manager.bulk_update(batch, sorted(names))
        facts_of = {case.pk: told[case.pk][1] for case in batch}
        entries = record_many(batch, procedure.verb(name), by=by, on=on, facts_of=facts_of)
        for case, entry in zip(batch, entries, strict=True):
            announce(procedure.verb(name), Taken(step, case, by, on, facts=dict(facts_of[case.pk]), entry=entry))
    return taken


@transaction.atomic
def record_many(cases, verb, *, by, on, facts=None, facts_of=None):
    """Write one entry into the journal of each of these cases, all of one kind, in a fixed number of statements.

    `facts` are those of all, `facts_of` ({pk: facts}) those of each.
    Their letters are written by the next sweep of the notices rather than at once.
    """
    keys = {case.pk: case_key(case) for case in cases}
    kinds = {kind for kind, _case_id, _congress in keys.values()}
    ids = {case_id for _kind, case_id, _congress in keys.values()}
    if len(kinds) != 1 or len(ids) != len(cases):
        raise ValueError("cases of one kind, each with a journal of its own")
    kind = kinds.pop()
    Chain.objects.bulk_create([Chain(kind=kind, case_id=case_id) for case_id in ids], ignore_conflicts=True)
    mine = Chain.objects.filter(kind=kind, case_id__in=ids)
    mine.update(last_seq=F("last_seq") + 1)  # whoever else writes these journals waits here
    chains = {chain.case_id: chain for chain in mine}
    stored, at, entries = as_stored(facts or {}), timezone.now(), []
    own = {pk: as_stored(told) for pk, told in (facts_of or {}).items()}
    for case in cases:
        _kind, case_id, congress_id = keys[case.pk]
        entry = Entry(
            kind=kind, case_id=case_id, congress_id=congress_id, seq=chains[case_id].last_seq, verb=verb, by=by, on=on,
            at=at, facts=own.get(case.pk, stored), previous_hash=chains[case_id].last_hash,
        )  # fmt: skip
        chains[case_id].last_hash = entry.hash = entry.digest()
        entries.append(entry)
    Entry.objects.bulk_create(entries)
    Chain.objects.bulk_update(chains.values(), ["last_hash"], batch_size=BATCH)
    return entries


def _batches(rows):
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]
