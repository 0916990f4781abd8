"""Activities, their figures and the absences as tables (活动清单、统计表)."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congress.kit.exports import Column
from deputies.activities.kinds import Kind

ACTIVITIES = (
    Column(gettext_lazy("日期"), 12),
    Column(gettext_lazy("类型"), 16),
    Column(gettext_lazy("名称"), 36),
    Column(gettext_lazy("主题"), 36),
    Column(gettext_lazy("组织者"), 20),
    Column(gettext_lazy("代表小组"), 20),
    Column(gettext_lazy("地点"), 20),
    Column(gettext_lazy("法律法规"), 20),
    Column(gettext_lazy("状态"), 12),
    Column(gettext_lazy("邀请人数"), 10, is_number=True),
    Column(gettext_lazy("出席人数"), 10, is_number=True),
)
FIGURES = (
    Column(gettext_lazy("类型"), 24),
    Column(gettext_lazy("计划场次"), 10, is_number=True),
    Column(gettext_lazy("已举行场次"), 12, is_number=True),
    Column(gettext_lazy("应到人次"), 10, is_number=True),
    Column(gettext_lazy("出席人次"), 10, is_number=True),
    Column(gettext_lazy("出席率（%）"), 12, is_number=True),
    Column(gettext_lazy("参加代表人数"), 12, is_number=True),
    Column(gettext_lazy("意见条数"), 10, is_number=True),
    Column(gettext_lazy("已解决"), 8, is_number=True),
)
MARKS = (
    Column(gettext_lazy("日期"), 12),
    Column(gettext_lazy("活动"), 36),
    Column(gettext_lazy("类型"), 16),
    Column(gettext_lazy("代表"), 12),
    Column(gettext_lazy("代表团"), 20),
    Column(gettext_lazy("到会情况"), 10),
)
PERSONS = (Column(gettext_lazy("代表"), 12), Column(gettext_lazy("参加次数"), 10, is_number=True))
OPINIONS = (
    Column(gettext_lazy("日期"), 12),
    Column(gettext_lazy("活动"), 36),
    Column(gettext_lazy("提出的代表"), 12),
    Column(gettext_lazy("意见"), 60),
    Column(gettext_lazy("转交单位"), 20),
    Column(gettext_lazy("状态"), 10),
    Column(gettext_lazy("反馈"), 60),
)


def activity_rows(activities):
    """One row an activity; it must carry `called` and `present`."""
    for each in activities:
        yield (
            timezone.localdate(each.starts_at),
            each.get_kind_display(),
            each.title,
            each.theme,
            f"{each.organ}",
            "、".join(group.name for group in each.groups.all()),
            each.place,
            each.statute,
            each.get_state_display(),
            each.called,
            each.present,
        )


def figure_rows(found):
    """The kinds that were held, and the sum; distinct persons of the sum are counted anew, never added up."""
    for code, figures in found.items():
        label = _("合计（人数不重复计）") if code == "all" else Kind(code).label
        rate = round(figures.rate, 2) if figures.rate is not None else ""
        yield (
            f"{label}",
            figures.planned,
            figures.sessions,
            figures.called,
            figures.present,
            rate,
            figures.persons,
            figures.opinions,
            figures.solved,
        )


def _mark(row):
    day, seat = timezone.localdate(row.activity.starts_at), row.mandate
    kind, delegation = row.activity.get_kind_display(), f"{seat.delegation or ''}"
    return day, row.activity.title, kind, seat.deputy.name, delegation, row.get_outcome_display()


def _person(row):
    return row["mandate__deputy__name"], row["times"]


def _opinion(row):
    day, who = timezone.localdate(row.activity.starts_at), row.mandate.deputy.name if row.mandate else _("共同提出")
    return day, row.activity.title, who, row.text, f"{row.organ or ''}", row.get_state_display(), row.feedback


BY_WHAT = dict.fromkeys(("present", "called", "leave", "absent"), (MARKS, _mark))
BY_WHAT |= {"persons": (PERSONS, _person)} | dict.fromkeys(("opinions", "solved"), (OPINIONS, _opinion))
"""What is listed behind a figure → its columns, and what makes a row of them."""
