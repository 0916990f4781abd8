"""The tables of training that leave the house (培训的表)."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congress.kit.exports import Column
from deputies.training import figures
from deputies.training.kinds import UNSORTED_LABEL, Kind


def _number(label):
    return Column(label, 10, is_number=True)


_KINDS = {**dict(Kind.choices), "": UNSORTED_LABEL}
FIGURES = (
    Column(gettext_lazy("分组"), 14),
    Column(gettext_lazy("项目"), 18),
    _number(gettext_lazy("场次")),
    _number(gettext_lazy("代表人次")),
    _number(gettext_lazy("代表人数")),
    _number(gettext_lazy("联络员人次")),
    _number(gettext_lazy("其他人员人次")),
)
SESSIONS = (
    Column(gettext_lazy("日期"), 12),
    Column(gettext_lazy("名称"), 36),
    Column(gettext_lazy("组织者"), 24),
    Column(gettext_lazy("方式"), 12),
    Column(gettext_lazy("类型"), 14),
    Column(gettext_lazy("计划项目"), 30),
    _number(gettext_lazy("学时")),
)
RECORDS = (
    Column(gettext_lazy("日期"), 12),
    Column(gettext_lazy("培训"), 36),
    Column(gettext_lazy("代表"), 12),
    Column(gettext_lazy("代表团"), 18),
    Column(gettext_lazy("类型"), 14),
    _number(gettext_lazy("学时")),
)
PERSONS = (Column(gettext_lazy("代表"), 14), _number(gettext_lazy("参加次数")), _number(gettext_lazy("学时")))
GUESTS = (
    Column(gettext_lazy("姓名"), 12),
    Column(gettext_lazy("单位及职务"), 30),
    Column(gettext_lazy("类别"), 12),
    Column(gettext_lazy("培训"), 36),
    Column(gettext_lazy("日期"), 12),
)
HOURS = (
    Column(gettext_lazy("代表"), 12),
    Column(gettext_lazy("代表团"), 18),
    Column(gettext_lazy("单位及职务"), 36),
    _number(gettext_lazy("培训次数")),
    _number(gettext_lazy("学时")),
)
GAPS = (
    Column(gettext_lazy("代表"), 12),
    Column(gettext_lazy("代表团"), 18),
    Column(gettext_lazy("资格开始"), 12),
    Column(gettext_lazy("期限"), 12),
    Column(gettext_lazy("情况"), 14),
)
COPIES = (
    Column(gettext_lazy("读者"), 14),
    Column(gettext_lazy("代表团"), 18),
    Column(gettext_lazy("推送日期"), 12),
    _number(gettext_lazy("推送次数")),
    Column(gettext_lazy("首次打开"), 18),
)
BRIEFED = (
    Column(gettext_lazy("代表"), 12),
    Column(gettext_lazy("代表团"), 18),
    _number(gettext_lazy("收到简报")),
    _number(gettext_lazy("打开过")),
    Column(gettext_lazy("情况"), 14),
)
RESULTS = (
    Column(gettext_lazy("代表"), 12),
    Column(gettext_lazy("代表团"), 18),
    _number(gettext_lazy("答题次数")),
    _number(gettext_lazy("最好得分")),
    _number(gettext_lazy("用时（秒）")),
    Column(gettext_lazy("结果"), 10),
)
PLACES = (
    _number(gettext_lazy("名次")),
    Column(gettext_lazy("代表"), 12),
    Column(gettext_lazy("代表队"), 18),
    Column(gettext_lazy("作品"), 30),
    _number(gettext_lazy("笔试")),
    _number(gettext_lazy("用时（秒）")),
    _number(gettext_lazy("现场（评审）")),
    Column(gettext_lazy("奖项"), 10),
)


def figure_rows(sessions):
    """All figures, one row each, the total first."""
    titles = {"channel": _("培训方式"), "kind": _("培训类型"), "month": _("月份")}
    yield _figures(_("合计"), figures.total_of(sessions))
    for name, title in titles.items():
        for row in figures.figures_by(name, sessions):
            yield _figures(title, row)


def _figures(title, row):
    return (title, str(row.label), row.sessions, row.times, row.persons, row.officers, row.guests)


def _day(moment):
    return timezone.localdate(moment)


def listed(records):
    """Training records with what a list shows of them."""
    return records.select_related("activity", "mandate__deputy", "mandate__delegation").annotate(
        training_kind=figures.kind_in("activity__"), worth=figures.hours_learned()
    ).order_by("-activity__starts_at", "mandate__deputy__strokes", "pk")  # fmt: skip


def session_row(activity):
    lesson = getattr(activity, "lesson", None)
    kind = lesson.kind if lesson else "exchange" if activity.kind == "exchange" else ""
    hours = lesson.study_hours if lesson and lesson.study_hours else activity.hours
    line = lesson.line.theme if lesson and lesson.line else ""
    return (
        _day(activity.starts_at), activity.title, f"{activity.organ}", activity.get_channel_display(),
        str(_KINDS[kind]),
        line, float(hours or 0),
    )  # fmt: skip


def record_row(record):
    seat = record.mandate
    return (
        _day(record.activity.starts_at), record.activity.title, seat.deputy.name, f"{seat.delegation or ''}",
        str(_KINDS[record.training_kind]), float(record.worth),
    )  # fmt: skip


def person_row(row):
    return (row["mandate__deputy__name"], row["times"], float(row["hours"] or 0))


def guest_row(guest):
    return (guest.name, guest.unit, guest.get_kind_display(), guest.activity.title, _day(guest.activity.starts_at))


def hours_row(seat):
    deputy = seat.deputy
    return (deputy.name, f"{seat.delegation or ''}", deputy.position_held, seat.trainings, float(seat.training_hours))


def gap_row(gap):
    state = _("超 %s 天") % -gap.days_left if gap.is_past else _("余 %s 天") % gap.days_left
    return (gap.seat.deputy.name, f"{gap.seat.delegation or ''}", gap.seat.started_on, gap.due_on, state)


def copy_row(copy):
    opened = f"{timezone.localtime(copy.opened_at):%Y-%m-%d %H:%M}" if copy.opened_at else _("没有打开")
    name = copy.mandate.deputy.name if copy.mandate else copy.reader.name
    team = f"{copy.mandate.delegation or ''}" if copy.mandate else _("工作人员")
    return (name, team, copy.sent_on, copy.times, opened)


def result_row(result):
    seat, best = result.seat, result.best
    passed = _("及格") if best and best.is_passed else _("不及格") if best else _("未交卷")
    points, seconds = (float(best.points), best.seconds) if best else ("", "")
    return (seat.deputy.name, f"{seat.delegation or ''}", result.tries, points, seconds, passed)


def place_row(entrant):
    numbers = [None if value is None else float(value) for value in (entrant.written, entrant.seconds, entrant.live)]
    return (
        entrant.place,
        entrant.mandate.deputy.name,
        entrant.team,
        entrant.work,
        *numbers,
        entrant.get_award_display() if entrant.award else "",
    )


BY_WHAT = {
    "sessions": (SESSIONS, session_row),
    "times": (RECORDS, record_row),
    "persons": (PERSONS, person_row),
    "others": (GUESTS, guest_row),
    "officers": (GUESTS, guest_row),
    "guests": (GUESTS, guest_row),
}


def briefed_row(seat, briefed):
    """A deputy with the briefings of a quarter, and what he is short of."""
    short = briefed.least - seat.got
    said = _("少 %s 份") % short if short > 0 and seat.got else _("一份也没有") if short > 0 else _("够")
    return (seat.deputy.name, f"{seat.delegation or ''}", seat.got, seat.opened, said)
