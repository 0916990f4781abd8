"""What becomes of a case after the rating: handled again, or closed (评)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from congress.deadlines import actions as clocks
from suggestions.docket.actions.assigning import open_rework
from suggestions.docket.workflow import CASE


@transaction.atomic
def rework(suggestion, *, reason, on, by, version=None, request_key=""):
    """Order the case to be handled again: the next round, its departments, a new clock (重新办理)."""
    if not reason.strip():
        raise ValidationError({"reason": _("请写明还要办什么，承办单位看得到。")})
    last = suggestion.rounds.order_by("-number").first()
    with CASE.taking(
        "rework",
        suggestion,
        by=by,
        on=on,
        version=version,
        request_key=request_key,
        round_number=last.number + 1,
        replied_on=None,
        result_class="",
    ) as taken:
        last.closed_on = on
        last.save(update_fields=["closed_on"])
        fresh = open_rework(suggestion, reason=reason, on=on, by=by)
        taken.facts.update(
            who=suggestion.congress.office_name,
            reason=reason,
            round=fresh.number,
            organs=list(fresh.assignments.values_list("organ_id", flat=True)),
        )
        taken.subject = fresh
    return fresh


@transaction.atomic
def resume(suggestion, *, on, by):
    """A closed case waits for its judgement after all: a rating of its window came in late (恢复研判)."""
    with CASE.taking("resume", suggestion, by=by, on=on, closed_on=None, holder=suggestion.congress):
        suggestion.rounds.filter(number=suggestion.round_number).update(closed_on=None)
    return suggestion


@transaction.atomic
def close(suggestion, *, reason="", on, by, version=None, request_key=""):
    """Nothing is left to do in this case but to keep its promises (办结)."""
    with CASE.taking(
        "close", suggestion, by=by, on=on, version=version, request_key=request_key, closed_on=on, holder=None
    ) as taken:
        taken.facts.update(who=suggestion.congress.office_name, reason=f"：{reason}" if reason else "")
        clocks.stop_case(suggestion, on=on, by=by)
        suggestion.rounds.filter(closed_on__isnull=True).update(closed_on=on)
    return suggestion
