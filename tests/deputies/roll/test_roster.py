"""Judging a roster against the roll: one verdict a row."""

import pytest
from django.core.exceptions import ValidationError

from deputies.roll import importing
from deputies.roll.models import ImportRow
from tests.deputies.roll.rosters import HEAD, as_csv, as_xlsx, id_number, person
from tests.factories.organs import CongressFactory, TermFactory

V, D = ImportRow.Verdict, ImportRow.Decision
pytestmark = pytest.mark.django_db


def verdicts(lines):
    return [line.verdict for line in lines]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_is_read_in_either_encoding_with_a_mark_or_without(county, term, encoding):
    stream = as_csv([HEAD, person("田禾")], encoding=encoding)
    _headings, lines, new = importing.check_file(stream, name="a.csv", congress=county, term=term)
    assert (verdicts(lines), lines[0].value("name"), new) == ([V.NEW], "田禾", ["青石镇代表团"])


def test_titles_merged_cells_and_a_second_sheet_are_understood(county, term):
    title = ["青禾县第十八届人大代表名册", *[None] * 6]
    stream = as_xlsx(
        [title, HEAD, person("田禾"), person("谷雨", 代表团=None)],
        merged=("A1:G1", "G3:G4"),
        more={"说明": [["请各代表团核对"]], "补选": [HEAD, person("麦秋")]},
    )
    headings, lines, _new = importing.check_file(stream, name="a.xlsx", congress=county, term=term)
    assert [(each["sheet"], each["row"]) for each in headings] == [("代表", 2), ("补选", 1)]
    assert [(line.sheet, line.number, line.value("delegation")) for line in lines] == [
        ("代表", 3, "青石镇代表团"),
        ("代表", 4, "青石镇代表团"),
        ("补选", 2, "青石镇代表团"),
    ]


def test_blank_rows_sums_and_repeated_headings_are_no_deputies(check):
    lines = check(person("田禾"), [""] * 7, HEAD, ["合计", "1", "", "", "", "", ""])
    assert verdicts(lines) == [V.NEW]


def test_a_file_without_a_heading_says_what_is_missing(county, term):
    with pytest.raises(ValidationError, match="找不到表头"):
        importing.check_file(as_csv([["田禾", "男"]]), name="a.csv", congress=county, term=term)


def test_the_same_file_twice_changes_nothing(check, take_in):
    rows = [person("田禾"), person("谷雨", 性别="女")]
    take_in(*rows)
    assert verdicts(check(*rows)) == [V.DUPLICATE, V.DUPLICATE]


def test_another_value_is_an_update_and_an_empty_cell_none(check, take_in):
    head = (*HEAD, "代表证号")
    take_in([*person("田禾"), "001"], head=head)
    lines = check([*person("田禾", 单位及职务="青石村支书"), "001"], head=head)
    assert verdicts(lines) == [V.UPDATE]
    assert verdicts(check([*person("田禾", 单位及职务=""), "001"], head=head)) == [V.DUPLICATE]


def test_a_certificate_of_somebody_else_is_an_error_and_so_is_one_twice_in_the_file(check, take_in):
    head = (*HEAD, "代表证号")
    take_in([*person("田禾"), "001"], head=head)
    lines = check([*person("谷雨"), "001"], [*person("麦秋"), "002"], [*person("稻香"), "002"], head=head)
    assert verdicts(lines) == [V.ERROR, V.NEW, V.ERROR]
    assert "001已经是田禾的" in lines[0].messages[0]
    assert "和第 3 行重复" in lines[2].messages[0]


def test_the_same_name_sex_people_and_delegation_is_a_question(check, take_in):
    take_in(person("田禾"))
    asked = check(person("田禾", 出生年月="1980-01"))
    assert (verdicts(asked), asked[0].asks_who) == ([V.ERROR], True)
    same = check(person("田禾", 出生年月="1980-01"), decisions={asked[0].place: D.SAME})
    assert (verdicts(same), same[0].mandate is not None) == ([V.UPDATE], True)
    other = check(person("田禾", 出生年月="1980-01"), decisions={asked[0].place: D.OTHER})
    assert (verdicts(other), other[0].mandate) == ([V.NEW], None)


def test_two_rows_of_one_name_in_a_file_are_a_question_too(check):
    lines = check(person("田禾"), person("田禾", 出生年月="1980-01"))
    assert verdicts(lines) == [V.NEW, V.ERROR]
    assert "和第 2 行同名" in lines[1].messages[0]


def test_the_same_name_in_another_delegation_is_somebody_else(check, take_in):
    take_in(person("田禾"))
    assert verdicts(check(person("田禾", 代表团="柳溪镇代表团"))) == [V.NEW]


def test_an_unknown_delegation_is_proposed_once(county, term):
    stream = as_csv([HEAD, person("田禾"), person("谷雨"), person("麦秋", 代表团="柳溪镇代表团")])
    _headings, _lines, new = importing.check_file(stream, name="a.csv", congress=county, term=term)
    assert new == ["青石镇代表团", "柳溪镇代表团"]


def test_somebody_known_by_his_id_number_elsewhere_is_one_person_and_nothing_of_that_seat_is_told(check, take_in):
    number = id_number()
    far = CongressFactory()
    far_term = TermFactory(congress=far)
    head = (*HEAD, "身份证号")
    stream = as_csv([head, [*person("田禾", 代表团="远方代表团", 单位及职务="远方单位"), number]])
    _headings, lines, new = importing.check_file(stream, name="a.csv", congress=far, term=far_term)
    importing.write(lines, new, congress=far, term=far_term)
    here = check([*person("田禾"), number], head=head)
    assert (verdicts(here), here[0].messages) == ([V.NEW], [])
    assert here[0].deputy is not None
    mismatch = check([*person("谷雨"), number], head=head)
    assert verdicts(mismatch) == [V.ERROR]
    assert "远方" not in " ".join(mismatch[0].messages)


def test_the_verdicts_sum_to_the_rows(check):
    lines = check(person("田禾"), person("谷 雨"), person("麦秋", 出生年月="串列"), person("田禾"))
    counts = importing.tally(lines)
    assert sum(counts.values()) == len(lines) == 4
    assert (counts[V.NEW], counts[V.WARNING], counts[V.ERROR]) == (1, 1, 2)
