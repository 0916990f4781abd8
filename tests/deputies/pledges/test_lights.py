"""How a quota colours itself over its days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress.kit.periods import quarter_days, quarter_of
from deputies.pledges.lights import Light, light_of, light_of_year

FIRST_QUARTER = {"begins": date(2026, 1, 1), "due": date(2026, 3, 31), "warning_days": 15}


def test_a_group_without_an_activity_in_the_first_quarter_is_amber_on_25_march_and_red_on_1_april():
    assert light_of(0, 1, on=date(2026, 3, 25), **FIRST_QUARTER) == Light.SOON
    assert light_of(0, 1, on=date(2026, 3, 31), **FIRST_QUARTER) == Light.SOON
    assert light_of(0, 1, on=date(2026, 4, 1), **FIRST_QUARTER) == Light.LATE


def test_a_quarter_that_has_not_begun_asks_for_nothing():
    assert light_of(0, 1, on=date(2025, 12, 31), **FIRST_QUARTER) == Light.AHEAD


def test_three_of_four_inspections_are_red_on_1_december():
    work = {"year": 2026, "due": date(2026, 11, 30), "warning_days": 15}
    assert light_of_year(3, 4, on=date(2026, 11, 10), **work) == Light.RUNNING
    assert light_of_year(3, 4, on=date(2026, 11, 30), **work) == Light.SOON
    assert light_of_year(3, 4, on=date(2026, 12, 1), **work) == Light.LATE
    assert light_of_year(4, 4, on=date(2026, 12, 1), **work) == Light.DONE


def test_a_yearly_number_that_lags_behind_the_quarters_gone_by_is_amber():
    work = {"year": 2026, "due": date(2026, 11, 30), "warning_days": 15}
    assert light_of_year(1, 4, on=date(2026, 8, 1), **work) == Light.SOON
    assert light_of_year(2, 4, on=date(2026, 8, 1), **work) == Light.RUNNING


@pytest.mark.parametrize(
    ("quarter", "last"),
    [(1, date(2026, 3, 31)), (2, date(2026, 6, 30)), (3, date(2026, 9, 30)), (4, date(2026, 12, 31))],
)
def test_a_quarter_ends_on_the_last_day_of_its_third_month(quarter, last):
    assert quarter_days(2026, quarter)[1] == last


@given(st.dates(date(2000, 1, 1), date(2090, 12, 31)))
def test_every_day_lies_in_its_quarter(day):
    first, last = quarter_days(day.year, quarter_of(day))
    assert first <= day <= last


@given(st.integers(0, 5), st.integers(1, 5), st.dates(date(2026, 1, 1), date(2026, 12, 30)))
def test_red_never_turns_back_while_nothing_is_done(count, goal, day):
    later = light_of(count, goal, on=day + timedelta(days=1), **FIRST_QUARTER)
    if light_of(count, goal, on=day, **FIRST_QUARTER) == Light.LATE:
        assert later == Light.LATE
