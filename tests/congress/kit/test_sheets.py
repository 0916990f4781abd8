"""Spreadsheets as rows of text, whatever program wrote them."""

import csv
import io
from datetime import date, datetime

import openpyxl
import pytest
from django.core.exceptions import ValidationError

from congress.kit import sheets
from congress.kit.exports import Column, workbook
from congress.kit.sheets import read_sheets


def written(fill):
    book = openpyxl.Workbook()
    fill(book.active)
    stream = io.BytesIO()
    book.save(stream)
    stream.seek(0)
    return stream


def test_row_one_of_the_file_is_the_first_row_even_when_it_is_empty():
    stream = written(lambda sheet: sheet.__setitem__("B3", "姓名"))
    (sheet,) = read_sheets(stream, name="a.xlsx")
    assert sheet.rows[2][1] == "姓名"


def test_numbers_and_dates_read_as_a_person_reads_them():
    def fill(sheet):
        sheet.append([13800000001, 3.5, date(1976, 5, 3), datetime(1976, 5, 3, 8, 0), True, "  田禾 "])

    (sheet,) = read_sheets(written(fill), name="a.xlsx")
    assert sheet.rows[0] == ["13800000001", "3.5", "1976-05-03", "1976-05-03", "是", "田禾"]


def test_a_cell_merged_downwards_stands_in_each_of_its_rows_and_a_title_only_in_its_own():
    def fill(sheet):
        sheet.append(["名册", None])
        sheet.append(["青石镇", "田禾"])
        sheet.append([None, "谷雨"])
        sheet.merge_cells("A1:B1")
        sheet.merge_cells("A2:A3")

    (sheet,) = read_sheets(written(fill), name="a.xlsx")
    assert sheet.rows == [["名册", ""], ["青石镇", "田禾"], ["青石镇", "谷雨"]]


def test_a_formula_is_read_as_its_result_and_never_carried_out():
    stream = written(lambda sheet: sheet.append(["=1+1", "田禾"]))  # no program has reckoned it yet
    (sheet,) = read_sheets(stream, name="a.xlsx")
    assert sheet.rows[0][1] == "田禾"
    assert not sheet.rows[0][0].startswith("=")


def test_what_goes_out_can_not_turn_into_a_formula():
    content = workbook("名册", [Column("姓名"), Column("备注")], [["=1+1", "@SUM(A1)"]])
    cells = openpyxl.load_workbook(io.BytesIO(content)).active
    assert (cells["A4"].data_type, cells["A4"].value, cells["B4"].data_type) == ("s", "=1+1", "s")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_comes_in_either_encoding(encoding):
    text = io.StringIO()
    csv.writer(text).writerows([["姓名", "备注"], ["田禾", "两行\n说明，有“引号”"]])
    (sheet,) = read_sheets(io.BytesIO(text.getvalue().encode(encoding)), name="a.csv")
    assert sheet.rows == [["姓名", "备注"], ["田禾", "两行\n说明，有“引号”"]]


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "a.csv", "没有内容"),
        (b"\xff\xfe\xff\xff\xff", "a.csv", "文字编码"),
        ("姓名".encode("utf-16"), "a.csv", "CSV|文字编码"),
        (b"\x89PNG\r\n\x1a\n0000", "a.xlsx", "打不开"),
        (b"not a sheet", "a.xls", "打不开"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(content, name, words):
    with pytest.raises(ValidationError, match=words):
        read_sheets(io.BytesIO(content), name=name)


def test_a_file_longer_than_anybody_checks_is_refused(monkeypatch):
    monkeypatch.setattr(sheets, "MAX_ROWS", 3)
    with pytest.raises(ValidationError, match="超过 3 行"):
        read_sheets(io.BytesIO("姓名\n田\n禾\n谷\n".encode()), name="a.csv")
