"""Activities, their figures and the absences as tables (活动清单、统计表)."""

from django.utils import timezone
from django.utils.translation import gettext as _

from congress.kit.exports import Column
from deputies.activities.kinds import Kind

ACTIVITIES = (
    Column(_("日期"), 12),
    Column(_("类型"), 16),
    Column(_("名称"), 36),
    Column(_("主题"), 36),
    Column(_("组织者"), 20),
    Column(_("代表小组"), 20),
    Column(_("地点"), 20),
    Column(_("法律法规"), 20),
    Column(_("状态"), 12),
    Column(_("邀请人数"), 10, is_number=True),
    Column(_("出席人数"), 10, is_number=True),
)
FIGURES = (
    Column(_("类型"), 24),
    Column(_("计划场次"), 10, is_number=True),
    Column(_("已举行场次"), 12, is_number=True),
    Column(_("应到人次"), 10, is_number=True),
    Column(_("出席人次"), 10, is_number=True),
    Column(_("出席率（%）"), 12, is_number=True),
    Column(_("参加代表人数"), 12, is_number=True),
    Column(_("意见条数"), 10, is_number=True),
    Column(_("已解决"), 8, is_number=True),
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
