"""Putting down one step as its form says, the same for a page and for the REST interface (办理一步)."""

from django.db import transaction

from congress.procedure import journal
from congress.procedure.models import Entry, case_key
from congress.procedure.workflow import StepNotOpen


def carry_out(form, case, *, by, keep_scan):
    """Carry a valid form out; False where this very request was carried out before, by a button pressed twice.

    `keep_scan(upload)` stores the scanned paper, in the step's own transaction. Raises ValidationError, StepNotOpen.
    """
    cleaned = form.cleaned_data
    facts = {"late_reason": cleaned["late_reason"]} if cleaned["late_reason"] else {}
    try:
        with transaction.atomic():
            scan = keep_scan(cleaned.get("scan"))
            if scan is not None:
                facts["scan"] = scan.pk
            with journal.recorded_as(
                request_key=cleaned["request_key"], on_behalf_of=cleaned.get("on_behalf_of"), facts=facts
            ):
                form.carry_out(case, by=by)
    except journal.AlreadyRecorded:
        return False
    except StepNotOpen:
        if was_carried_out(case, cleaned["request_key"]):
            return False
        raise
    return True


def was_carried_out(case, request_key):
    kind, case_id, _congress = case_key(case)
    return Entry.objects.filter(kind=kind, case_id=case_id, request_key=request_key).exists()
