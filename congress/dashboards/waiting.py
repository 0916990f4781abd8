"""What waits for whom: each row of a desk, and the list behind it, from one predicate (待办)."""

from dataclasses import dataclass

from django.db.models import Exists, Min, OuterRef, Q, Subquery, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congress.accounts.models import User
from congress.deadlines.models import Clock
from congress.kit.paging import COUNTED, CountUpTo
from congress.kit.statements import Statement
from congress.organs.hats import hats_of
from deputies.roll.seats import Reader, active_seats_of
from suggestions.appraisals.models import Judgement, Slip
from suggestions.docket.models import Assignment, Cosigner, Suggestion

S, A, Role = Suggestion.State, Assignment.State, Assignment.Role


@dataclass(frozen=True)
class Waiting:
    """One kind of work: its name, why it matters, the word on its button, and which cases it means for a reader."""

    code: str
    label: str
    why: str
    go: str
    where: object  # reader → Q, or None when this work is not his
    first: object = None  # reader → the earliest date, where it is not the one that the cases carry


@dataclass(frozen=True)
class Row:
    """One line of the desk."""

    waiting: Waiting
    count: int
    earliest: object

    @property
    def url(self):
        return f"{reverse('docket:list')}?waiting={self.waiting.code}"

    @property
    def api_url(self):
        return f"{reverse('api:suggestion-list')}?waiting={self.waiting.code}"


def _office(**where):
    def of(reader):
        clerk_of = hats_of(reader).clerk_of
        return Q(congress__in=clerk_of, **where) if clerk_of else None

    return of


def _to_decide(**where):
    """Cases with a share about which whoever gave it out has to decide: the office, or the distributor."""

    def of(reader):
        hats = hats_of(reader)
        asked = Assignment.objects.filter(**where)
        if hats.clerk_of:
            here = asked.filter(parent__isnull=True, round__suggestion__congress__in=hats.clerk_of)
            return Q(congress__in=hats.clerk_of) & _among(here.values("round__suggestion"))
        if hats.distributes:
            return _among(asked.filter(parent__organ__in=hats.distributes).values("round__suggestion"))
        return None

    return of


def _among(cases):
    """These cases, read first and by themselves, for they are few: PostgreSQL does not look at every case for one."""
    return Q(pk__in=cases[:COUNTED])


def _judging(reader):
    clerk_of = hats_of(reader).clerk_of
    pending = Judgement.objects.pending().filter(survey__congress__in=clerk_of).values("survey__round__suggestion")
    return Q(congress__in=clerk_of) & _among(pending) if clerk_of else None


def _first_to_judge(reader):
    """No case carries this date: that it runs is sealed from the departments."""
    clocks = Clock.objects.running().filter(rule="judge", holder__in=hats_of(reader).clerk_of)
    return _earliest(clocks)


def _earliest(rows):
    return Subquery(rows.order_by().values(_all=Value(1)).annotate(first=Min("due_on")).values("first"))


def _shares(organs, **where):
    """Cases with a share of the reader's departments that meets a condition; `organs` names the hats that count."""

    def of(reader):
        hats = hats_of(reader)
        mine = frozenset().union(*(getattr(hats, each) for each in organs))
        if not mine:
            return None
        shares = Assignment.objects.filter(round__suggestion=OuterRef("pk"), organ__in=mine)
        return Exists(shares.filter(**where))

    return of


def _to_rate(reader):
    seats = active_seats_of(reader)
    slips = Slip.objects.unanswered().filter(survey__round__suggestion=OuterRef("pk"), mandate__in=seats)
    return Exists(slips) if seats else None


def _to_cosign(reader):
    seats = active_seats_of(reader)
    asked = Cosigner.objects.filter(suggestion=OuterRef("pk"), mandate__in=seats, state=Cosigner.State.INVITED)
    return Q(state__in=[S.DRAFT, S.RETURNED]) & Exists(asked) if seats else None


def _to_write(reader):
    seats = active_seats_of(reader)
    return Q(lead__in=seats, state__in=[S.DRAFT, S.RETURNED]) if seats else None


_ANSWERING = {"state": A.IN_HAND, "role__in": Assignment.ANSWERS}
_OFFICERS, _HEADS = ("officer_of",), ("head_of",)
WAITING = {
    each.code: each
    for each in (
        Waiting("check", _("审查新提交的建议"), _("审查后告知代表"), _("去审查"), _office(state=S.SUBMITTED)),
        Waiting("assign", _("交办已立案的建议"), _("确定主办、会办单位"), _("去交办"), _office(state=S.REGISTERED)),
        Waiting(
            "judge", _("研判不满意评价"), _("决定是否重新办理"), _("去研判"), _judging, _first_to_judge,
        ),
        Waiting(
            "hand_back", _("决定退办申请"), _("同意改派，或者不同意"), _("去决定"), _to_decide(state=A.HANDED_BACK)
        ),
        Waiting(
            "extension", _("决定延期申请"), _("决定以前仍按原来的期限"), _("去决定"),
            _to_decide(asked_until__isnull=False),
        ),
        Waiting(
            "distribute", _("分办人大交来的建议"), _("分给承办单位，答复期限从交办日起算"), _("去分办"),
            _shares(("distributes",), state=A.TO_DISTRIBUTE),
        ),
        Waiting(
            "accept", _("签收或者申请退办"), _("过了退办期限就不能再退"), _("去签收"),
            _shares(_OFFICERS, state=A.ASSIGNED),
        ),
        Waiting(
            "contact", _("联系代表、记录面商"), _("没有面商记录不能签发答复"), _("去联系"),
            _shares(_OFFICERS, **_ANSWERING, contacts__isnull=True),
        ),
        Waiting(
            "draft", _("起草答复"), _("逐条答复，写明何时办成"), _("去起草"),
            _shares(_OFFICERS, **_ANSWERING, contacts__isnull=False),
        ),
        Waiting(
            "opinion", _("提交会办意见"), _("送主办单位"), _("去提交"),
            _shares(_OFFICERS, state=A.IN_HAND, role=Role.CO),
        ),
        Waiting("sign", _("签发答复"), _("签发后随即送达代表"), _("去签发"), _shares(_HEADS, state=A.DRAFTED)),
        Waiting("rate", _("请评价答复"), _("态度、结果分开评价"), _("去评价"), _to_rate),
        Waiting("cosign", _("请您附议"), _("看过再确认"), _("去看看"), _to_cosign),
        Waiting("write", _("没有提交的草稿"), _("写好后提交"), _("接着写"), _to_write),
    )
}  # fmt: skip


def rows_for(user):
    """The lines of this user's desk that have something in them, in one statement."""
    found = _counted(reader=Reader.of(user))
    rows = (
        [Row(WAITING[code], found[0][f"{code}_n"], found[0][f"{code}_d"]) for code in _offered(user)] if found else []
    )
    return [row for row in rows if row.count]


def _offered(reader):
    return {code: where for code, each in WAITING.items() if (where := each.where(reader)) is not None}


@Statement
def _counted(reader):
    """How many cases each line has and the earliest date among them; each line is looked up by what it is about."""
    seen = Suggestion.objects.visible_to(reader, drafts=False)  # none of the office's lines is about its drafts
    told = {}
    for code, where in _offered(reader).items():
        told[f"{code}_n"] = CountUpTo(seen.filter(where))
        first = WAITING[code].first
        told[f"{code}_d"] = first(reader) if first else _earliest(seen.filter(where))
    return User.objects.filter(pk=reader.pk).values(**told) if told else User.objects.none()
