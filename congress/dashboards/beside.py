"""What waits in the rooms beside the docket: leave, claims, opinions, the organiser's list (其他待办)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congress.accounts.models import User
from congress.kit.paging import CountUpTo
from congress.organs.hats import hats_of
from congress.organs.models import Congress
from congress.procedure import errands
from deputies.activities.models import Activity, Invitation, Raised
from deputies.assessments.models import Assessment, Marking, Stage
from deputies.duties.models import DutyRecord
from deputies.pledges.models import FollowUp
from deputies.roll.models import DeputyGroup
from deputies.roll.seats import active_seats_of, seats_of
from deputies.safeguards.models import HelpRequest, ProtectedReport
from deputies.training.models import Receipt
from liaison.opinions.models import Opinion, ThemeProposal
from suggestions.promises.models import Promise, Word

PROMISES = 5  # on a deputy's desk; the others stand in the ledger


@dataclass(frozen=True)
class Work:
    """One kind of work in another room: its words, the list behind it, and whose it is (reader → rows or None).

    `api` is the same list for programs, where there is one.
    """

    code: str
    label: str
    why: str
    go: str
    page: str
    rows: object
    api: str = ""


@dataclass(frozen=True)
class Row:
    """One line of the desk, of the same shape as those of the docket."""

    waiting: Work
    count: int
    earliest: date | None = None

    @property
    def url(self):
        return _address(self.waiting.page)

    @property
    def api_url(self):
        return _address(self.waiting.api) if self.waiting.api else None


def _address(named):
    """The address of a list that is written as its name and its conditions: opinions:list?view=received."""
    name, _mark, query = named.partition("?")
    return reverse(name) + (f"?{query}" if query else "")


def _opinions(reader):
    hats = hats_of(reader)
    if not (hats.stations or hats.clerk_of):
        return None
    return Opinion.objects.filter(
        Q(station__in=hats.stations)
        | Q(station__township__in=hats.clerk_of)
        | Q(congress__in=hats.clerk_of, congress__level=Congress.Level.TOWNSHIP)
        | Q(congress__in=hats.clerk_of, station__isnull=True),
        state=Opinion.State.RECEIVED,
    )


def _upward(reader):
    clerk_of = hats_of(reader).clerk_of
    return Opinion.objects.reported_to(clerk_of) if clerk_of else None


def _routed(reader):
    hats = hats_of(reader)
    mine = hats.departments | hats.stations
    return Opinion.objects.filter(organ__in=mine, state=Opinion.State.ROUTED) if mine else None


def _raised(reader):
    departments = hats_of(reader).departments
    return Raised.objects.filter(organ__in=departments, state=Raised.State.FORWARDED) if departments else None


def _passed_on(reader):
    """What came up when deputies were contacted and was passed on to a department of his."""
    return FollowUp.objects.of_departments(reader).open() if hats_of(reader).departments else None


def _for_the_agenda(reader):
    """What came up then and was proposed for an agenda: the office sees to it."""
    clerk_of = hats_of(reader).clerk_of
    return FollowUp.objects.open().filter(congress__in=clerk_of, department=None) if clerk_of else None


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


def _proposals(reader):
    clerk_of = hats_of(reader).clerk_of
    return ThemeProposal.objects.waiting().filter(congress__in=clerk_of) if clerk_of else None


def _proposals_to_groups(reader):
    seats = active_seats_of(reader)
    return ThemeProposal.objects.waiting().filter(group__leader__in=seats) if seats else None


def _claimed(reader):
    clerk_of = hats_of(reader).clerk_of
    reach = Q(congress__in=clerk_of) | Q(mandate__delegation__township__in=clerk_of)
    return DutyRecord.objects.filter(reach, state=DutyRecord.State.CLAIMED) if clerk_of else None


def _objected(reader):
    clerk_of = hats_of(reader).clerk_of
    return DutyRecord.objects.filter(congress__in=clerk_of, state=DutyRecord.State.OBJECTED) if clerk_of else None


def _at_my_station(reader):
    """What waits at the stations that a deputy heads: to be taken on, or handed to the station itself."""
    seats = active_seats_of(reader)
    waits = Q(state=Opinion.State.RECEIVED) | Q(state=Opinion.State.ROUTED, organ=F("station"))
    return Opinion.objects.filter(waits, station__head__in=seats) if seats else None


def _calls(reader):
    """Calls that await a deputy's answer; what is over asks for none."""
    seats = active_seats_of(reader)
    asked = Q(state=Invitation.State.ASKED, activity__in=Activity.objects.ahead(at=timezone.now()))
    return Invitation.objects.filter(asked, mandate__in=seats) if seats else None


