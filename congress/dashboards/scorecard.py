"""How the congress of each township works: figures of every room beside each other (乡镇人大工作考核).

scorecard(townships, year=2026, on=day)          one Row a township, one Mark an item; nobody types a number
sources(township, item, year=2026, on=day)       the rows that a number counts
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Case, Count, F, OuterRef, Q, Subquery, When
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congress.dashboards.figures import handled_where, judged_by_date
from congress.deadlines.models import Clock
from congress.kit.templatetags.ui import cn_date
from deputies.activities.kinds import Kind
from deputies.debriefings.figures import rates, reported
from deputies.pledges import quotas
from deputies.pledges.lights import Light
from deputies.training.figures import Period, taught_in
from liaison.opinions.actions import PERIODS
from liaison.opinions.models import Opinion
from liaison.receptions.models import Reception
from liaison.receptions.questions import grid as reception_grid
from liaison.stations.models import LiaisonStation
from liaison.stations.openings import open_days, regular_of
from suggestions.docket.models import Suggestion

MEETINGS, SENT, RESIDENTS, REPLIES, DEPUTIES = (
    gettext_lazy("会议和监督"), gettext_lazy("报县人大"), gettext_lazy("联系群众"), gettext_lazy("按期办理"),
    gettext_lazy("代表"),
)  # fmt: skip


HANDLING_OF_A_TOWN = (PERIODS[Opinion.Tier.VILLAGE], PERIODS[Opinion.Tier.TOWNSHIP])


@dataclass(frozen=True)
class Item:
    """One column: what is counted, in which unit, and what makes it red."""

    code: str
    label: str
    group: str
    unit: str
    formula: str
    quota: str = ""  # the page of the townships' yearly work that shows what is behind the number

    @property
    def day_label(self):
        return _("期限") if self.group == REPLIES else _("日期")


_A_YEAR, _IN_TIME = gettext_lazy("全年次数"), gettext_lazy("按期报送")
_TIMES, _PAPERS, _CASES = gettext_lazy("次"), gettext_lazy("份"), gettext_lazy("件")
ITEMS = (
    Item("sessions", gettext_lazy("人代会"), MEETINGS, _TIMES, _A_YEAR, "sessions"),
    Item("presidium", gettext_lazy("主席团会议"), MEETINGS, _TIMES, gettext_lazy("每季度够次数，缺一个季度就是欠")),
    Item("inspections", gettext_lazy("视察检查"), MEETINGS, _TIMES, _A_YEAR, "inspections"),
    Item("work-reviews", gettext_lazy("评议站所"), MEETINGS, _TIMES, _A_YEAR, "work-reviews"),
    Item("plan", gettext_lazy("年度计划"), SENT, _PAPERS, _IN_TIME, "plan"),
    Item("summary", gettext_lazy("年度总结"), SENT, _PAPERS, _IN_TIME, "summary"),
    Item(
        "receptions",
        gettext_lazy("接待群众"),
        RESIDENTS,
        _TIMES,
        gettext_lazy("联络站、代表之家每月够次数，缺一个站一个月记欠 1"),
    ),
    Item(
        "openings",
        gettext_lazy("站点开放"),
        RESIDENTS,
        gettext_lazy("天"),
        gettext_lazy("按开放安排数出的开放日，一个站没有安排记欠 1"),
    ),
    Item(
        "opinions",
        gettext_lazy("民情"),
        REPLIES,
        _CASES,
        gettext_lazy("村、乡镇一级办的，按期答复 ÷ 应答复，逾期未答复算逾期"),
    ),
    Item(
        "suggestions",
        gettext_lazy("建议"),
        REPLIES,
        _CASES,
        gettext_lazy("本乡镇人大交办的，按期答复 ÷ 应答复，逾期未答复算逾期"),
    ),
    Item(
        "trainings",
        gettext_lazy("培训"),
        DEPUTIES,
        gettext_lazy("场"),
        gettext_lazy("乡镇办的培训、交流场次，不设定额"),
    ),
    Item(
        "debriefings",
        gettext_lazy("述职"),
        DEPUTIES,
        gettext_lazy("人"),
        gettext_lazy("当年述职的代表 ÷ 在任代表，达到述职率为完成"),
    ),
)
BY_CODE = {item.code: item for item in ITEMS}


@dataclass(frozen=True)
class Mark:
    """One township, one item: how many, of how many where there is a number to reach, and its colour.

    `light` is empty where there is nothing to judge: no case was due, or the rules name no number.
    """

    item: Item
    count: int = 0
    goal: int | None = None
    light: str = ""
    lacks: int = 0

    @property
    def words(self):
        """The colour in words, with what is owed."""
        if not self.light:
            return ""
        label = str(Light(self.light).label)
        return f"{label} {self.lacks}" if self.light == Light.LATE and self.lacks else label

    @property
    def is_judged(self):
        """What has not begun, as the summary in spring, is not."""
        return self.light not in ("", Light.AHEAD)

    @property
    def number(self):
        if self.goal is None:
            return "—" if self.item.group == REPLIES else f"{self.count}"
        return f"{self.count}/{self.goal}"


@dataclass(frozen=True)
class Row:
    """One township: who looks after it, its marks in the order of ITEMS, and what they come to."""

    township: object
    tie: object
    marks: tuple

    @property
    def judged(self):
        return sum(mark.is_judged for mark in self.marks)

    def having(self, light):
        return sum(mark.light == light for mark in self.marks)

    @property
    def met(self):
        return self.having(Light.DONE)

    @property
    def late(self):
        return self.having(Light.LATE)


def heads():
    """[(heading, how many columns)] above the columns."""
    return list(Counter(str(item.group) for item in ITEMS).items())


def scorecard(townships, *, year, on):
    """The townships as they stand in that year on that day; how much it asks does not grow with them."""
    return _Reading(townships, year=year, on=on).rows()


class _Reading:
    """Everything of some townships in one year, each room asked once."""

    def __init__(self, townships, *, year, on):
        self.townships = list(townships)
        self.ids = [each.pk for each in self.townships]
        self.year, self.on = year, on
        self.first, self.last = date(year, 1, 1), min(date(year, 12, 31), on)

    def rows(self):
        worked = {row.township.pk: row for row in quotas.grid(self.townships, year=self.year, on=self.on)}
        told = [
            self._meetings(worked), self._received(), self._open(), self._in_time("opinions", *self.opinions()),
            self._in_time("suggestions", *self.suggestions()), self._taught(), self._reported(),
        ]  # fmt: skip
        marks = defaultdict(dict)
        for found in told:
            for (township, code), mark in found.items():
                marks[township][code] = mark
        return [
            Row(each, worked[each.pk].tie, tuple(marks[each.pk].get(item.code, Mark(item)) for item in ITEMS))
            for each in self.townships
        ]

    def _meetings(self, worked):
        found = {}
        for pk, row in worked.items():
            cells = {cell.quota.code: cell for cell in row.cells}
            for item in ITEMS:
                if item.quota:
                    found[pk, item.code] = _of_cells(item, [cells[item.quota]])
            quarters = [cell for cell in row.cells if cell.quota.quarter]
            found[pk, "presidium"] = _of_cells(BY_CODE["presidium"], quarters)
        return found

    # ---- stations

    @cached_property
    def stations(self):
        """The stations and houses at which residents are received, each with its township (`town`)."""
        own = LiaisonStation.objects.filter(Q(township__in=self.ids) | Q(congress__in=self.ids))
        own = own.filter(type__in=LiaisonStation.RECEIVING).standing(on=self.on).select_related("congress")
        return list(own.annotate(town=self._town("")).order_by("position", "pk"))

    def _town(self, prefix):
        """The township of a station as an expression."""
        of_the_congress = When(**{f"{prefix}congress__in": self.ids}, then=F(f"{prefix}congress"))
        return Case(of_the_congress, default=F(f"{prefix}township"))

    def _received(self):
        item, held, late, waits, known = BY_CODE["receptions"], Counter(), Counter(), set(), set()
        for station, cells, total in reception_grid(self.stations, year=self.year, on=self.on):
            known.add(station.town)
            held[station.town] += total
            late[station.town] += sum(cell.light == "late" for cell in cells)
            if any(cell.light == "wait" for cell in cells):
                waits.add(station.town)
        return {
            (town, item.code): Mark(item, held[town], None, _light(late[town], waits=town in waits), late[town])
            for town in known
        }

    def _open(self):
        item, days, without = BY_CODE["openings"], Counter(), Counter()
        for station, found in self.days_open():
            days[station.town] += len(found)
            without[station.town] += station.is_unarranged
        return {
            (station.town, item.code): Mark(
                item, days[station.town], None, _light(without[station.town]), without[station.town]
            )
            for station in self.stations
        }

    def days_open(self):
        """[(station, its open days of the year so far)]; each says whether it has no regular opening."""
        if self.first > self.last:
            return []
        pks = [station.pk for station in self.stations]
        regular, found = regular_of(pks), open_days(pks, first=self.first, last=self.last)
        for station in self.stations:
            station.is_unarranged = not regular.get(station.pk)
        return [(station, found.get(station.pk, [])) for station in self.stations]

    # ---- what is answered in time

    def opinions(self):
        """(opinions that the townships and their villages had to answer, which of them are in time, which late)."""
        heard = Q(congress__in=self.ids) | Q(station__township__in=self.ids)
        of_a_town = Q(tier__in=[Opinion.Tier.VILLAGE, Opinion.Tier.TOWNSHIP])
        rows = Opinion.objects.filter(heard, of_a_town, routed_on__range=(self.first, self.last))
        clock = Clock.objects.filter(
            case_kind=Opinion._meta.label_lower, case_id=OuterRef("pk"), rule__in=HANDLING_OF_A_TOWN
        )
        clock = clock.exclude(state=Clock.State.STOPPED).order_by("-pk")  # handled again, the last period counts
        rows = rows.annotate(
            owed_on=Subquery(clock.values("due_on")[:1]), met_on=Subquery(clock.values("ended_on")[:1])
        )
        in_time = Q(met_on__lte=F("owed_on"))
        late = Q(met_on__gt=F("owed_on")) | Q(met_on__isnull=True, owed_on__lt=self.on)
        of_the_congress = When(congress__in=self.ids, then=F("congress"))
        town = Case(of_the_congress, default=F("station__township"))
        return rows.exclude(state=Opinion.State.WITHDRAWN).alias(town=town), in_time, late

    def suggestions(self):
        """The same of the suggestions that the townships' own congresses handed out."""
        cases = Suggestion.objects.filter(
            handled_where(), congress__in=self.ids, assigned_on__range=(self.first, self.last)
        )
        cases, judged = judged_by_date(cases, on=self.on)
        return cases.alias(town=F("congress")), judged["on_time"], judged["late"]

    def _in_time(self, code, rows, in_time, late):
        item, counted = BY_CODE[code], {"in_time": Count("pk", filter=in_time), "late": Count("pk", filter=late)}
        sums = rows.annotate(of=F("town")).order_by().values("of").annotate(**counted)
        found = {}
        for row in sums:
            due = row["in_time"] + row["late"]
            light = _light(row["late"]) if due else ""
            found[row["of"], code] = Mark(item, row["in_time"], due if due else None, light, row["late"])
        return found

    # ---- deputies

    def trainings(self):
        return taught_in(Period(self.first, self.last)).filter(congress__in=self.ids)

    def _taught(self):
        item = BY_CODE["trainings"]
        sums = self.trainings().order_by().values_list("congress").annotate(n=Count("pk"))
        return {(town, item.code): Mark(item, number) for town, number in sums}

    def _reported(self):
        item, is_over = BY_CODE["debriefings"], self.on > date(self.year, 12, 31)
        found = {}
        for rate in rates(self.townships, year=self.year, on=self.on):
            light = Light.DONE if rate.passes else Light.LATE if is_over else Light.RUNNING
            light = light if rate.total else ""
            found[rate.congress.pk, item.code] = Mark(item, rate.count, rate.total, light, rate.lacks)
        return found


