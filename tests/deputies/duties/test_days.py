from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deputies.duties.days import dates_of, days_by_seat, days_of
from deputies.duties.kinds import SECTION_OF, SECTIONS, Kind
from deputies.duties.models import DutyRecord
from deputies.duties.reports import RECORDS, record_rows
from tests.factories.docket import seat
from tests.factories.duties import registered, settled

MARCH_2 = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("kind", "quantity", "hours", "days"),
    [
        (Kind.INSPECTION, 1, None, 1),
        (Kind.SESSION, 8, None, 4),
        (Kind.SESSION, 1, None, 1),
        (Kind.SESSION, 3, None, 2),
        (Kind.TRAINING, 1, Decimal("16"), 2),
        (Kind.TRAINING, 1, Decimal("17.5"), 3),
        (Kind.VISIT, 12, None, 1),
    ],
)
def test_how_many_days_one_duty_fills(kind, quantity, hours, days):
    assert len(dates_of(kind, MARCH_2, quantity, hours)) == days


@given(st.sampled_from(list(Kind)), st.integers(0, 40), st.none() | st.integers(0, 80))
def test_every_duty_fills_its_own_day_and_only_days_in_a_row(kind, quantity, hours):
    days = dates_of(kind, MARCH_2, quantity, hours)
    assert days[0] == MARCH_2
    assert [(day - MARCH_2).days for day in days] == list(range(len(days)))


def test_every_kind_stands_in_exactly_one_part():
    listed = [kind for _title, kinds in SECTIONS for kind in kinds]
    assert sorted(listed) == sorted(Kind)
    assert len(SECTIONS) == 8
    assert SECTION_OF[Kind.DEBRIEFING] == 7


@pytest.mark.django_db
def test_a_day_counts_once_and_only_what_is_verified_done_and_took_time(county):
    one = seat(county)
    settled(one)
    settled(one, kind=Kind.RESEARCH)  # the same day
    settled(one, kind=Kind.REPORT, on=date(2026, 3, 3), held_on=date(2026, 3, 3))
    settled(one, outcome="leave", on=date(2026, 3, 4), held_on=date(2026, 3, 4))
    registered(one, on=date(2026, 3, 5), held_on=date(2026, 3, 5))
    settled(one, kind=Kind.SESSION, quantity=4, on=date(2026, 3, 9), held_on=date(2026, 3, 9))
    rows = DutyRecord.objects.filter(mandate=one)
    assert days_by_seat(rows) == {one.pk: 3}
    assert days_of(rows) == 3


@pytest.mark.django_db
def test_the_ledger_is_the_sum_of_the_events(county):
    for number in range(3):
        settled(seat(county), title=f"第{number}次视察", quantity=number + 1)
    records = list(DutyRecord.objects.order_by("pk"))
    for record in records:
        record.source_name = "活动"
    rows = list(record_rows(records))
    assert [len(row) for row in rows] == [len(RECORDS)] * 3
    assert sum(row[6] for row in rows) == 6
