"""Who could not act on a day: while a seat is suspended no duty of it is recorded or scored (代表法 Art. 61)."""

from congress.procedure.models import Entry
from deputies.roll.models import Mandate
from deputies.roll.workflow import SEAT

_ENDS = tuple(SEAT.verb(name) for name in ("resume", "end"))
_BEGINS = SEAT.verb("suspend")


def suspended_on(day, mandate_ids):
    """Those of these seats that were suspended on a day, by the legal dates in their journals.

    The day of suspension belongs to it, the day of return does not.
    """
    ids = set(mandate_ids)
    if not ids:
        return set()
    turns = Entry.objects.filter(
        kind=Mandate._meta.label_lower, case_id__in=ids, verb__in=(_BEGINS, *_ENDS), on__lte=day
    )
    state = {}
    for case_id, verb in turns.order_by("on", "seq").values_list("case_id", "verb"):
        state[case_id] = verb == _BEGINS
    return {case_id for case_id, is_suspended in state.items() if is_suspended}
