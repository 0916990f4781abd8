"""Putting down a paper that was handed in on paper: from writing to registration in one go (代录)."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from congress.organs.hats import hats_of
from congress.procedure import journal
from suggestions.docket.actions.checking import numbered, register
from suggestions.docket.actions.writing import answer_invitation, save_draft, submit
from suggestions.docket.models import Suggestion


@transaction.atomic
def record_paper(*, congress, lead, asks, cosigners=(), category, printed_number="", on, by, request_key="", **words):
    """Record a deputy's paper as it was signed on its day; it stands registered under its number at once.

    `words` are the fields of the suggestion as written. Raises AlreadyRecorded for the same `request_key`,
    and whatever the steps raise; then nothing of it stands.
    """
    if congress.pk not in hats_of(by).clerk_of:
        raise PermissionDenied("docket.check_suggestion")
    entry_facts = {"who": by.name, "title": words["title"], "lead": lead.pk}
    journal.record(
        congress, "docket.record", by=by, on=on, facts=entry_facts, request_key=request_key, congress=congress
    )
    case = Suggestion(congress=congress, lead=lead, category=category, recorded_by=by, **words)
    save_draft(case, asks=asks, cosigners=cosigners, by=by, invites=False)
    signed = {"confirms": True, "is_on_paper": True, "on": on, "by": by}
    for mandate in cosigners:
        if mandate.pk != lead.pk:
            answer_invitation(case, mandate=mandate, on_behalf_of=mandate.deputy.user, **signed)
    submit(case, on=on, by=by, on_behalf_of=lead.deputy.user)
    register(case, category=category, printed_number=printed_number, on=on, by=by)
    return case


def as_said(case):
    """What the clerk reads when it is done: the number and the title."""
    return f"{numbered(case)}《{case.title}》"
