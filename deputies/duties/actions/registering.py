"""How other rooms write what their events made deputies do (履职登记): the one door down to the record."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from congress.kit.fingerprints import fingerprint
from congress.procedure import journal
from congress.procedure.bulk import record_many
from congress.rulebook.book import deadline
from deputies.duties.models import DutyRecord
from deputies.duties.suspensions import suspended_on

State = DutyRecord.State


@dataclass(frozen=True)
class Performed:
    """What one event says of one deputy: that he did it, how much of it, or that he was excused or absent."""

    mandate_id: int
    outcome: str = DutyRecord.Outcome.DONE
    quantity: Decimal = Decimal(1)
    hours: Decimal | None = None


SAID = ("title", "place", "held_on", "outcome", "quantity", "hours")


@transaction.atomic
def register(source, kind, rows: Iterable[Performed], *, title, held_on, place="", on, by, settled=False):
    """Put down what an event made its deputies do (履职登记): the one door by which other rooms write records.

    One row a deputy, kind and source, whoever calls and how often. Where the source says the same as before the row
    is left alone, also when an objection has corrected or struck it since; where it says something else, that replaces
    what stood there and is put to the deputy again. A seat suspended on that day is given no row.
    `settled=True` is for facts that stand in the portal already, such as a registered suggestion: nobody has to
    confirm them, and the source's own journal tells of them. Returns the number of rows written.
    The source must know its `congress`.
    """
    called = {row.mandate_id: row for row in rows}
    for mandate_id in suspended_on(held_on, called):
        del called[mandate_id]
    standing = _standing(source, kind, called)
    fresh, changed = [], []
    for mandate_id, row in called.items():
        values = {
            "title": title[:200],
            "place": place[:100],
            "held_on": held_on,
            "outcome": row.outcome,
            "quantity": Decimal(row.quantity),
            "hours": row.hours,
        }
        record = standing.get(mandate_id)
        said = _fingerprint(values)
        if record is None:
            record = DutyRecord(
                congress=source.congress,
                mandate_id=mandate_id,
                kind=kind,
                source_kind=source._meta.label_lower,
                source_id=source.pk,
            )
            fresh.append(record)
        elif record.said == said:
            continue
        else:
            record.was = {name: getattr(record, name) for name in SAID}
            record.version += 1
            changed.append(record)
        for name, value in values.items():
            setattr(record, name, value)
        record.said, record.registered_by, record.registered_on, record.stepped_on = said, by, on, on
    _put_to_them([*fresh, *changed], source.congress, on=on, settled=settled)
    _write(fresh, changed)
    for words, records in _alike(changed):
        record_many(records, "duty.replace", by=by, on=on, facts={"changes": words})
    if (fresh or changed) and not settled:
        facts = {"count": len(fresh) + len(changed), "kind": kind}
        facts["mandates"] = [record.mandate_id for record in (*fresh, *changed)]
        journal.record(source, "duty.register", by=by, on=on, facts=facts)
    return len(fresh) + len(changed)


def _standing(source, kind, mandates):
    """What the source wrote before; who writes for the same source at the same time waits here."""
    type(source)._base_manager.select_for_update().get(pk=source.pk)
    rows = _rows_of(source, kind, mandates).select_for_update(of=("self",))
    return {record.mandate_id: record for record in rows}


def _rows_of(source, kind, mandates):
    return DutyRecord.objects.filter(
        source_kind=source._meta.label_lower, source_id=source.pk, kind=kind, mandate__in=mandates
    )


def _fingerprint(values):
    words = [str(values[name].normalize() if isinstance(values[name], Decimal) else values[name]) for name in SAID]
    return fingerprint(words)


def _put_to_them(records, congress, *, on, settled):
    """The deputy's days begin, where there is anything to confirm; of what is put down late, when he can read it."""
    told_on = timezone.localdate() if journal.is_put_down_late() else on
    confirm_by = deadline(congress, "objection_confirm", start=told_on).due_on if records and not settled else None
    for record in records:
        record.state = State.SETTLED if settled else State.REGISTERED
        record.level = DutyRecord.Level.OFFICE if settled else ""
        record.confirm_by = confirm_by
        record.objection = record.finding = ""


def _write(fresh, changed):
    DutyRecord.objects.bulk_create(fresh)
    fields = [
        *SAID, "said", "state", "level", "registered_by", "registered_on", "stepped_on", "confirm_by", "objection",
        "finding", "version",
    ]  # fmt: skip
    DutyRecord.objects.bulk_update(changed, fields, batch_size=500)


def _alike(changed):
    """Rows by what changed in them: a new title of the event is one sentence in many journals."""
    alike = defaultdict(list)
    for record in changed:
        alike[changes_of(record.was, record)].append(record)
    return alike.items()


def changes_of(was, record):
    """日期由2026-03-02改为2026-03-03；…, for the trace."""
    told = []
    for name, old in was.items():
        new = getattr(record, name)
        if old != new:
            label = DutyRecord._meta.get_field(name).verbose_name
            words = {"field": label, "old": _said(name, old), "new": _said(name, new)}
            told.append(_("%(field)s由“%(old)s”改为“%(new)s”") % words)
    return "；".join(told)


def _said(name, value):
    if value is None or value == "":
        return _("空")
    if name == "outcome":
        return DutyRecord.Outcome(value).label
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


@transaction.atomic
def hand_over(source, heir, kind, mandates):
    """Rows that one room wrote of an event go on as those of another that has the word on it (转由另一方登记).

    What the heir says then is put down by `register`: it replaces what stood there, and one row comes out of one event.
    """
    own = set(_rows_of(heir, kind, mandates).values_list("mandate", flat=True))
    rows = [row for seat, row in _standing(source, kind, mandates).items() if seat not in own]
    for row in rows:
        row.source_kind, row.source_id = heir._meta.label_lower, heir.pk
        if row.state == State.STRUCK or row.outcome != DutyRecord.Outcome.DONE:
            row.said = ""  # not what the heir is going to say, whatever was said before it was struck or corrected
    DutyRecord.objects.bulk_update(rows, ["source_kind", "source_id", "said"])
    return len(rows)


@transaction.atomic
def withdraw(source, kind, mandates, *, on, by, settled=False):
    """Strike the rows of deputies whom the organiser took off his list again; a struck row stays to be read.

    `settled=True` as in `register`: the source's own journal tells of it.
    """
    gone = list(
        _rows_of(source, kind, mandates).exclude(state=State.STRUCK).select_for_update(of=("self",)).order_by("pk")
    )
    if not gone:
        return 0
    DutyRecord.objects.filter(pk__in=[record.pk for record in gone]).update(
        state=State.STRUCK, stepped_on=on, confirm_by=None, level="", said="", version=F("version") + 1
    )
    record_many(gone, "duty.take_off", by=by, on=on)
    if not settled:
        facts = {"count": len(gone), "kind": kind, "mandates": [record.mandate_id for record in gone]}
        journal.record(source, "duty.withdraw", by=by, on=on, facts=facts)
    return len(gone)
