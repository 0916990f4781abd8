"""What an abolished department promised is owed by its successor (机构撤并后移交承诺)."""

from django.db import transaction

from congress.deadlines import actions as clocks
from suggestions.promises.models import Promise
from suggestions.promises.workflow import PROMISE


@transaction.atomic
def succeed_all(organ, *, on, by):
    """Each in a step of its own, as far as it has come; no date moves. Returns how many went over."""
    standing = Promise.objects.standing().filter(organ=organ).select_related("congress").order_by("pk")
    rows = standing.select_for_update(of=("self",))
    return sum(_succeed(promise, organ, on=max(on, promise.stepped_on or on), by=by) for promise in rows)


def _succeed(promise, gone, *, on, by):
    facts = {"gone": str(gone), "organ": str(gone.successor), "organ_id": gone.successor_id}
    with PROMISE.taking("succeed", promise, by=by, on=on, facts=facts, organ=gone.successor):
        clocks.hand_over(promise, of=gone, to=gone.successor, on=on, by=by, reason=facts["gone"])
    return 1
