import datetime as dt

import pytest

from congress.rulebook.models import CalendarDay, CalendarYear
from congress.rulebook.workdays import Workdays

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(("year", "count"), [(2024, 251), (2025, 248), (2026, 248)])
def test_the_seeded_years_have_as_many_working_days_as_the_notices_give(year, count):
    works = Workdays()
    days = (dt.date(year, 1, 1) + DAY * offset for offset in range(366))
    assert sum(works(day) for day in days if day.year == year) == count


@pytest.mark.parametrize(
    ("day", "is_workday", "name"),
    [
        ("2020-01-31", False, "春节"),  # the prolonged spring festival of 2020
        ("2026-02-14", True, "春节调休上班"),
        ("2026-02-15", False, "春节"),
        ("2026-05-09", True, "劳动节调休上班"),
        ("2018-12-31", False, "元旦"),
        ("2018-12-29", True, "元旦调休上班"),
        ("2026-04-04", False, "清明节"),
    ],
)
def test_holidays_and_made_up_days_carry_their_names(day, is_workday, name):
    row = CalendarDay.objects.get(date=day)
    assert (row.is_workday, row.name) == (is_workday, name)


def test_only_the_years_with_a_notice_are_published():
    assert list(CalendarYear.objects.filter(is_published=True).values_list("year", flat=True)) == list(
        range(2018, 2027)
    )


def test_a_day_remembers_the_notice_it_comes_from():
    assert CalendarDay.objects.get(date="2018-12-31").source == "国务院办公厅关于2019年部分节假日安排的通知"