def _own_duties(reader, **where):
    seats = active_seats_of(reader)
    return DutyRecord.objects.filter(mandate__in=seats, **where) if seats else None


def _to_confirm(reader):
    return _own_duties(reader, state=DutyRecord.State.REGISTERED)


def _refused(reader):
    return _own_duties(reader, state=DutyRecord.State.REFUSED)


def _of_members(reader):
    """What the members of the groups that a deputy leads have put down."""
    leads = DeputyGroup.objects.filter(leader__in=active_seats_of(reader)).exists()
    return DutyRecord.objects.verifiable_by(reader) if leads else None


def _unread(reader):
    return Receipt.objects.of(reader).unopened() if active_seats_of(reader) else None


def _to_look_back(reader):
    clerk_of = hats_of(reader).clerk_of
    return Promise.objects.at_hand(reader).to_look_back() if clerk_of else None


def _put_off(reader):
    clerk_of = hats_of(reader).clerk_of
    return Promise.objects.at_hand(reader).filter(state=Promise.State.ASKED) if clerk_of else None


def _to_keep(reader):
    return Promise.objects.at_hand(reader).owed() if hats_of(reader).departments else None


def _not_kept(reader):
    hats = hats_of(reader)
    if not (hats.clerk_of or hats.departments):
        return None
    return Promise.objects.at_hand(reader).overdue(on=timezone.localdate())


def _help_asked(reader):
    """Deputies who wait for an answer of his office."""
    clerk_of = hats_of(reader).clerk_of
    return HelpRequest.objects.open().filter(holder__in=clerk_of) if clerk_of else None


def _help_late(reader):
    """Those who have waited too long, whichever office it is: a leader sees that they are answered."""
    if not hats_of(reader).leads:
        return None
    return HelpRequest.objects.at_hand(reader).overdue(on=timezone.localdate())


def _entrusted(reader):
    """What was reported to him in confidence and is not settled; hardly anybody is named for it, whatever his hats."""
    return None if hats_of(reader).only_sits else ProtectedReport.objects.entrusted_to(reader).open()


def _to_assess(reader):
    """Assessments in which the office or a township has to rate; the leader of a group finds his on the phone."""
    if not hats_of(reader).clerk_of:
        return None
    due = Marking.objects.due_from(reader).open().waiting().ready()
    return Assessment.objects.open().filter(pk__in=due.order_by().values("sheet__assessment"))


