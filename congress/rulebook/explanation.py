"""Why a date is that date, ready for a page: numbered lines, the closing line, the months day by day."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from congress.kit.dates import said_short
from congress.rulebook.codes import CODES
from congress.rulebook.models import Unit
from congress.rulebook.months import months_between
from congress.rulebook.reckoning import WEEKDAYS

NUMERALS = "一二三四五六七八九十"
MONTHS_SHOWN = 8  # a longer period shows its first and its last months


@dataclass(frozen=True)
class Line:
    """One row of the table."""

    numeral: str
    when: str
    text: str
    law: str


@dataclass(frozen=True)
class Explanation:
    lines: tuple
    end: Line
    months: tuple
    skips_months: bool


def explain(steps, *, start, due_on, works, today=None, events=()):
    """Dress the reckoning of a date; `events` are (day, css, word) that stand in the calendar as well."""
    *reckoning, last = steps
    lines = tuple(
        Line(NUMERALS[number] if number < len(NUMERALS) else "", _when(step), step.text, step.law)
        for number, step in enumerate(reckoning)
    )
    months = months_between(
        start, due_on, works=works, marks=_marks(reckoning, start, due_on, today, events), near=(start, due_on)
    )
    skips = len(months) > MONTHS_SHOWN
    shown = [*months[: MONTHS_SHOWN // 2], *months[-MONTHS_SHOWN // 2 :]] if skips else months
    return Explanation(lines, Line("", _when(last), last.text, last.law), tuple(shown), skips)


def _marks(reckoning, start, due_on, today, events):
    marks = {}
    for step in reckoning:
        if step.until is not None and step.on != due_on:
            marks[step.on] = ("land", _("届满"))
    if today:
        marks[today] = ("tod", _("今天"))
    for day, css, word in events:
        marks[day] = (css, word)
    return marks | {start: ("start", _("起算")), due_on: ("due", _("期限"))}


def _when(step):
    if step.until not in (None, step.on):
        return f"{said_short(step.on)}至{said_short(step.until)}"
    return f"{said_short(step.on)} 周{WEEKDAYS[step.on.weekday()]}"


def in_words(rule, code):
    """The value of a rule as the page prints it."""
    if rule.unit in _PERIOD_WORDS:
        return _PERIOD_WORDS[rule.unit] % {"value": rule.value}
    if rule.unit == Unit.FLAG:
        return _("是") if rule.value else _("否")
    if rule.unit == Unit.CHOICE:
        return code.choice_label(rule.value)
    if rule.unit == Unit.LIST:
        return "；".join(in_lines(rule, code))
    return str(rule.value)


def in_lines(rule, code):
    """The same, an item of a list a line."""
    if rule.unit == Unit.LIST:
        return [_item(item, code) for item in rule.value] or [_("不设")]
    return [in_words(rule, code)]


_PERIOD_WORDS = {
    Unit.WORKDAYS: _("%(value)s 个工作日"),
    Unit.DAYS: _("%(value)s 日"),
    Unit.MONTHS: _("%(value)s 个月"),
    Unit.CALENDAR_DATE: _("每年 %(value)s"),
}


def _item(item, code):
    if not isinstance(item, dict):
        return str(code.choice_label(item))
    if "period" in item:
        return _stages(item)
    return f"{item['code']} {item['label']}" if len(item["code"]) < 4 else item["label"]


def _stages(item):
    def days(numbers):
        said = "、".join(str(number) for number in numbers)
        return _("%s 日") % said if said else _("不提醒")

    return _("%(period)s：期满前 %(before)s，期满后 %(after)s，第 %(up)s 日上报") % {
        "period": _period_label(item["period"]),
        "before": days(item["before"]),
        "after": days(item["after"]),
        "up": item["escalate_after"],
    }


def _period_label(code):
    from_code = CODES.get(code)
    return from_code.label if from_code else _("其余期限")
