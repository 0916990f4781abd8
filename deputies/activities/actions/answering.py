"""What a deputy says to a call, and what the organiser says to his leave (回复、请假、准假)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from deputies.activities.actions.attending import put_down
from deputies.activities.models import Activity, Attendance
from deputies.activities.workflow import INVITATION


def reply(invitation, *, on, by, version=None):
    """The deputy says that he comes; he may say so after leave was granted too (参加)."""
    _must_be_ahead(invitation.activity)
    with INVITATION.taking("come", invitation, by=by, on=on, version=version, reason="", answer=""):
        return invitation


def ask_leave(invitation, *, reason, on, by, version=None):
    """The deputy asks for leave with his reason (请假; 代表法 Art. 13)."""
    _must_be_ahead(invitation.activity)
    if not reason.strip():
        raise ValidationError({"reason": _("请写明请假事由。")})
    facts = {"reason": reason, "invitation": invitation.pk}
    with INVITATION.taking("ask_leave", invitation, by=by, on=on, version=version, facts=facts, reason=reason):
        return invitation


def _must_be_ahead(activity):
    if activity.state != Activity.State.ANNOUNCED:
        raise ValidationError(_("活动已经结束或者取消，不能再回复。"))


@transaction.atomic
def decide_leave(invitation, *, is_granted, answer="", on, by, version=None):
    """The organiser grants the leave, or refuses it and says why; it excuses an absence that was marked already."""
    if not is_granted and not answer.strip():
        raise ValidationError({"answer": _("请写明不准假的理由，代表看得到。")})
    activity = invitation.activity
    facts = {
        "deputy": invitation.mandate.deputy.name,
        "mandates": [invitation.mandate_id],
        "invitation": invitation.pk,
        "answer": answer,
    }
    step = "grant_leave" if is_granted else "refuse_leave"
    with INVITATION.taking(step, invitation, by=by, on=on, version=version, facts=facts, answer=answer):
        if is_granted:
            absent = activity.attendances.filter(mandate=invitation.mandate_id, outcome=Attendance.Outcome.ABSENT)
            if absent.exists():
                excused = {invitation.mandate_id: Attendance.Outcome.LEAVE}
                put_down(activity, excused, at=timezone.now(), on=on, by=by)
    return invitation