_OPINIONS, _DUTIES = "api:opinion-list", "api:duty-list"
_PROPOSAL = (
    "proposal",
    gettext_lazy("乡镇提议的小组活动主题"),
    gettext_lazy("采纳，或者写明理由退回"),
    gettext_lazy("去看看"),
    "opinions:proposals",
)
WORKS = (
    Work(
        "promise_look_back",
        gettext_lazy("承诺待回头看"),
        gettext_lazy("到期的、报告兑现的"),
        gettext_lazy("去查看"),
        "promises:list?view=look_back&mine=1",
        _to_look_back,
    ),
    Work(
        "promise_asked",
        gettext_lazy("承诺申请延期"),
        gettext_lazy("同意，或者要求按期完成"),
        gettext_lazy("去决定"),
        "promises:list?view=asked&mine=1",
        _put_off,
    ),
    Work(
        "promise_overdue",
        gettext_lazy("超期没有兑现的承诺"),
        gettext_lazy("兑现以前一直列在这里"),
        gettext_lazy("去看看"),
        "promises:list?view=overdue&mine=1",
        _not_kept,
    ),
    Work(
        "promise_to_keep",
        gettext_lazy("要兑现的承诺"),
        gettext_lazy("做成了就报告，附照片"),
        gettext_lazy("去报告"),
        "promises:list?view=owed&mine=1",
        _to_keep,
    ),
    Work(
        "opinion",
        gettext_lazy("群众意见待处理"),
        gettext_lazy("当场答、交办或者引导"),
        gettext_lazy("去处理"),
        "opinions:list?view=received",
        _opinions,
        _OPINIONS,
    ),
    Work(
        "opinion_upward",
        gettext_lazy("群众意见待县级交办"),
        gettext_lazy("联络站、乡镇人大报上来的"),
        gettext_lazy("去交办"),
        "opinions:list?view=upward",
        _upward,
        _OPINIONS,
    ),
    Work(
        "opinion_routed",
        gettext_lazy("交来的群众意见"),
        gettext_lazy("办好后答复反映人"),
        gettext_lazy("去答复"),
        "opinions:list?view=routed",
        _routed,
        _OPINIONS,
    ),
    Work(
        "raised",
        gettext_lazy("代表在活动中提的意见"),
        gettext_lazy("研究处理后向代表反馈"),
        gettext_lazy("去反馈"),
        "activities:raised_list",
        _raised,
    ),
    Work(
        "contact_matter",
        gettext_lazy("联系代表时转来的意见"),
        gettext_lazy("办好后登记结果"),
        gettext_lazy("去办理"),
        "pledges:matters",
        _passed_on,
    ),
    Work(
        "contact_agenda",
        gettext_lazy("联系代表时提出的议题建议"),
        gettext_lazy("列入会议后登记结果"),
        gettext_lazy("去登记"),
        "pledges:contacts?part=matters",
        _for_the_agenda,
    ),
    Work(*_PROPOSAL, _proposals),
    Work(
        "theme",
        gettext_lazy("活动主题待审定"),
        gettext_lazy("小组活动通知前"),
        gettext_lazy("去审定"),
        "activities:list?view=themes",
        _themes,
    ),
    Work(
        "leave",
        gettext_lazy("活动有代表请假"),
        gettext_lazy("准假或者说明不准的理由"),
        gettext_lazy("去批"),
        "activities:list?view=leave&mine=1",
        _leave,
    ),
    Work(
        "to_end",
        gettext_lazy("活动待结束"),
        gettext_lazy("核对到会登记"),
        gettext_lazy("去结束"),
        "activities:list?view=to_end&mine=1",
        _to_end,
    ),
    Work(
        "to_close",
        gettext_lazy("活动待归档"),
        gettext_lazy("补齐纪要和收尾清单"),
        gettext_lazy("去归档"),
        "activities:list?view=to_close&mine=1",
        _to_close,
    ),
    Work(
        "claim",
        gettext_lazy("代表自报的履职待核实"),
        gettext_lazy("核实后计入履职档案"),
        gettext_lazy("去核实"),
        "duties:list?view=claimed&year=any",
        _claimed,
        f"{_DUTIES}?show=all",
    ),
    Work(
        "objection",
        gettext_lazy("履职登记有异议"),
        gettext_lazy("核对后更正或者维持"),
        gettext_lazy("去处理"),
        "duties:list?view=objected&year=any",
        _objected,
        f"{_DUTIES}?show=all",
    ),
    Work(
        "help",
        gettext_lazy("代表求助待答复"),
        gettext_lazy("写明怎样解决，代表会收到"),
        gettext_lazy("去答复"),
        "safeguards:list?view=open&mine=1",
        _help_asked,
    ),
    Work(
        "help_late",
        gettext_lazy("代表求助超期没有答复"),
        gettext_lazy("过了答复期限，请过问"),
        gettext_lazy("去看看"),
        "safeguards:list?view=late&mine=1",
        _help_late,
    ),
    Work(
        "protected",
        gettext_lazy("需要您本人查看的报告"),
        gettext_lazy("只有您和另一位受理人员看得到"),
        gettext_lazy("去查看"),
        "safeguards:protected",
        _entrusted,
    ),
    Work(
        "assess",
        gettext_lazy("代表考评待评定"),
        gettext_lazy("逐名打分或者定等次"),
        gettext_lazy("去评定"),
        "assessments:list?due=1",
        _to_assess,
    ),
)
OF_DEPUTY = (
    Work(
        "call",
        gettext_lazy("请回复是否参加活动"),
        gettext_lazy("参加或者请假"),
        gettext_lazy("去回复"),
        "activities:mine",
        _calls,
        "api:call-list?show=asked",
    ),
    Work(
        "confirm",
        gettext_lazy("请核对履职登记"),
        gettext_lazy("到期没有异议的，按登记核定"),
        gettext_lazy("去核对"),
        "duties:mine",
        _to_confirm,
        f"{_DUTIES}?show=to_confirm",
    ),
    Work(
        "refused",
        gettext_lazy("履职登记没有认可"),
        gettext_lazy("补充后重报"),
        gettext_lazy("去补充"),
        "duties:mine",
        _refused,
        _DUTIES,
    ),
    Work(
        "member_claim",
        gettext_lazy("组员登记的履职"),
        gettext_lazy("请您核实"),
        gettext_lazy("去核实"),
        "duties:check",
        _of_members,
    ),
    Work(*_PROPOSAL, _proposals_to_groups),
    Work(
        "my_station",
        gettext_lazy("我的站：群众意见"),
        gettext_lazy("当场答、交办或者引导"),
        gettext_lazy("去处理"),
        "opinions:mine",
        _at_my_station,
        _OPINIONS,
    ),
    Work(
        "material",
        gettext_lazy("资料、简报没有读"),
        gettext_lazy("请阅读"),
        gettext_lazy("去看看"),
        "training:mine",
        _unread,
    ),
)
"""What a deputy's first page shows one by one, as lines for a program."""


