"""Duty records for tests, as events register them and deputies claim them (履职登记)."""

import uuid
from datetime import date

from deputies.duties import actions
from deputies.duties.kinds import Kind
from deputies.duties.models import DutyRecord
from deputies.roll.models import DeputyGroup
from tests.factories.docket import clerk_of

MARCH_2 = date(2026, 3, 2)
_numbers = iter(range(1, 1_000_000))


def event(congress):
    """Something of a congress that makes deputies do their duty; a group stands in for it."""
    return DeputyGroup.objects.create(congress=congress, name=f"第{next(_numbers)}小组")


def registered(seat, *, source=None, kind=Kind.INSPECTION, on=MARCH_2, by=None, **fields):
    """A row that an event has put to its deputy."""
    source = source or event(seat.congress)
    outcome = fields.pop("outcome", DutyRecord.Outcome.DONE)
    quantity, hours = fields.pop("quantity", 1), fields.pop("hours", None)
    values = {"title": "视察城乡供水一体化工程", "held_on": on, "place": "石桥镇水厂"} | fields
    row = actions.Performed(seat.pk, outcome, quantity, hours)
    actions.register(source, kind, [row], on=on, by=by or clerk_of(seat.congress), **values)
    return DutyRecord.objects.get(mandate=seat, kind=kind, source_id=source.pk, source_kind="roll.deputygroup")


def settled(seat, **fields):
    """A row that counts."""
    return registered(seat, settled=True, **fields)


def claimed(seat, *, on=MARCH_2, **fields):
    """A row that its deputy has put down himself."""
    values = {"kind": Kind.PATROL, "title": "巡查青石河石桥段", "held_on": on, "place": "石桥村"} | fields
    return actions.claim(seat, key=uuid.uuid4().hex, on=on, by=seat.deputy.user, **values)


def fresh(record):
    return DutyRecord.objects.get(pk=record.pk)
