"""What a heading means and what a cell may hold."""

import pytest

from deputies.roll import columns
from deputies.roll.columns import ERROR, OK, WARNING
from tests.deputies.roll.rosters import id_number


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("姓名", "name"),
        ("姓  名", "name"),
        ("代表姓名*", "name"),
        ("出生年月（公历）", "born"),
        ("政治面貌", "party"),
        ("工作单位及职务", "position_held"),
        ("联系电话：", "phone"),
        ("所在代表团", "delegation"),
        ("原选举单位", "constituency"),
    ],
)
def test_a_heading_is_known_by_what_it_means(heading, field):
    assert columns.heading_of(heading).field == field


def test_a_heading_that_means_nothing_here_is_no_column():
    assert columns.heading_of("序号") is None


def test_the_heading_is_found_below_titles_and_notes():
    rows = [
        ["青禾县第十八届人大代表名册"],
        ["", "填报单位：县人大办"],
        ["姓名", "性别", "代表团"],
        ["田禾", "男", "青石"],
    ]
    found, fields = columns.find_header(rows)
    assert (found, [each.field for each in fields.values()]) == (2, ["name", "sex", "delegation"])


def test_a_sheet_without_a_name_column_has_no_heading():
    assert columns.find_header([["单位", "电话"], ["县水利局", "0000"]]) == (None, {})


@pytest.mark.parametrize(
    ("raw", "kept", "verdict"),
    [
        ("田禾", "田禾", OK),
        ("田　禾", "田禾", WARNING),
        ("田 禾", "田禾", WARNING),
        ("田禾2", "田禾", WARNING),
        ("阿依•古丽", "阿依·古丽", WARNING),
        ("阿依·古丽", "阿依·古丽", OK),
        ("𬱖禾", "𬱖禾", OK),
        ("㛃禾", "㛃禾", OK),
        ("田禾😀", "", ERROR),
        ("田\u200b禾", "田禾", OK),
        ("", "", ERROR),
        ("12", "", ERROR),
        ("田" * 61, "", ERROR),
    ],
)
def test_a_name_is_mended_and_told_or_refused(raw, kept, verdict):
    cell = columns.read_name(raw)
    assert cell.verdict == verdict
    if verdict != ERROR:
        assert cell.value == kept


@pytest.mark.parametrize(
    ("raw", "kept", "verdict"),
    [
        ("1976年5月", "1976-05", OK),
        ("1976.05", "1976-05", OK),
        ("1976/5/3", "1976-05-03", OK),
        ("197605", "1976-05", OK),
        ("19760503", "1976-05-03", OK),
        ("1976", "1976", WARNING),
        ("1976.13", "", ERROR),
        ("青石村农民", "", ERROR),
        ("", "", OK),
    ],
)
def test_a_birth_is_read_in_every_hand_and_a_shifted_cell_is_seen(raw, kept, verdict):
    cell = columns.read_born(raw)
    assert (cell.value, cell.verdict) == (kept, verdict)


@pytest.mark.parametrize(
    ("raw", "kept", "verdict"),
    [("138 0000 0001", "13800000001", OK), ("+8613800000001", "13800000001", OK), ("1380000001", "", ERROR)],
)
def test_a_phone_has_eleven_digits(raw, kept, verdict):
    cell = columns.read_phone(raw)
    assert (cell.value, cell.verdict) == (kept, verdict)


def test_an_id_number_must_bear_its_check_digit():
    right = id_number()
    wrong = right[:-1] + ("1" if right[-1] != "1" else "2")
    assert columns.read_id_number(right.lower()).value == right
    assert columns.read_id_number(wrong).verdict == ERROR


@pytest.mark.parametrize(("raw", "verdict"), [("汉", OK), ("土家族", OK), ("男", ERROR), ("某族", WARNING)])
def test_a_people_that_is_no_people_is_seen(raw, verdict):
    assert columns.read_people(raw).verdict == verdict


@pytest.mark.parametrize("raw", ["=HYPERLINK(1)", "@SUM(A1)", "+cmd", "-x"])
def test_a_cell_that_looks_like_a_formula_loses_its_sign(raw):
    cell = columns.read_text(200)(raw)
    assert cell.verdict == WARNING
    assert cell.value[0] not in "=@+-"


def test_a_remark_tells_of_re_election_and_by_election():
    assert columns.read_re_elected("連任").value == {"is_re_elected": True, "is_by_election": False}
    assert columns.read_re_elected("2024年补选").value == {"is_re_elected": False, "is_by_election": True}
