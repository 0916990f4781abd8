"""What the roll does when a seat ends, and who reads a deputy's photo, or a roster that came in (名册的连带)."""

from congress.files.readers import papers_of
from congress.procedure.reactions import after
from deputies.roll import actions
from deputies.roll.models import DeputyGroup, Import, Mandate
from deputies.roll.rules import kept_by


@after("mandate.end")
def leave_the_lead(taken):
    """Whoever sits no more leads no group: what its members put down goes to who verifies in his stead."""
    DeputyGroup.objects.filter(leader=taken.case).update(leader=None)


def _may_read(user, case_id):
    return Mandate.objects.visible_to(user).filter(pk=case_id).exists()


papers_of(Mandate._meta.label_lower, may_read=_may_read)


def _keeps(user, import_id):
    """A roster bears ID numbers: whoever keeps the roll today reads it, not whoever kept it once."""
    return Import.objects.filter(pk=import_id, congress__in=kept_by(user)).exists()


def _note(user, import_id):
    batch = Import.objects.select_related("congress").get(pk=import_id)
    actions.note_export(batch.congress, count=batch.total, by=user, what=f"import {batch.pk}")


papers_of(Import._meta.label_lower, may_read=_keeps, notes=_note)