_WORST = (Light.LATE, Light.SOON, Light.RUNNING, Light.AHEAD)


def _of_cells(item, cells):
    """The number of one quota, or of the quarters of a year together: as bad as the worst of them."""
    lights = {cell.light for cell in cells}
    light = next((each for each in _WORST if each in lights), Light.DONE)
    lacks = sum(cell.lacks for cell in cells if cell.light == Light.LATE)
    return Mark(item, sum(cell.count for cell in cells), sum(cell.goal for cell in cells), light, lacks)


def _light(lacks, *, waits=False):
    return Light.LATE if lacks else Light.SOON if waits else Light.DONE


# ---- what is behind a number


@dataclass(frozen=True)
class Source:
    """One line behind a number: a day, what it was, and what it comes to; who may not open it reads `plain`."""

    thing: object
    title: str
    day: object
    note: str = ""
    light: str = ""
    plain: str = ""


def sources(township, item, *, year, on):
    """The rows that the number of one township counts; what is listed on a page of its own has none here."""
    reading = _Reading([township], year=year, on=on)
    return _SOURCES[item.code](reading) if item.code in _SOURCES else []


def _of_activities(rows):
    return [Source(act, act.title, timezone.localdate(act.starts_at), act.place) for act in rows]


def _presidium(reading):
    return _of_activities(quotas.held(reading.ids, year=reading.year, on=reading.on).filter(kind=Kind.PRESIDIUM))


