"""What activities keep in step with the rooms below: corrected records, moved dates, who reads the photos."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from congress.files.readers import papers_of
from congress.organs.leftovers import leftover
from congress.procedure.reactions import after
from deputies.activities import actions
from deputies.activities.models import Activity, Raised
from deputies.roll.models import DeputyGroup

_ACTIVITY, _RAISED = Activity._meta.label_lower, Raised._meta.label_lower


@after("duty.correct")
def follow_correction(taken):
    """One fact, one truth: what the office found after an objection changes the list of the activity too."""
    _follow(taken, taken.case.outcome)


@after("duty.strike")
def follow_strike(taken):
    _follow(taken, None)


def _follow(taken, outcome):
    record = taken.case
    if record.source_kind == _ACTIVITY:
        activity = Activity.objects.get(pk=record.source_id)
        actions.correct(activity, record.mandate_id, outcome, at=timezone.now(), by=taken.by)


@after("roll.body")
def follow_guide(body):
    """Another leader guides a group: what waits for a word of the former one is his to pass."""
    if isinstance(body, DeputyGroup):
        actions.follow_guide(body)


@leftover(_("没有反馈的代表意见 %(n)s 条"))
def opinions_in_hand(organs):
    return Raised.objects.awaiting_feedback().filter(organ__in=organs).values_list("organ")


@after("department.succeeded")
def hand_over(organ, *, on, by):
    """What deputies raised and an abolished department has not answered goes to its successor."""
    for raised in Raised.objects.awaiting_feedback().filter(organ=organ).select_related("congress").order_by("pk"):
        actions.succeed(raised, gone=organ, on=max(on, raised.stepped_on or on), by=by)


@after("clock.moved")
def copy_date(clock):
    """An opinion carries the date of its feedback, for lists."""
    if clock.subject_kind == _RAISED:
        Raised.objects.filter(pk=clock.subject_id).update(due_on=clock.due_on)


def _may_read(user, activity_id):
    return Activity.objects.visible_to(user).filter(pk=activity_id).exists()


papers_of(_ACTIVITY, may_read=_may_read)
