"""One step on many cases: one UPDATE, and each journal as if the step had been taken alone."""

from datetime import timedelta

import pytest

from congress.procedure import journal
from congress.procedure.bulk import record_many, take_many
from congress.procedure.models import Entry
from deputies.duties.models import DutyRecord
from deputies.duties.workflow import DUTY
from tests.factories.docket import seat
from tests.factories.duties import MARCH_2, claimed, fresh, registered

pytestmark = pytest.mark.django_db
S = DutyRecord.State


def rows(*records):
    return DutyRecord.objects.filter(pk__in=[each.pk for each in records])


def test_a_journal_that_has_begun_goes_on_and_a_new_one_begins(county, clerk):
    begun, new = claimed(seat(county)), registered(seat(county))
    record_many([begun, new], "duty.take_off", by=clerk, on=MARCH_2)
    assert [entry.seq for entry in Entry.objects.of(begun)] == [1, 2]
    assert [entry.seq for entry in Entry.objects.of(new)] == [1]
    assert (journal.broken_link(begun), journal.broken_link(new)) == (None, None)
    journal.record(new, "duty.take_off", by=clerk, on=MARCH_2)
    assert journal.broken_link(new) is None


def test_one_case_named_twice_or_none_at_all_is_a_mistake_of_the_caller(county, clerk):
    record = registered(seat(county))
    for cases in ([], [record, record]):
        with pytest.raises(ValueError, match="one kind"):
            record_many(cases, "duty.take_off", by=clerk, on=MARCH_2)


def test_only_rows_open_for_the_step_and_seen_as_they_are_move(county, clerk):
    open_row, changed, settled = registered(seat(county)), registered(seat(county)), registered(seat(county))
    DutyRecord.objects.filter(pk=changed.pk).update(version=5)
    DutyRecord.objects.filter(pk=settled.pk).update(state=S.SETTLED)
    shown = {each.pk: 0 for each in (open_row, changed, settled)}
    everything = rows(open_row, changed, settled)
    assert take_many(DUTY, "confirm", everything, by=clerk, on=MARCH_2, versions=shown) == [open_row]
    assert [fresh(each).state for each in (open_row, changed, settled)] == [S.SETTLED, S.REGISTERED, S.SETTLED]
    assert [Entry.objects.of(each).count() for each in (open_row, changed, settled)] == [1, 0, 0]


def test_a_step_before_the_last_one_is_left_alone(county, clerk):
    record = registered(seat(county))
    assert take_many(DUTY, "confirm", rows(record), by=clerk, on=MARCH_2 - timedelta(days=1)) == []


def test_more_than_one_batch_is_taken_whole(county, clerk, monkeypatch):
    monkeypatch.setattr("congress.procedure.bulk.BATCH", 2)
    records = [registered(seat(county)) for _each in range(5)]
    assert len(take_many(DUTY, "confirm", rows(*records), by=clerk, on=MARCH_2, level="deputy")) == 5
    assert {(fresh(each).state, fresh(each).version, fresh(each).level) for each in records} == {
        (S.SETTLED, 1, "deputy")
    }
