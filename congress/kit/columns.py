"""Tables that people bring: what a heading means, and a verdict on every value below it (表头与取值)."""

import re
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

OK, WARNING, ERROR = "ok", "warning", "error"
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff]")
_NO_HEADING = re.compile(r"[\s\u3000*＊:：]|[（(].*?[）)]")
_HEADER_DEPTH = 20
TOTALS = frozenset({"合计", "总计", "小计", "共计"})


@dataclass
class Cell:
    """One value: as it stood and where, as it will be written, and what there is to say about it."""

    raw: str
    value: object = ""
    verdict: str = OK
    message: str = ""
    at: str = ""  # D12, as spreadsheet programs call the place


def warn(raw, value, message):
    return Cell(raw, value, WARNING, message)


def fail(raw, message):
    return Cell(raw, "", ERROR, message)


@dataclass(frozen=True)
class Column:
    """One column of a table: its field, the headings people give it, and how its value is read."""

    field: str
    label: str
    headings: tuple
    read: object = field(default=None)
    is_required: bool = False
    is_joined: bool = False  # may stand in several columns, such as a unit and a post


@dataclass(frozen=True)
class Row:
    """One row below a heading, its cells by field."""

    sheet: str
    number: int
    cells: dict


class Columns:
    """The columns that one kind of table may have; without the key column a row is no heading."""

    def __init__(self, columns, *, key):
        self.key = key
        self.by_field = {column.field: column for column in columns}
        self._by_heading = {heading: column for column in columns for heading in column.headings}

    def heading_of(self, text):
        """The column a heading means, or None; spaces, notes in brackets and stars are overlooked."""
        return self._by_heading.get(_NO_HEADING.sub("", text))

    def find_header(self, rows):
        """(index of the header row, {column index: Column}) — the row of the first twenty with most known headings.

        Without a heading for the key there is no header: (None, {}).
        """
        best, found = None, {}
        for index, row in enumerate(rows[:_HEADER_DEPTH]):
            columns = {}
            for place, text in enumerate(row):
                column = self.heading_of(text)
                if column and (column.is_joined or column not in columns.values()):
                    columns[place] = column
            names = {column.field for column in columns.values()}
            if self.key in names and len(columns) > max(len(found), 1):
                best, found = index, columns
        return best, found

    def read(self, sheets, *, missing):
        """(headings, rows) of every sheet that has a heading; `missing` is what is said where none has one."""
        headings, rows = [], []
        for sheet in sheets:
            header, columns = self.find_header(sheet.rows)
            if header is None:
                continue
            headings.append(_heading(sheet, header, columns))
            for number, row in enumerate(sheet.rows[header + 1 :], start=header + 2):
                if cells := self._cells(row, columns, number):
                    rows.append(Row(sheet.name, number, cells))
        if not headings:
            raise ValidationError(missing)
        if not rows:
            raise ValidationError(_("表头下面没有内容。"))
        return headings, rows

    def _cells(self, row, columns, number):
        raw, at = _texts(row, columns)
        key = raw[self.key].replace(" ", "")
        if not any(raw.values()) or key in TOTALS or key in self.by_field[self.key].headings:
            return None
        cells = {name: self.by_field[name].read(text) for name, text in raw.items()}
        for name, cell in cells.items():
            cell.at = f"{letters(at[name])}{number}"
        return cells

    def say(self, cells):
        """[(verdict, what is said)] of the cells that are not plainly right."""
        return [
            (cell.verdict, f"{self.by_field[name].label}“{cell.raw}”：{cell.message}")
            for name, cell in cells.items()
            if cell.verdict != OK
        ]


def _heading(sheet, header, columns):
    """Where the heading stands, what its columns mean, and which columns nobody reads."""
    unread = [text for place, text in enumerate(sheet.rows[header]) if text and place not in columns]
    names = [column.field for column in columns.values()]
    return {"sheet": sheet.name, "row": header + 1, "columns": names, "unread": unread}


def _texts(row, columns):
    """(texts, places) of a row by field; what stands in two columns, such as unit and post, becomes one text."""
    raw, at = {}, {}
    for place, column in columns.items():
        text = row[place] if place < len(row) else ""
        earlier = raw.get(column.field, "")
        raw[column.field] = f"{earlier} {text}".strip() if text not in earlier else earlier
        at.setdefault(column.field, place)
    return raw, at


def letters(place):
    """0 → A, 25 → Z, 26 → AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def read_text(limit):
    """A reader of plain text: control characters and the sign of a formula are taken off, too long is an error."""

    def read(raw):
        value = CONTROL.sub(" ", raw).strip()
        if value[:1] in {"=", "@"} or (value[:1] in {"+", "-"} and len(value) > 1 and not value[1:2].isdigit()):
            return warn(raw, value.lstrip("=@+-")[:limit], _("像是公式，开头的符号已去掉。"))
        if len(value) > limit:
            return fail(raw, _("太长，最多 %s 个字。") % limit)
        return Cell(raw, value)

    return read