def _receptions(reading):
    stations = [station.pk for station in reading.stations]
    rows = Reception.objects.held().filter(station__in=stations, activity__starts_at__year=reading.year)
    rows = rows.select_related("activity", "station").order_by("activity__starts_at", "pk")
    return [
        Source(each, each.activity.title, timezone.localdate(each.activity.starts_at), str(each.station))
        for each in rows
    ]


def _openings(reading):
    """A line a station; the days of all lines make the number."""
    found = []
    for station, days in reading.days_open():
        said = _("没有开放安排") if station.is_unarranged else _("开放 %s 天") % len(days)
        light = Light.LATE if station.is_unarranged else ""
        found.append(Source(station, station.name, days[-1].day if days else None, said, light))
    return found


def _answered(rows, in_time, late, title, plain, answered_on):
    """What is late comes first; each with the day on which its answer was owed."""
    found = []
    for judged, light in ((late, Light.LATE), (in_time, Light.DONE)):
        for each in rows.filter(judged):
            answered = getattr(each, answered_on)
            said = _("%s答复") % cn_date(answered) if answered else _("还没有答复")
            found.append(Source(each, title(each), each.owed_on, said, light, plain(each)))
    return found


def _opinions(reading):
    rows, in_time, late = reading.opinions()
    rows = rows.order_by("owed_on", "pk").defer("name", "phone")
    return _answered(
        rows, in_time, late, lambda each: each.text, lambda each: each.topic or _("群众反映的一件事"), "met_on"
    )  # fmt: skip


def _suggestions(reading):
    rows, in_time, late = reading.suggestions()
    rows = rows.annotate(owed_on=F("reply_due_on")).order_by("owed_on", "pk")
    return _answered(
        rows, in_time, late, lambda each: f"{each.printed_number} {each.title}", lambda each: each.printed_number,
        "replied_on",
    )  # fmt: skip


def _trainings(reading):
    return _of_activities(reading.trainings().order_by("starts_at", "pk"))


def _debriefings(reading):
    rows = reported(reading.townships[0], on=reading.on, year=reading.year)
    return [Source(seat, seat.deputy.name, seat.reported_on, str(seat.delegation or "")) for seat in rows]


_SOURCES = {
    "presidium": _presidium, "receptions": _receptions, "openings": _openings, "opinions": _opinions,
    "suggestions": _suggestions, "trainings": _trainings, "debriefings": _debriefings,
}  # fmt: skip
