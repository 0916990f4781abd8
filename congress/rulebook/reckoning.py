"""From a rule and a first day to the last day, one sentence a step (民法典 Arts. 201-203, by analogy)."""

import datetime as dt
from dataclasses import dataclass

from congress.kit import periods
from congress.kit.dates import said, said_short
from congress.organs.models import chinese_number
from congress.rulebook.codes import code_of
from congress.rulebook.models import Unit

FIRST_DAY_LAW = "民法典第二百零一条（参照）"
MONTH_LAW = "民法典第二百零二条（参照）"
REST_DAY_LAW = "民法典第二百零三条（参照）"
WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class Step:
    """One line of the reckoning: the day or days it speaks of, what happens, and the law behind it."""

    on: dt.date
    text: str
    law: str = ""
    until: dt.date | None = None

    @property
    def sentence(self):
        when = full_date(self.on) if self.until in (None, self.on) else f"{full_date(self.on)}至{full_date(self.until)}"
        return f"{when}：{self.text}" + (f"依据：{self.law}。" if self.law else "")

    def as_json(self):
        return {
            "on": self.on.isoformat(),
            "until": self.until.isoformat() if self.until else None,
            "text": self.text,
            "law": self.law,
        }

    @classmethod
    def from_json(cls, row):
        until = row["until"] and dt.date.fromisoformat(row["until"])
        return cls(dt.date.fromisoformat(row["on"]), row["text"], row["law"], until)


@dataclass(frozen=True)
class Deadline:
    """When a period ends, whether that can still change, and why it is that day."""

    rule: object
    start: dt.date
    due_on: dt.date
    provisional: bool
    reckoning: tuple  # of Step: for pages; a row keeps `as_json()` of it
    article: str
    version_id: int | None

    @property
    def steps(self):
        """The reckoning as Chinese sentences."""
        return tuple(step.sentence for step in self.reckoning)

    def as_json(self):
        return [step.as_json() for step in self.reckoning]


def reckon(rule, *, start, version, works):
    """The last day of the period that the rule gives from that start."""
    works = works.asked_afresh()
    steps = [Step(start, _opening(rule), rule.article or "产品默认")]
    if rule.unit == Unit.CALENDAR_DATE:
        due_on = _to_calendar_date(rule, start, works, steps)
    elif rule.value == 0:
        due_on = periods.first_workday_from(start, works)
        steps += _moved(start, due_on, works)
    else:
        steps.append(Step(start + periods.ONE_DAY, _first_day(rule, start), FIRST_DAY_LAW))
        due_on = _BY_UNIT[rule.unit](rule, start, works, steps)
    provisional = bool(works.unpublished)
    if provisional:
        years = "、".join(f"{year}年" for year in sorted(works.unpublished))
        text = f"{years}放假安排尚未公布或者录入，这一天是暂定的，公布后重新计算。"
        steps.append(Step(due_on, text, "国务院办公厅放假通知"))
    steps.append(closing(due_on, _source(version)))
    return Deadline(rule, start, due_on, provisional, tuple(steps), rule.article or "产品默认", version.pk)


def closing(due_on, law):
    """The last line of every reckoning: the day itself."""
    return Step(due_on, "期限届满，当日24时以前完成都算按期。", law)


def _to_workday(rule, start, works, steps):
    due_on = periods.nth_workday(start, rule.value, works)
    passed = [day for day in periods.days_between(start + periods.ONE_DAY, due_on) if not works(day)]
    skipped = f"期间跳过{len(passed)}个休息日，" if passed else ""
    steps.append(Step(due_on, f"只数工作日，{skipped}第{rule.value}个工作日是{said_short(due_on)}。", rule.article))
    return due_on


def _to_day(rule, start, works, steps):
    landing = start + dt.timedelta(days=rule.value)
    steps.append(Step(landing, f"逐日连续计算，第{rule.value}日是{said_short(landing)}。", FIRST_DAY_LAW))
    due_on = periods.first_workday_from(landing, works)
    steps += _moved(landing, due_on, works)
    return due_on


def _to_month(rule, start, works, steps):
    landing = periods.add_months(start, rule.value)
    if landing.day == start.day:
        text = f"按月计算，到期月的对应日是{landing.day}日。"
    else:
        text = f"按月计算，到期月没有{start.day}日，以月末日{said_short(landing)}为最后一日。"
    steps.append(Step(landing, text, MONTH_LAW))
    due_on = periods.first_workday_from(landing, works)
    steps += _moved(landing, due_on, works)
    return due_on


def _to_calendar_date(rule, start, works, steps):
    month, day = (int(part) for part in rule.value.split("-"))
    landing = periods.next_anniversary(start, month, day)
    steps.append(Step(landing, f"规定的固定日期是每年{month}月{day}日，起算日之后的第一个是这一天。", rule.article))
    due_on = periods.first_workday_from(landing, works)
    steps += _moved(landing, due_on, works)
    return due_on


_BY_UNIT = {Unit.WORKDAYS: _to_workday, Unit.DAYS: _to_day, Unit.MONTHS: _to_month}


def _moved(landing, due_on, works):
    """The step that carries a last day over the rest days it fell on."""
    if due_on == landing:
        return []
    last_rest = due_on - periods.ONE_DAY
    text = (
        f"{said_short(landing)}是{_kind_of_rest(landing, works)}，最后一日顺延到休息日结束的次日{said_short(due_on)}。"
    )
    return [Step(landing, text, REST_DAY_LAW, until=last_rest)]


def _kind_of_rest(day, works):
    named = works.named(day)
    return f"{named.name}假期" if named else f"周{WEEKDAYS[day.weekday()]}休息日"


def _opening(rule):
    code = code_of(rule.code)
    return f"{code.starts}。应当{within(rule)}{code.demand}。"


def _first_day(rule, start):
    starts = code_of(rule.code).starts
    return f"{starts}{said_short(start)}不计入，从{said_short(start + periods.ONE_DAY)}起算。"


def _source(version):
    day = version.effective_from
    return f"{version.profile.name}口径，{said(day)}起"


def within(rule):
    """The length of a period in words: 三个月内, 10个工作日内, 每年8月5日以前."""
    if rule.unit == Unit.CALENDAR_DATE:
        month, day = (int(part) for part in rule.value.split("-"))
        return f"在每年{month}月{day}日以前"
    if rule.value == 0:
        return "当日"
    if rule.unit == Unit.MONTHS:
        return f"在{chinese_number(rule.value) if rule.value != 2 else '两'}个月内"
    return f"在{rule.value}{'个工作日' if rule.unit == Unit.WORKDAYS else '日'}内"


def full_date(day):
    return f"{said(day)}（周{WEEKDAYS[day.weekday()]}）"
