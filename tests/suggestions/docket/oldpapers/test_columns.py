"""What stands in the cells of old tables: numbers, sessions, classes, names, as offices write them."""

import pytest

from congress.kit.columns import ERROR, OK, WARNING
from suggestions.docket.oldpapers import columns, names
from suggestions.docket.oldpapers.columns import OLD_PAPERS


@pytest.mark.parametrize(
    ("raw", "serial", "is_between"),
    [
        ("124", 124, False), ("第197号", 197, False), ("201号", 201, False), ("0038", 38, False), ("第五号", 5, False),
        ("第二十一号", 21, False), ("闭字1号", 1, True),
        ("第023号闭会建议", 23, True), ("议3", 3, False), ("", None, False),
        ("第〔2024〕15号", 15, False), ("20240147", 147, False), ("甲-9", None, False),
    ],
)  # fmt: skip
def test_numbers_are_read_as_they_are_printed(raw, serial, is_between):
    number = columns.read_number(raw).value
    assert (number.serial, number.is_between) == (serial, is_between)


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        ("十八届二次", (18, 2)), ("第十八届人民代表大会第二次会议", (18, 2)), ("18届2次", (18, 2)),
        ("十七届五次(推断)", (17, 5)), ("2019", None), ("", None),
    ],
)  # fmt: skip
def test_sessions_are_read_as_they_are_printed(raw, place):
    assert columns.read_session(raw).value.place == place


@pytest.mark.parametrize(
    ("raw", "result", "field", "verdict"),
    [
        ("B", "B", "", OK), ("B类", "B", "", OK), ("（A）", "A", "", OK),
        ("类 别:B", "B", "", OK), ("分类(A)", "A", "", OK),
        ("A1类", "A", "", WARNING), ("农业农村", "", "农业农村", OK), ("", "", "", OK),
    ],
)  # fmt: skip
def test_a_column_of_classes_may_hold_classes_or_fields(raw, result, field, verdict):
    cell = columns.read_class(raw)
    assert (cell.value.result, cell.value.field, cell.verdict) == (result, field, verdict)


@pytest.mark.parametrize(
    ("raw", "state", "verdict"),
    [("已办结", "closed", OK), ("不予立案", "rejected", OK), ("撤回", "withdrawn", OK), ("转来信办理", "letter", OK),
     ("", "closed", OK), ("正在办理", "", ERROR), ("未答复", "", ERROR), ("其他", "closed", WARNING)],
)  # fmt: skip
def test_only_what_has_ended_is_an_old_paper(raw, state, verdict):
    cell = columns.read_state(raw)
    assert (cell.value, cell.verdict) == (state, verdict)


@pytest.mark.parametrize(
    ("text", "read", "count", "delegation"),
    [
        ("苏红、杨清等12位代表", ["苏红", "杨清"], 12, ""), ("王 清、田能", ["王清", "田能"], 2, ""),
        ("周启 吴玉粉 马文", ["周启", "吴玉粉", "马文"], 3, ""), ("何 青", ["何青"], 1, ""), ("万一", ["万一"], 1, ""),
        ("庞益等七位代表", ["庞益"], 7, ""), ("莽桥等代表", ["莽桥"], None, ""),
        ("柳溪代表团李凌", ["李凌"], 1, "柳溪代表团"),
        ("柳溪代表团彭国等6位代表", ["彭国"], 6, "柳溪代表团"), ("王珂、高星两位代表", ["王珂", "高星"], 2, ""),
        ("", [], None, ""),
    ],
)  # fmt: skip
def test_proposers_are_taken_apart(text, read, count, delegation):
    found = names.proposers(text)
    assert (list(found.names), found.count, found.delegation) == (read, count, delegation)


@pytest.mark.parametrize("text", ["柳溪镇代表团", "财经委员会", "第三代表小组"])
def test_a_body_is_no_person(text):
    assert names.proposers(text).is_body


@pytest.mark.parametrize("text", ["县政协经济委", "周强委员", "中共界别（某某等人）", "王某、李某委员"])
def test_members_of_the_consultative_conference_are_known_by_their_words(text):
    assert names.is_cppcc(text)


def test_departments_are_taken_apart_and_the_others_left():
    assert names.departments("县水务局；柳溪镇人民政府、县财政局等") == ["县水务局", "柳溪镇人民政府", "县财政局"]
    assert names.is_vague("我局")
    assert not names.is_vague("市场监督管理局")


def test_the_usual_headings_are_known_with_notes_spaces_and_stars():
    head = ["*标题", "编 号", "领衔代表（姓名）", "承办单位", "协办", "答复日期：", "办理结果（整理者）", "网址"]
    _index, found = OLD_PAPERS.find_header([["某县历年建议"], head])
    assert [column.field for column in found.values()] == [
        "title", "number", "proposer", "unit", "co", "replied_on", "result", "source",
    ]  # fmt: skip
