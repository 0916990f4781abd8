"""Reads a holiday notice as a small table: one line a day (放假安排表)."""

import csv
import datetime as dt
import io
import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

REST_WORDS = frozenset({"放假", "休", "休息", "假", "0"})
WORK_WORDS = frozenset({"调休上班", "上班", "班", "补班", "1"})
ENCODINGS = ("utf-8-sig", "gb18030")
MAX_LINES = 400
_DATE = re.compile(r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$")


def decode(content):
    """The text of an uploaded table, UTF-8 or GB18030."""
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValidationError(_("认不出文件的编码，请另存为 CSV（UTF-8）后再导入。"))


def read_notice(text, *, year):
    """(date, is_workday, name) of every line; raises with every line that can't be read."""
    if "\x00" in text:
        raise ValidationError(_("这不是文字表格，请另存为 CSV（UTF-8）后再导入。"))
    days, faults = {}, []
    for number, cells in enumerate(csv.reader(io.StringIO(text.replace("\t", ","))), start=1):
        cells = [cell.strip() for cell in cells if cell.strip()]
        if not cells or (number == 1 and not _DATE.match(cells[0])):
            continue
        try:
            day, is_workday, name = _read_line(cells, year)
            if day in days:
                raise ValidationError(_("%s重复出现。") % day)
            days[day] = (day, is_workday, name)
        except ValidationError as fault:
            faults.append(_("第 %(number)s 行：%(fault)s") % {"number": number, "fault": fault.messages[0]})
    if len(days) > MAX_LINES:
        faults.append(_("一年的放假安排不会超过 %s 行。") % MAX_LINES)
    if not days and not faults:
        faults.append(_("表格里没有日期。"))
    if faults:
        raise ValidationError(faults[:20])
    return sorted(days.values())


def _read_line(cells, year):
    matched = _DATE.match(cells[0])
    if not matched:
        raise ValidationError(_("“%s”不是日期，请写成 2027-02-06。") % cells[0][:20])
    try:
        day = dt.date(*map(int, matched.groups()))
    except ValueError:
        raise ValidationError(_("没有“%s”这一天。") % cells[0]) from None
    if day.year != year:
        raise ValidationError(_("%(day)s不在%(year)s年。") % {"day": day, "year": year})
    kind = next((cell for cell in cells[1:] if cell in REST_WORDS | WORK_WORDS), None)
    if kind is None:
        raise ValidationError(_("请写明“放假”或者“上班”。"))
    is_workday = kind in WORK_WORDS
    rest = [cell for cell in cells[1:] if cell != kind]
    return day, is_workday, (rest[-1] if rest else _("调休上班") if is_workday else _("放假"))[:20]
