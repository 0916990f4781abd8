"""The verbs of the record: register, confirm, object, correct, claim, verify (登记、核对、异议、更正、核实)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from congress.procedure import journal
from congress.rulebook.book import deadline
from deputies.duties.models import DutyRecord


@dataclass(frozen=True)
class Performed:
    """What one event says of one deputy: that he did it, how much of it, or that he was excused or absent."""

    mandate_id: int
    outcome: str = DutyRecord.Outcome.DONE
    quantity: Decimal = Decimal(1)
    hours: Decimal | None = None


_FIXED = ("title", "place", "held_on", "outcome", "quantity", "hours")


@transaction.atomic
def register(source, kind, rows: Iterable[Performed], *, title, held_on, place="", on, by, settled=False):
    """Put down what an event made its deputies do (履职登记): the one door by which other rooms write records.

    One row a deputy, kind and source, whoever calls and how often: a changed row replaces what stood there and is
    put to the deputy again, an unchanged one is left alone. The source must know its `congress`.
    `settled=True` is for facts that stand in the portal already, such as a registered suggestion: nobody has to
    confirm them, and the source's own journal tells of them. Returns the number of rows written.
    """
    rows = list(rows)
    congress = source.congress
    confirm_by = None if settled else deadline(congress, "objection_confirm", start=on)
    standing = {
        record.mandate_id: record
        for record in DutyRecord.objects.filter(
            source_kind=source._meta.label_lower,
            source_id=source.pk,
            kind=kind,
            mandate__in=[row.mandate_id for row in rows],
        )
    }
    fresh, changed = [], []
    for row in rows:
        values = {
            "title": title[:200],
            "place": place[:100],
            "held_on": held_on,
            "outcome": row.outcome,
            "quantity": row.quantity,
            "hours": row.hours,
        }
        record = standing.get(row.mandate_id)
        if record is None:
            record = DutyRecord(
                congress=congress,
                mandate_id=row.mandate_id,
                kind=kind,
                source_kind=source._meta.label_lower,
                source_id=source.pk,
            )
            fresh.append(record)
        elif record.state != DutyRecord.State.STRUCK and all(getattr(record, name) == values[name] for name in _FIXED):
            continue
        else:
            changed.append(record)
            record.version += 1
        for name, value in values.items():
            setattr(record, name, value)
        record.state = DutyRecord.State.SETTLED if settled else DutyRecord.State.REGISTERED
        record.level = DutyRecord.Level.OFFICE if settled else ""
        record.registered_by, record.registered_on, record.stepped_on = by, on, on
        record.confirm_by = confirm_by.due_on if confirm_by else None
    DutyRecord.objects.bulk_create(fresh)
    DutyRecord.objects.bulk_update(
        changed,
        [*_FIXED, "state", "level", "registered_by", "registered_on", "stepped_on", "confirm_by", "version"],
    )
    written = len(fresh) + len(changed)
    if written and not settled:
        journal.record(source, "duty.register", by=by, on=on, facts={"count": written, "kind": kind})
    return written


@transaction.atomic
def withdraw(source, kind, mandates, *, on, by):
    """Strike the rows of deputies whom the organiser took off his list again; a struck row stays to be read."""
    gone = DutyRecord.objects.filter(
        source_kind=source._meta.label_lower, source_id=source.pk, kind=kind, mandate__in=mandates
    ).exclude(state=DutyRecord.State.STRUCK)
    count = gone.update(state=DutyRecord.State.STRUCK, stepped_on=on, confirm_by=None)
    if count:
        journal.record(source, "duty.withdraw", by=by, on=on, facts={"count": count, "kind": kind})
    return count