def works_of_deputy():
    """The same with what the rooms tell that the desk may not import."""
    names = ("code", "label", "why", "go", "page", "rows")
    return OF_DEPUTY + tuple(Work(*(getattr(each, name) for name in names)) for each in errands.told())


def rows_beside(reader, works=WORKS):
    """The lines with something in them, counted in one statement."""
    mine = [(work, rows) for work in works if (rows := work.rows(reader)) is not None]
    if not mine:
        return []
    counts = {f"n{place}": CountUpTo(rows) for place, (_work, rows) in enumerate(mine)}
    found = User.objects.filter(pk=reader.pk).annotate(**counts).values(*counts).get()
    return [Row(work, found[f"n{place}"]) for place, (work, _rows) in enumerate(mine) if found[f"n{place}"]]


def errands_beside(user):
    """[(title, what to do, url, until when)] that wait for a deputy in the other rooms, calls to activities first."""
    if not active_seats_of(user):
        return []
    calls = _calls(user).order_by("activity__starts_at")
    found = [
        (title, _("请回复是否参加"), reverse("activities:detail", args=[pk]), timezone.localdate(starts_at))
        for pk, title, starts_at in calls.values_list("activity", "activity__title", "activity__starts_at")
    ]
    dates = list(_to_confirm(user).order_by("confirm_by").values_list("confirm_by", flat=True)[:100])
    if dates:
        found.append((_("履职登记 %s 条") % len(dates), _("请核对"), reverse("duties:mine"), dates[0]))
    for pk, what in _to_say_a_word(user):
        found.append((what, _("单位说已兑现，请您看看"), reverse("promises:detail", args=[pk]), None))
    found += _to_rate(user)
    rest = {row.waiting.code: row for row in rows_beside(user, works_of_deputy()[2:])}
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


def _to_say_a_word(user):
    """What departments say they kept for him, and he has not said a word about."""
    reported = Promise.objects.made_to(seats_of(user)).filter(state=Promise.State.REPORTED)
    spoken = Word.objects.filter(mandate__in=active_seats_of(user)).values("promise")
    return reported.exclude(pk__in=spoken).order_by("due_on", "pk").values_list("pk", "what")[:PROMISES]


def _to_rate(user):
    """The sheet of himself, and as the leader of a group those of its members."""
    due = Marking.objects.due_from(user).open().waiting().ready().order_by("sheet__assessment__due_on")
    waiting = list(due.values_list("stage__rater", "sheet__assessment__due_on")[:300])
    found = []
    for rater, what in ((Stage.Rater.DEPUTY, _("请自评")), (Stage.Rater.GROUP, _("请评组员"))):
        dates = [due_on for each, due_on in waiting if each == rater]
        if dates:
            found.append((_("代表考评 %s 份") % len(dates), what, reverse("assessments:mine"), dates[0]))
    return found
