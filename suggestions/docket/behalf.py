"""For whom a step may be recorded: what happened on paper is put down in the name of whoever did it (代录)."""

from django.utils import timezone

from congress.accounts.models import User
from congress.organs.hats import hats_of
from congress.organs.roles import Role
from deputies.roll.seats import seats_of
from suggestions.docket.forms.handling import people_of

DEPUTYS_STEPS = frozenset({"submit", "withdraw"})
HEADS_STEPS = frozenset({"sign", "send_back"})


def behalf_in_case(step, case, *, by):
    """The office records for the deputy what he did on paper."""
    if step.name not in DEPUTYS_STEPS or case.lead_id in seats_of(by):
        return {}
    people = User.objects.filter(deputy__mandates=case.lead_id)
    return {"behalf": people, "behalf_is_needed": people.exists()}


def behalf_in_share(step, share, *, by):
    """An officer signs for his head; the office of the congress records what a department did on paper."""
    hats, organ = hats_of(by), share.organ_id
    needs_head = step.name in HEADS_STEPS
    if organ in hats.head_of or (organ in hats.officer_of and not needs_head):
        return {}
    roles = [Role.DEPARTMENT_HEAD] if needs_head else [Role.CASE_OFFICER, Role.DEPARTMENT_HEAD]
    people = people_of(organ, *roles, on=timezone.localdate())
    return {"behalf": people, "behalf_is_needed": needs_head or people.exists()}
