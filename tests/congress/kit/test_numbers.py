import pytest

from congress.kit.numbers import LARGEST, asked_number, asked_year, row_number, row_numbers, shown_versions


@pytest.mark.parametrize(
    ("text", "number"),
    [("7", 7), (f"{LARGEST}", LARGEST), (f"{LARGEST + 1}", None), ("9" * 30, None), ("²", None), ("７", None),
     ("-1", None), ("", None), (None, None)],
)  # fmt: skip
def test_what_is_no_number_of_a_row_names_none(text, number):
    assert row_number(text) == number


@pytest.mark.parametrize(("text", "kept"), [("7", "7"), ("²", ""), ("x", ""), ("", ""), (None, "")])
def test_a_condition_keeps_the_number_as_the_address_has_it(text, kept):
    assert asked_number(text) == kept


def test_those_that_are_numbers_are_kept_in_their_order():
    assert row_numbers(["3", "x", "²", "1"]) == [3, 1]


@pytest.mark.parametrize(("text", "year"), [("2024", 2024), ("1999", 2026), ("2101", 2026), ("²", 2026), (None, 2026)])
def test_a_year_that_is_none_of_this_century_is_overlooked(text, year):
    assert asked_year(text, default=2026) == year


def test_rows_that_a_page_showed_are_read_with_their_versions_and_odd_ones_are_none():
    assert shown_versions(["7:0", "8:12", "9", "x:1", "3:", "1:2:3", ":4"]) == {7: 0, 8: 12}
