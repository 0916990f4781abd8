"""Periods against an oracle that walks day by day and shares no code with the product."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from congress.rulebook.book import Book
from congress.rulebook.models import CalendarDay, CalendarYear, Level, Rule, RuleOverride, Unit
from congress.rulebook.workdays import Workdays
from tests.factories.organs import CongressFactory

DAY = dt.timedelta(days=1)
UNITS = st.sampled_from(["workdays", "days", "months"])
SEEDED = st.dates(dt.date(2018, 1, 1), dt.date(2026, 12, 31))


class Oracle:
    """Counts on its fingers, over the rows of the calendar table."""

    def __init__(self):
        self.marked = dict(CalendarDay.objects.values_list("date", "is_workday"))
        self.known = set(CalendarYear.objects.filter(is_published=True).values_list("year", flat=True))

    def works(self, day):
        return self.marked.get(day, day.isoweekday() <= 5)

    def workdays(self, start, count):
        day, counted, seen = start, 0, set()
        while counted < count:
            day += DAY
            seen.add(day.year)
            if self.works(day):
                counted += 1
        return day, not seen <= self.known

    def days(self, start, count):
        day = start
        for _each in range(count):
            day += DAY
        return self.carried(day)

    def months(self, start, count):
        """Walk month by month by the length of each month, then take the day of the month that fits."""
        first = start.replace(day=1)
        for _each in range(count):
            first += DAY * _length(first)
        return self.carried(first + DAY * (min(start.day, _length(first)) - 1))

    def carried(self, day):
        seen = {day.year}
        while not self.works(day):
            day += DAY
            seen.add(day.year)
        return day, not seen <= self.known


def _length(first):
    day = first
    while day.month == first.month:
        day += DAY
    return (day - first).days


class OracleTest(TestCase):
    """hypothesis needs its own TestCase to roll each example back."""

    def book(self, unit, value):
        book = Book.of(CongressFactory.build(pk=1), workdays=Workdays())
        book._overrides = [
            RuleOverride(code="reply", unit=unit, value=value, article="试算", effective_from=dt.date.min)
        ]
        return book

    def check(self, unit, start, value):
        found = self.book(unit, value).deadline("reply", start=start)
        assert (found.due_on, found.provisional) == getattr(Oracle(), unit)(start, value)
        return found

    @settings(max_examples=60, deadline=None)
    @given(start=SEEDED, count=st.integers(1, 60))
    def test_working_days_are_what_one_counts_on_the_fingers(self, start, count):
        assert Oracle().works(self.check("workdays", start, count).due_on)

    @settings(max_examples=50, deadline=None)
    @given(start=SEEDED, count=st.integers(1, 90))
    def test_days_run_on_and_never_end_on_a_rest_day(self, start, count):
        self.check("days", start, count)

    @settings(max_examples=60, deadline=None)
    @given(start=SEEDED, count=st.integers(1, 24))
    def test_months_end_on_the_corresponding_day_or_the_last_of_the_month(self, start, count):
        self.check("months", start, count)

    @settings(max_examples=60, deadline=None)
    @given(start=st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)), unit=UNITS)
    def test_a_period_is_provisional_exactly_where_a_year_without_a_notice_was_asked(self, start, unit):
        self.check(unit, start, 5)

    @settings(max_examples=60, deadline=None)
    @given(
        start=SEEDED,
        count=st.integers(1, 20),
        rest=st.sets(st.dates(dt.date(2027, 1, 1), dt.date(2027, 3, 31)), max_size=12),
    )
    def test_days_marked_by_hand_count_like_seeded_ones(self, start, count, rest):
        CalendarDay.objects.bulk_create(CalendarDay(date=day, is_workday=False, name="试放假") for day in rest)
        late = start.replace(year=2026, month=12, day=max(start.day, 20))
        self.check("workdays", late, count)
        self.check("days", late, count)

    @settings(max_examples=25, deadline=None)
    @given(start=SEEDED, first=st.integers(1, 20), more=st.integers(0, 20))
    def test_a_longer_period_never_ends_earlier(self, start, first, more):
        for unit in ("workdays", "days", "months"):
            short = self.book(unit, first).deadline("reply", start=start).due_on
            assert short <= self.book(unit, first + more).deadline("reply", start=start).due_on


@pytest.mark.parametrize(
    ("start", "months", "due"),
    [
        ("2025-11-30", 3, "2026-02-28"),  # a worked Saturday, and the month's last day
        ("2024-11-29", 3, "2025-02-28"),
        ("2023-11-29", 3, "2024-02-29"),  # a leap year has the day
        ("2026-03-20", 3, "2026-06-22"),  # over the dragon boat festival
        ("2026-07-01", 3, "2026-10-08"),  # over the national holiday
        ("2025-10-31", 4, "2026-02-28"),
        ("2026-01-04", 1, "2026-02-04"),  # starts on a worked Sunday
    ],
)
@pytest.mark.django_db
def test_a_month_ends_where_the_civil_code_says(start, months, due):
    found = _reply(months, dt.date.fromisoformat(start))
    assert found.due_on.isoformat() == due
    assert found.provisional is False


def _reply(months, start):
    book = Book.of_profile("national", level=Level.COUNTY)
    book._overrides = [
        RuleOverride(code="reply", unit="months", value=months, article="试算", effective_from=dt.date.min)
    ]
    return book.deadline("reply", start=start)


@pytest.mark.django_db
def test_a_fixed_calendar_date_is_the_next_one_after_the_start():
    rule = Rule.objects.get(version__profile__code="national", level="county", code="reply")
    Rule.objects.filter(pk=rule.pk).update(unit=Unit.CALENDAR_DATE, value="08-05")
    book = Book.of_profile("national", level=Level.COUNTY)
    assert book.deadline("reply", start=dt.date(2026, 3, 20)).due_on == dt.date(2026, 8, 5)
    assert book.deadline("reply", start=dt.date(2025, 8, 5)).due_on == dt.date(2026, 8, 5)


@pytest.mark.django_db
def test_zero_days_is_the_same_day_or_the_first_working_day_after_it():
    beijing = Book.of_profile("beijing", level=Level.COUNTY)
    assert beijing.deadline("assign_session", start=dt.date(2026, 1, 16)).due_on == dt.date(2026, 1, 16)
    assert beijing.deadline("assign_session", start=dt.date(2026, 1, 17)).due_on == dt.date(2026, 1, 19)


@pytest.mark.django_db
def test_a_year_without_a_notice_is_provisional_and_the_steps_say_so():
    found = Book.of_profile("national", level=Level.COUNTY).deadline("reply", start=dt.date(2026, 12, 1))
    assert found.due_on == dt.date(2027, 3, 1)
    assert found.provisional is True
    assert found.steps[-2] == (
        "2027年3月1日（周一）：2027年放假安排尚未公布或者录入，这一天是暂定的，公布后重新计算。依据：国务院办公厅放假通知。"
    )
    CalendarYear.objects.create(year=2027, is_published=True)
    assert (
        Book.of_profile("national", level=Level.COUNTY).deadline("reply", start=dt.date(2026, 12, 1)).provisional
        is False
    )


@pytest.mark.django_db
def test_every_step_speaks_a_sentence_with_its_law():
    found = Book.of_profile("national", level=Level.COUNTY).deadline("reply", start=dt.date(2026, 3, 20))
    assert found.steps == (
        "2026年3月20日（周五）：交办之日。应当在三个月内答复代表。依据：代表法第五十一条。",
        "2026年3月21日（周六）：交办之日3月20日不计入，从3月21日起算。依据：民法典第二百零一条（参照）。",
        "2026年6月20日（周六）：按月计算，到期月的对应日是20日。依据：民法典第二百零二条（参照）。",
        "2026年6月20日（周六）至2026年6月21日（周日）：6月20日是端午节假期，最后一日顺延到休息日结束的次日6月22日。"
        "依据：民法典第二百零三条（参照）。",
        "2026年6月22日（周一）：期限届满，当日24时以前完成都算按期。依据：全国口径，2025年3月11日起。",
    )
