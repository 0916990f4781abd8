"""What waits in the rooms beside the docket: leave, claims, opinions, the organiser's list (其他待办)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from congress.accounts.models import User
from congress.kit.paging import CountUpTo
from congress.organs.hats import hats_of
from deputies.activities.models import Activity, Invitation, Raised
from deputies.duties.models import DutyRecord
from deputies.roll.seats import active_seats_of
from deputies.training.models import Receipt
from liaison.opinions.models import Opinion


@dataclass(frozen=True)
class Work:
    """One kind of work in another room: its words, the list behind it, and whose it is (reader → rows or None)."""

    label: str
    why: str
    go: str
    page: str
    rows: object


@dataclass(frozen=True)
class Row:
    """One line of the desk, of the same shape as those of the docket."""

    waiting: Work
    count: int
    earliest: date | None = None

    @property
    def url(self):
        name, _mark, query = self.waiting.page.partition("?")
        return reverse(name) + (f"?{query}" if query else "")


def _opinions(reader):
    hats = hats_of(reader)
    if not (hats.stations or hats.clerk_of):
        return None
    return Opinion.objects.filter(
        Q(station__in=hats.stations) | Q(station__township__in=hats.clerk_of), state=Opinion.State.RECEIVED
    )


def _upward(reader):
    clerk_of = hats_of(reader).clerk_of
    return Opinion.objects.filter(congress__in=clerk_of, state=Opinion.State.UPWARD) if clerk_of else None


def _routed(reader):
    hats = hats_of(reader)
    mine = hats.departments | hats.stations
    return Opinion.objects.filter(organ__in=mine, state=Opinion.State.ROUTED) if mine else None


def _raised(reader):
    departments = hats_of(reader).departments
    return Raised.objects.filter(organ__in=departments, state=Raised.State.FORWARDED) if departments else None


def _organised(reader):
    hats = hats_of(reader)
    mine = hats.clerk_of | hats.committees | hats.stations
    return Activity.objects.filter(Q(congress__in=hats.clerk_of) | Q(organ__in=mine)) if mine else None


def _leave(reader):
    organised = _organised(reader)
    if organised is None:
        return None
    return organised.filter(
        pk__in=Invitation.objects.filter(state=Invitation.State.LEAVE_ASKED).values("activity"),
        state=Activity.State.ANNOUNCED,
    )


def _to_end(reader):
    organised = _organised(reader)
    if organised is None:
        return None
    return organised.filter(state=Activity.State.ANNOUNCED, ends_at__lt=timezone.now())


def _to_close(reader):
    organised = _organised(reader)
    return None if organised is None else organised.filter(state=Activity.State.HELD)


def _themes(reader):
    return Activity.objects.filter(guide=reader, state=Activity.State.THEME) if hats_of(reader).leads else None


def _claimed(reader):
    clerk_of = hats_of(reader).clerk_of
    reach = Q(congress__in=clerk_of) | Q(mandate__delegation__township__in=clerk_of)
    return DutyRecord.objects.filter(reach, state=DutyRecord.State.CLAIMED) if clerk_of else None


def _objected(reader):
    clerk_of = hats_of(reader).clerk_of
    return DutyRecord.objects.filter(congress__in=clerk_of, state=DutyRecord.State.OBJECTED) if clerk_of else None


WORKS = (
    Work(_l("群众意见待处理"), _l("当场答、交办或者引导"), _l("去处理"), "opinions:list?view=received", _opinions),
    Work(_l("群众意见待县级交办"), _l("联络站报上来的"), _l("去交办"), "opinions:list?view=upward", _upward),
    Work(_l("交来的群众意见"), _l("办好后答复反映人"), _l("去答复"), "opinions:list?view=routed", _routed),
    Work(_l("代表在活动中提的意见"), _l("研究处理后向代表反馈"), _l("去反馈"), "activities:raised_list", _raised),
    Work(_l("活动主题待审定"), _l("小组活动通知前"), _l("去审定"), "activities:list?view=themes", _themes),
    Work(_l("活动有代表请假"), _l("准假或者说明不准的理由"), _l("去批"), "activities:list?view=leave&mine=1", _leave),
    Work(_l("活动待结束"), _l("核对到会登记"), _l("去结束"), "activities:list?view=to_end&mine=1", _to_end),
    Work(_l("活动待归档"), _l("补齐纪要和收尾清单"), _l("去归档"), "activities:list?view=to_close&mine=1", _to_close),
    Work(
        _l("代表自报的履职待核实"),
        _l("核实后计入履职档案"),
        _l("去核实"),
        "duties:list?view=claimed&year=any",
        _claimed,
    ),
    Work(_l("履职登记有异议"), _l("核对后更正或者维持"), _l("去处理"), "duties:list?view=objected&year=any", _objected),
)


def rows_beside(reader):
    """The lines with something in them, counted in one statement."""
    mine = [(work, rows) for work in WORKS if (rows := work.rows(reader)) is not None]
    if not mine:
        return []
    counts = {f"n{place}": CountUpTo(rows) for place, (_work, rows) in enumerate(mine)}
    found = User.objects.filter(pk=reader.pk).annotate(**counts).values(*counts).get()
    return [Row(work, found[f"n{place}"]) for place, (work, _rows) in enumerate(mine) if found[f"n{place}"]]


def errands_beside(user):
    """[(title, what to do, url, until when)] that wait for a deputy in the other rooms, calls to activities first."""
    seats = active_seats_of(user)
    if not seats:
        return []
    calls = Invitation.objects.filter(
        mandate__in=seats, state=Invitation.State.ASKED, activity__state=Activity.State.ANNOUNCED
    ).order_by("activity__starts_at")
    found = [
        (title, _("请回复是否参加"), reverse("activities:detail", args=[pk]), starts_at.date())
        for pk, title, starts_at in calls.values_list("activity", "activity__title", "activity__starts_at")
    ]
    to_confirm = DutyRecord.objects.filter(mandate__in=seats, state=DutyRecord.State.REGISTERED)
    dates = list(to_confirm.order_by("confirm_by").values_list("confirm_by", flat=True)[:100])
    if dates:
        found.append((_("履职登记 %s 条") % len(dates), _("请核对"), reverse("duties:mine"), dates[0]))
    unread = Receipt.objects.of(user).unopened().count()
    if unread:
        found.append((_("学习资料 %s 份") % unread, _("请阅读"), reverse("training:mine"), None))
    return found
