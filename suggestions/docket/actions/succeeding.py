"""An abolished department's open shares go over to its successor (机构撤并后移交在办件)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from congress.deadlines import actions as clocks
from congress.procedure.workflow import StepNotOpen
from suggestions.docket.models import Assignment
from suggestions.docket.workflow import SHARE


def shares_to_hand_over(organ):
    """The shares that still stand with a department, each knowing whether its successor has one in the same round."""
    closed = [Assignment.State.RELEASED, Assignment.State.ENDED]
    his = Assignment.objects.filter(round=OuterRef("round"), organ=organ.successor_id).exclude(state__in=closed)
    return (
        Assignment.objects.filter(organ=organ)
        .unfinished()
        .annotate(is_taken=Exists(his))
        .select_related("round__suggestion__congress", "organ")
        .order_by("due_on", "pk")
    )


@transaction.atomic
def succeed(share, *, on, by, version=None):
    """The successor of its department holds this share from now on, as far as it has come; no date moves.

    What a government office has to decide of the shares it gave out goes over with it.
    """
    gone = share.organ
    successor = gone.successor
    fresh = Assignment.objects.select_for_update().get(pk=share.pk)
    if fresh.organ_id != gone.pk:
        raise StepNotOpen(SHARE["succeed"], fresh)  # somebody was faster
    if successor is None or gone.valid_to is None or gone.valid_to > on:
        raise ValidationError(_("%s没有撤销，或者没有承接单位。") % gone)
    closed = [Assignment.State.RELEASED, Assignment.State.ENDED]
    if share.round.assignments.filter(organ=successor).exclude(state__in=closed).exists():
        raise ValidationError(_("%s已经在承办这件建议，请在案卷里更正承办单位。") % successor)
    facts = {"organ": str(gone), "organ_id": gone.pk, "lead": str(successor), "organs": [successor.pk]}
    with SHARE.taking("succeed", share, by=by, on=on, version=version, facts=facts, organ=successor):
        for each in (share, *share.parts.all()):
            clocks.hand_over(each, of=gone, to=successor, on=on, by=by, reason=_("%s撤销") % gone)
    return share
