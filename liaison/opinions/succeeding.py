"""What an abolished department had in hand goes over to its successor (机构撤并后移交民情)."""

from django.db import transaction

from congress.deadlines import actions as clocks
from liaison.opinions.models import Opinion
from liaison.opinions.workflow import OPINION


def opinions_in_hand(organs):
    """What was handed to these departments and is not answered yet."""
    return Opinion.objects.filter(organ__in=organs, state=Opinion.State.ROUTED)


@transaction.atomic
def succeed_all(organ, *, on, by):
    """Each in a step of its own; no date moves."""
    rows = opinions_in_hand([organ]).select_for_update(of=("self",)).select_related("congress").order_by("pk")
    facts = {"gone": str(organ), "organ": str(organ.successor), "organ_id": organ.successor_id}
    for opinion in rows:
        day = max(on, opinion.stepped_on or on)
        with OPINION.taking("succeed", opinion, by=by, on=day, facts=facts, organ=organ.successor):
            clocks.hand_over(opinion, of=organ, to=organ.successor, on=day, by=by, reason=facts["gone"])
