"""The deadline strip: the dates of the handling at hand on one scale, in percent (期限尺)."""

import datetime as dt
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from congress.deadlines.models import Clock
from suggestions.docket.models import Assignment

MONTHS = 14  # labels that stand beside each other below the rail
NEAR = 9.0  # labels nearer than this many percent would run into each other
_BEFORE = {"start": 0, "middle": 0.5, "end": 1}  # how much of a label stands before its mark
REPLY_RULES = frozenset({"reply", "rehandle", "assign", "assign_session"})


@dataclass
class Tick:
    """One mark: where, what, which day, how it went."""

    on: dt.date
    name: str
    note: str = ""
    kind: str = "dot"  # dot, dot-open, dot-ok, dot-warn, dot-end
    tone: str = ""  # warn-t, ok-t
    says_year: bool = False
    at: float = 0.0
    low: bool = False
    anchor: str = "middle"

    @property
    def width(self):
        """About how many percent of the scale its label takes: the day with its note, or NEAR where that is less."""
        return max(NEAR, 5 + 1.1 * len(self.note))


@dataclass
class Strip:
    ticks: list
    months: list = field(default_factory=list)
    past: float = 0.0
    due: float = 100.0
    today: float | None = None
    today_on: dt.date | None = None
    is_over: bool = False
    clock: Clock | None = None
    rail: int = 72

    @property
    def words(self):
        return "；".join(f"{tick.on:%Y-%m-%d} {tick.name} {tick.note}".strip() for tick in self.ticks)

    @property
    def tick_end(self):
        return self.rail - 8

    @property
    def today_from(self):
        return self.rail - 12

    @property
    def today_anchor(self):
        return "start" if self.today < 4 else "end" if self.today > 96 else "middle"

    @property
    def today_side(self):
        """To which side the word of today runs where the scale is too narrow to centre it."""
        return "left" if self.today > 50 else "right"

    @property
    def below(self):
        """Heights under the rail: month line, its end, its word, today's end, today's word."""
        return [self.rail + each for each in (8, 18, 34, 40, 58)]


def of(dossier, *, today):
    """The strip of the round at hand, or of the way to its assignment; None while nothing is dated."""
    case, current = dossier.case, dossier.current
    clock = _measure(dossier)
    if current:
        name = _("交办") if current.handling.number == 1 else _("重新办理")
        ticks = [Tick(current.handling.opened_on, name)] if current.handling.opened_on else []
        for share in current.shares:
            ticks += _of_share(share, dossier)
    elif case.submitted_on:
        ticks = [Tick(case.submitted_on, _("提出"))]
        if case.registered_on:
            ticks.append(Tick(case.registered_on, _("立案")))
    else:
        return None
    if case.closed_on and not (ticks and case.closed_on == case.replied_on):
        ticks.append(Tick(case.closed_on, case.get_state_display(), kind="dot-open"))
    if not ticks or (dossier.origin and len(ticks) < 2):  # an old paper without dates: nothing to measure
        return None
    if clock:
        ticks.append(Tick(clock.due_on, _("答复期限") if current else _("交办期限"), kind="dot-end"))
    is_open = clock is not None and clock.state == Clock.State.RUNNING
    once = {(tick.on, tick.name): tick for tick in ticks}  # two co-handlers on one day are one mark
    return _scaled(sorted(once.values(), key=lambda tick: tick.on), clock, today=today, is_open=is_open)


def _measure(dossier):
    """The clock whose period the strip shows: the latest of those that measure the round."""
    started = dossier.current.handling.opened_on if dossier.current else None
    rules = REPLY_RULES & ({"reply", "rehandle"} if dossier.current else {"assign", "assign_session"})
    fitting = [each for each in dossier.clocks if each.rule in rules and (not started or each.started_on >= started)]
    return max(fitting, key=lambda each: (each.started_on, each.pk), default=None)


def _of_share(share, dossier):
    ticks = []
    if share.accepted_on and share.role != Assignment.Role.CO:
        ticks.append(Tick(share.accepted_on, _("签收")))
    ticks += [Tick(each.on, _("联系代表"), each.get_method_display()) for each in share.met]
    if share.done_on and share.role == Assignment.Role.CO:
        ticks.append(
            _judged(Tick(share.done_on, _("会办意见")), _clock_of(share, {"co_opinion"}, dossier), early=False)
        )
    if share.done_on and share.answers:
        tick = Tick(share.done_on, _("答复"), kind="dot-ok", tone="ok-t")
        ticks.append(_judged(tick, _clock_of(share, {"reply", "rehandle"}, dossier)))
    return ticks


def _clock_of(share, rules, dossier):
    label = share._meta.label_lower
    own = [each for each in dossier.clocks if each.subject_kind == label and each.subject_id == share.pk]
    return next((each for each in own if each.rule in rules), None)


def _judged(tick, clock, *, early=True):
    """Say by how many days it was early or late."""
    if clock is None:
        return tick
    days = (clock.due_on - tick.on).days
    if days < 0:
        tick.kind, tick.tone, tick.note = "dot-warn", "warn-t", _("迟 %s 天") % -days
    elif early and days:
        tick.note = _("早 %s 天") % days
    return tick


def _scaled(ticks, clock, *, today, is_open):
    first, last = ticks[0].on, ticks[-1].on
    ticks[0].says_year = first.year != today.year
    if is_open:
        last = max(last, today)
    span = max((last - first).days, 1)

    def at(day):
        return round((day - first).days / span * 100, 2)

    done = [tick.on for tick in ticks if tick.kind != "dot-end"]
    strip = Strip(ticks, clock=clock, past=at(min(today, last) if is_open else max(done)))
    strip.due = at(clock.due_on) if clock else 100.0
    strip.is_over = is_open and clock.due_on < today
    if first < today <= last:
        strip.today, strip.today_on = at(today), today
    months = [(at(day), day.month) for day in _firsts(first, last) if 4 < at(day) < 96]
    strip.months = months[:: len(months) // MONTHS + 1]
    _place(ticks, at)
    if any(tick.low for tick in ticks):
        strip.rail = 112
    return strip


def _firsts(first, last):
    day = dt.date(first.year, first.month, 1)
    while day <= last:
        if day > first:
            yield day
        day = (day + dt.timedelta(days=32)).replace(day=1)


def _place(ticks, at):
    """Set each mark on the scale; a label that would run into its neighbour goes one row down, or to the right."""
    taken = {False: -NEAR, True: -NEAR}  # up to where the labels of the upper and of the lower row reach
    for tick in ticks:
        tick.at = at(tick.on)
        tick.anchor = "start" if tick.at < 3 else "end" if tick.at > 97 else "middle"
        begins = tick.at - _BEFORE[tick.anchor] * tick.width
        if tick.anchor == "middle" and begins < min(taken.values()):
            tick.anchor, begins = "start", tick.at
        tick.low = begins < taken[False] and taken[True] <= taken[False]
        taken[tick.low] = begins + tick.width
