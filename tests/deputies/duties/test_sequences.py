"""Whatever is done to a row in whatever order: one row a source, nothing counted that is disputed, all of it told."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congress.accounts.models import User
from congress.procedure import journal
from congress.procedure.models import Entry
from congress.procedure.workflow import StepNotOpen
from deputies.duties import actions
from deputies.duties.kinds import Kind
from deputies.duties.models import DutyRecord
from deputies.duties.workflow import DUTY
from tests.factories.docket import clerk_of, seat
from tests.factories.duties import MARCH_2, event

pytestmark = pytest.mark.django_db
S = DutyRecord.State
ACTS = ("register", "register_other", "withdraw", "confirm", "object", "correct", "uphold", "strike", "lapse")
STEPS = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 6)), max_size=14)
CLAIM_ACTS = ("claim", "verify", "refuse", "resubmit", "retract", "object", "uphold", "lapse")


class Row:
    """One deputy and one event, and what may be done about them."""

    def __init__(self, county):
        self.seat, self.source = seat(county), event(county)
        self.deputy, self.clerk, self.robot = self.seat.deputy.user, clerk_of(county), User.objects.robot()
        self.on = MARCH_2

    def record(self):
        return DutyRecord.objects.filter(mandate=self.seat).first()

    def register(self, title="视察供水"):
        row = actions.Performed(self.seat.pk)
        actions.register(self.source, Kind.INSPECTION, [row], title=title, held_on=MARCH_2, on=self.on, by=self.clerk)

    def register_other(self):
        self.register(title=f"视察供水（{self.on.day}日更正）")

    def withdraw(self):
        actions.withdraw(self.source, Kind.INSPECTION, [self.seat.pk], on=self.on, by=self.clerk)

    def claim(self):
        values = {"kind": Kind.VISIT, "title": "走访", "held_on": MARCH_2}
        actions.claim(self.seat, key="the form", on=self.on, by=self.deputy, **values)

    def confirm(self):
        shown = {row.pk: row.version for row in DutyRecord.objects.filter(mandate=self.seat)}
        actions.confirm(shown, on=self.on, by=self.deputy)

    def lapse(self):
        actions.lapse(on=self.on, by=self.robot)

    def verify(self):
        actions.verify(DutyRecord.objects.values_list("pk", flat=True), on=self.on, by=self.clerk)

    def refuse(self):
        actions.refuse(DutyRecord.objects.values_list("pk", flat=True), finding="看不清。", on=self.on, by=self.clerk)

    def object(self):
        actions.object_to(self.record(), objection="不对。", on=self.on, by=self.deputy)

    def correct(self):
        hours = (self.record().hours or 0) + 1
        actions.correct(self.record(), changes={"hours": hours}, finding="改了。", on=self.on, by=self.clerk)

    def uphold(self):
        actions.uphold(self.record(), finding="没有错。", on=self.on, by=self.clerk)

    def strike(self):
        actions.strike(self.record(), finding="登错了。", on=self.on, by=self.clerk)

    def resubmit(self):
        values = {"kind": Kind.VISIT, "title": "走访三户", "held_on": MARCH_2}
        actions.resubmit(self.record(), on=self.on, by=self.deputy, **values)

    def retract(self):
        actions.retract(self.record(), on=self.on, by=self.deputy)


def walk(county, steps):
    """Carry a sequence out; each act is either lawful or refused, and leaves the record sound."""
    row = Row(county)
    for name, days in steps:
        row.on += timedelta(days=days)
        before = row.record()
        if before is None and name not in {"register", "register_other", "claim", "withdraw", "lapse"}:
            continue
        told_before = Entry.objects.of(before).count() if before else 0
        try:
            getattr(row, name)()
            was_refused = False
        except (StepNotOpen, ValidationError, PermissionDenied):
            was_refused = True
        check(row, name, before, told_before, was_refused)
    return row


def check(row, name, before, told_before, was_refused):
    rows = list(DutyRecord.objects.filter(mandate=row.seat))
    assert len(rows) <= 1
    if not rows:
        return
    after = rows[0]
    counted = DutyRecord.objects.verified().filter(mandate=row.seat).exists()
    assert counted == (after.state == S.SETTLED)
    assert (after.confirm_by is not None) == (after.state == S.REGISTERED)
    assert bool(after.level) == (after.state == S.SETTLED)
    assert journal.broken_link(after) is None
    entries = list(Entry.objects.of(after))
    if before is None:
        return
    moved = (before.state, before.title, before.hours) != (after.state, after.title, after.hours)
    assert not (moved and was_refused)
    assert len(entries) - told_before == int(moved)
    assert (after.version > before.version) == moved
    if before.state != after.state and name in DUTY.steps:
        assert before.state in DUTY[name].sources
        assert after.state == DUTY[name].target


@given(steps=STEPS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_registered_row_stays_sound_whatever_is_done(county, steps):
    with transaction.atomic():
        walk(county, [("register", 0), *steps])
        transaction.set_rollback(True)


@given(steps=st.lists(st.tuples(st.sampled_from(CLAIM_ACTS), st.integers(0, 6)), max_size=10))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_claim_stays_sound_whatever_is_done(county, steps):
    with transaction.atomic():
        row = walk(county, [("claim", 0), *steps])
        verified = Entry.objects.of(row.record()).filter(verb="duty.verify").count()
        refused = Entry.objects.of(row.record()).filter(verb="duty.refuse").count()
        assert verified <= 1 or refused
        transaction.set_rollback(True)
