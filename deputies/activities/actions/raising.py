"""Opinions raised at an activity: noted, passed on, answered (意见的记录、转交、反馈)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from congress.deadlines import actions as clocks
from congress.organs.models import Organ
from congress.procedure import journal
from deputies.activities.kinds import Kind
from deputies.activities.models import Raised
from deputies.activities.workflow import ACTIVITY, RAISED


def raise_opinion(activity, *, text, mandate=None, on, by):
    """Put down what was said, by the deputy himself or by the organiser for him (记录意见)."""
    text = text.strip()
    if not text:
        raise ValidationError({"text": _("请写下意见。")})
    if mandate is not None and not activity.invitations.filter(mandate=mandate).exists():
        raise ValidationError({"mandate": _("这位代表不在活动的名单里。")})
    with ACTIVITY.taking("raise", activity, by=by, on=on, facts={"text": text[:60]}) as taken:
        raised = Raised.objects.create(congress=activity.congress, activity=activity, mandate=mandate, text=text)
        journal.record(raised, "raised.note", by=by, on=on)
        taken.subject = raised
    return raised


def forward(raised, *, organ, on, by, version=None):
    """Pass an opinion on to the organ that can act; when it reports back is the rulebook's (代表法 Arts. 29-31).

    It may be passed on again to another organ: the time begins anew.
    """
    if organ.kind != Organ.Kind.DEPARTMENT:
        raise ValidationError({"organ": _("请选择承办单位。")})
    fields = {"organ": organ, "forwarded_on": on}
    facts = {"organ": str(organ), "organ_id": organ.pk}
    with RAISED.taking("forward", raised, by=by, on=on, version=version, facts=facts, **fields):
        clocks.stop_all(raised, on=on, by=by)
        clock = clocks.start("inspection_feedback", raised, on=on, by=by, holder=organ)
        raised.due_on = clock.due_on  # the row itself follows every move of the clock
    return raised


@transaction.atomic
def succeed(raised, *, gone, on, by):
    """An abolished department had it in hand: its successor reports back, on the same day (机构撤并后移交)."""
    facts = {"gone": str(gone), "organ": str(gone.successor), "organ_id": gone.successor_id}
    with RAISED.taking("succeed", raised, by=by, on=on, facts=facts, organ=gone.successor):
        clocks.hand_over(raised, of=gone, to=gone.successor, on=on, by=by, reason=facts["gone"])


def answer(raised, *, feedback, is_solved=False, on, by, version=None):
    """The organ reports back what it did; the deputies read it (反馈)."""
    feedback = feedback.strip()
    if not feedback:
        raise ValidationError({"feedback": _("请写明研究处理情况。")})
    fields = {"feedback": feedback, "is_solved": is_solved, "answered_on": on}
    facts = {"feedback": feedback[:60]}
    with RAISED.taking("answer", raised, by=by, on=on, version=version, facts=facts, **fields):
        clocks.meet("inspection_feedback", raised, on=on, by=by)
    return raised


@transaction.atomic
def ask_for_rectification(activity, *, on, by):
    """A reviewed organ owes a report on what it mends; nobody has to think of it (评议后的整改情况报告)."""
    if activity.kind != Kind.WORK_REVIEW or activity.visited_id is None:
        return None
    raised = Raised.objects.create(
        congress=activity.congress,
        activity=activity,
        kind=Raised.Kind.RECTIFICATION,
        text=_("请根据“%s”中代表提出的意见整改，并报送整改情况。") % activity.title,
    )
    return forward(raised, organ=activity.visited, on=on, by=by)
