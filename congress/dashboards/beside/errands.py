"""What a deputy is asked to do in the other rooms, each with the page where he does it (代表首页的其他事项)."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from congress.dashboards.beside import activities, assessments, duties, promises
from congress.dashboards.beside.lines import SHOWN_APART, rows_beside, works_of_deputy
from congress.procedure import errands
from deputies.roll.seats import active_seats_of


def errands_beside(user):
    """[(title, what to do, url, until when)] that wait for a deputy in the other rooms, calls to activities first."""
    if not active_seats_of(user):
        return []
    found = [*_calls(user), *_to_confirm(user)]
    for pk, what in promises.to_say_a_word(user):
        found.append((what, _("单位说已兑现，请您看看"), reverse("promises:detail", args=[pk]), None))
    found += assessments.to_rate(user)
    rest = {row.waiting.code: row for row in rows_beside(user, works_of_deputy()[len(SHOWN_APART) :])}
    for each in errands.told():
        if each.code in rest:
            found += each.lines(user)
    for code, title, what in (
        ("refused", _("履职登记 %s 条没有认可"), _("请补充后重报")),
        ("member_claim", _("组员登记的履职 %s 条"), _("请核实")),
        ("proposal", _("乡镇提议的小组活动主题 %s 个"), _("请采纳或者退回")),
        ("my_station", _("我的站：%s 件待处理"), _("请答复或者交办")),
        ("material", _("资料、简报 %s 份"), _("请阅读")),
    ):
        if row := rest.get(code):
            found.append((title % row.count, what, row.url, None))
    return found


def _calls(user):
    calls = activities.calls(user).order_by("activity__starts_at")
    return [
        (title, _("请回复是否参加"), reverse("activities:detail", args=[pk]), timezone.localdate(starts_at))
        for pk, title, starts_at in calls.values_list("activity", "activity__title", "activity__starts_at")
    ]


def _to_confirm(user):
    dates = list(duties.to_confirm(user).order_by("confirm_by").values_list("confirm_by", flat=True)[:100])
    if not dates:
        return []
    return [(_("履职登记 %s 条") % len(dates), _("请核对"), reverse("duties:mine"), dates[0])]
