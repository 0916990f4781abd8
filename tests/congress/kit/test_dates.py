"""Dates as they stand on Chinese papers: read where there is one way to read them, and never guessed."""

from datetime import UTC, date, datetime
from importlib import import_module

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from congress.kit.columns import ERROR, OK, WARNING
from congress.kit.dates import asked_day, check_years, number_of, read_day, said, said_moment, said_short

MARCH_5 = date(2024, 3, 5)
DIGITS = "〇一二三四五六七八九"


def chinese(number):
    tens, ones = divmod(number, 10)
    head = {0: "", 1: "十"}.get(tens, f"{DIGITS[tens]}十")
    return head + (DIGITS[ones] if ones else "")


WRITINGS = (
    lambda day: f"{day:%Y-%m-%d}",
    lambda day: f"{day.year}.{day.month}.{day.day}",
    lambda day: f"{day.year}/{day.month}/{day.day} 16:31:56",
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: f"{day.year} 年 {day.month} 月 {day.day} 日",
    lambda day: f"{day.year}年{day.month:02}月{day.day:02}号",
    lambda day: f"{day:%Y%m%d}",
    lambda day: f"{''.join(DIGITS[int(each)] for each in str(day.year))}年{chinese(day.month)}月{chinese(day.day)}日",
    lambda day: (
        f"{''.join(DIGITS[int(each)] for each in str(day.year))}年{chinese(day.month)}月{chinese(day.day)}日".replace(
            "〇", "O"
        )
    ),
)


@given(day=st.dates(min_value=date(1954, 1, 1), max_value=date(2099, 12, 31)), write=st.sampled_from(WRITINGS))
def test_a_day_is_read_back_from_every_way_of_writing_it(day, write):
    cell = read_day(write(day))
    assert (cell.value, cell.verdict) == (day, OK)


@given(day=st.dates(min_value=date(1960, 1, 1), max_value=date(2060, 12, 31)))
def test_a_day_as_the_number_of_a_spreadsheet_is_read_and_told(day):
    cell = read_day(f"{(day - date(1899, 12, 30)).days}")
    assert (cell.value, cell.verdict) == (day, WARNING)


@given(day=st.dates(min_value=date(1954, 1, 1), max_value=date(2099, 12, 31)))
def test_digits_without_a_sign_between_them_are_read_only_where_there_is_one_way(day):
    cell = read_day(f"{day.year}{day.month}{day.day}")
    assert cell.value in {day, None}


@pytest.mark.parametrize(
    "raw", ["２０２４年３月５日", "2024. 3. 5", "2024-03-05T00:00:00", "二0二四年三月五日", "2024年3月5"]
)
def test_odd_signs_do_not_hide_a_day(raw):
    assert (read_day(raw).value, read_day(raw).verdict) == (MARCH_5, OK)


@pytest.mark.parametrize(("raw", "value"), [("24.3.5", MARCH_5), ("202435", MARCH_5), ("2023717", date(2023, 7, 17))])
def test_what_had_to_be_completed_is_told(raw, value):
    assert (read_day(raw).value, read_day(raw).verdict) == (value, WARNING)


@pytest.mark.parametrize(
    "raw", ["2023108", "3月19日", "2025年12月", "2024-03", "2024年", "2024", "2025-10-24后", "202312"]
)
def test_what_is_not_said_to_the_day_is_no_day(raw):
    cell = read_day(raw)
    assert (cell.value, cell.verdict) == (None, WARNING)
    assert cell.message


@pytest.mark.parametrize("raw", ["2024-02-30", "2024年13月1日", "昨天", "99999", "2024999", "1024-01-01", "十十月"])
def test_nonsense_is_an_error(raw):
    assert read_day(raw).verdict == ERROR


@pytest.mark.parametrize("raw", ["", " ", "无", "/", "-", "待定"])
def test_nothing_is_nothing(raw):
    assert (read_day(raw).value, read_day(raw).verdict) == (None, OK)


@given(text=st.text(max_size=12))
def test_whatever_stands_in_a_cell_gets_a_verdict(text):
    assert read_day(text).verdict in {OK, WARNING, ERROR}


@pytest.mark.parametrize(
    ("text", "number"),
    [("十", 10), ("十二", 12), ("二十", 20), ("廿五", 25), ("三十一", 31), ("五", 5), ("甲", None), ("", None)],
)
def test_chinese_numbers(text, number):
    assert number_of(text) == number


@pytest.mark.parametrize("text", ["9999-12-31", "0001-01-01", "2024-02-30", "x", "", None])
def test_an_address_names_no_day_of_a_year_that_is_not_ours(text):
    assert asked_day(text) is None
    assert asked_day("2024-03-05") == MARCH_5


@pytest.mark.parametrize("text", ["9999-12-31", "0026-03-05"])
def test_every_date_field_refuses_a_mistyped_year_in_words(text):
    for field in (forms.DateField(), forms.DateTimeField()):
        with pytest.raises(ValidationError, match="年份不对"):
            field.clean(text)
    assert forms.DateField().clean("2024-03-05") == MARCH_5


def test_no_form_of_the_house_was_made_before_its_date_fields_knew_their_years():
    import_module("congress.urls")  # and with it every page's forms
    found = [forms.BaseForm]
    for each in found:
        found += each.__subclasses__()
    fields = [field for form in found for field in getattr(form, "base_fields", {}).values()]
    dated = [field for field in fields if isinstance(field, (forms.DateField, forms.DateTimeField))]
    assert dated
    assert all(check_years in field.validators for field in dated)


def test_a_day_is_said_without_noughts_and_a_moment_by_the_clocks_here():
    day = date(2026, 12, 5)
    assert (said(day), said_short(day)) == ("2026年12月5日", "12月5日")
    assert said_moment(datetime(2026, 12, 4, 17, 5, tzinfo=UTC)) == "12月5日 01:05"
