"""Spreadsheets going out: a title row, who made it when, a header, and cells that can't turn into formulas (导出)."""

import io
from dataclasses import dataclass
from datetime import date

import xlsxwriter

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Column:
    """One column of a sheet: its heading, its width in characters, and whether it holds numbers."""

    label: str
    width: int = 14
    is_number: bool = False


def workbook(title, columns, rows, *, note=""):
    """The bytes of an .xlsx with these rows (sequences as long as `columns`); `note` is the line of 制表时间."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet()
    formats = _formats(book)
    last = len(columns) - 1
    for row, text, style in ((0, title, "title"), (1, note, "note")):
        if last:
            sheet.merge_range(row, 0, row, last, text, formats[style])
        else:
            sheet.write_string(row, 0, text, formats[style])
    for number, column in enumerate(columns):
        sheet.set_column(number, number, column.width)
        sheet.write_string(2, number, str(column.label), formats["head"])
    for number, values in enumerate(rows, start=3):
        for place, value in enumerate(values):
            _write(sheet, number, place, value, formats)
    _for_paper(sheet, last)
    book.close()
    return buffer.getvalue()


def _write(sheet, row, column, value, formats):
    if value is None or value == "":
        sheet.write_blank(row, column, None, formats["cell"])
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, formats["date"])
    elif isinstance(value, int | float) and not isinstance(value, bool):
        sheet.write_number(row, column, value, formats["cell"])
    else:
        sheet.write_string(row, column, str(value), formats["cell"])


def _formats(book):
    line = {"border": 1, "border_color": "#bbbbbb", "valign": "vcenter", "text_wrap": True}
    return {
        "title": book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"}),
        "note": book.add_format({"font_color": "#555555", "align": "right"}),
        "head": book.add_format({**line, "bold": True, "bg_color": "#f1eee8", "align": "center"}),
        "cell": book.add_format(line),
        "date": book.add_format({**line, "num_format": "yyyy-mm-dd", "align": "left"}),
    }


def _for_paper(sheet, last):
    sheet.set_row(0, 30)
    sheet.freeze_panes(3, 0)
    sheet.repeat_rows(2)
    sheet.set_paper(9)
    if last > 5:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&P / &N")
