"""Rosters as clerks send them, made up for the tests."""

import csv
import io

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from stdnum.cn import ric

HEAD = ("姓名", "性别", "民族", "党派", "出生年月", "单位及职务", "代表团")


def person(name, **changes):
    """One row under HEAD; a keyword replaces the cell of that heading."""
    usual = dict(zip(HEAD, (name, "男", "汉族", "中共", "1976-05", "青石村农民", "青石镇代表团"), strict=True))
    return list((usual | changes).values())


def as_csv(rows, *, encoding="utf-8"):
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return io.BytesIO(text.getvalue().encode(encoding))


def as_xlsx(rows, *, merged=(), more=None):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "代表"
    for row in rows:
        sheet.append(row)
    for area in merged:
        sheet.merge_cells(area)
    for title, content in (more or {}).items():
        other = book.create_sheet(title)
        for row in content:
            other.append(row)
    return saved(book)


def saved(book):
    stream = io.BytesIO()
    book.save(stream)
    stream.seek(0)
    return stream


def upload(rows, name="名册.csv"):
    return SimpleUploadedFile(name, as_csv(rows).read())


def id_number(serial=1):
    """A number with a right check digit, of a place that is nobody's."""
    bare = f"11010119900307{serial:03}"
    return bare + ric.calc_check_digit(f"{bare}0")
