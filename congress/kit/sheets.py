"""Reading a spreadsheet as rows of text, whatever program wrote it (.xlsx, .xls, .csv)."""

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

KINDS = ("xlsx", "xls", "csv")
MAX_ROWS = 20_000
_ENCODINGS = ("utf-8-sig", "gb18030")


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name and its rows as trimmed text; row 1 of the file is rows[0]."""

    name: str
    rows: list


def read_sheets(stream, *, name):
    """The sheets of a file that hold anything; ValidationError in Chinese when it is none that can be read."""
    sheets = _read_csv(stream) if name.lower().endswith(".csv") else _read_workbook(stream)
    sheets = [sheet for sheet in sheets if any(any(row) for row in sheet.rows)]
    if not sheets:
        raise ValidationError(_("文件里没有内容。"))
    if sum(len(sheet.rows) for sheet in sheets) > MAX_ROWS:
        raise ValidationError(_("文件超过 %s 行，请分成几个文件导入。") % MAX_ROWS)
    return sheets


def _read_csv(stream):
    content = stream.read()
    if b"\x00" in content:
        raise ValidationError(_("文件不是文本格式的 CSV，请用表格软件另存为 .xlsx 或 .csv。"))
    for encoding in _ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""))]
        return [Sheet("", rows)]
    raise ValidationError(_("认不出文件的文字编码，请另存为 UTF-8 或者 GB18030 编码的 CSV。"))


def _read_workbook(stream):
    try:
        workbook = CalamineWorkbook.from_filelike(stream)
        return [Sheet(name, _rows(workbook.get_sheet_by_name(name))) for name in workbook.sheet_names]
    except PasswordError:
        raise ValidationError(_("文件设了密码，请去掉密码再导入。")) from None
    except CalamineError:
        raise ValidationError(_("文件打不开，可能已损坏，或者不是表格。请用表格软件另存为 .xlsx。")) from None


def _rows(sheet):
    """The rows from the first line of the sheet on; a merged cell's value stands in all of its rows."""
    rows = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if bottom == top or right != left or top >= len(rows):
            continue  # a title across columns is no value of theirs
        for row in rows[top + 1 : bottom + 1]:
            row[left] = row[left] or rows[top][left]
    return rows


def _text(cell):
    """A cell as a person reads it: whole numbers without .0, dates as YYYY-MM-DD."""
    if isinstance(cell, bool):
        return _("是") if cell else _("否")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    return str(cell).strip()
