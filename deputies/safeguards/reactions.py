"""What this room keeps in step with the rooms below: the date of a request follows its clock (履职保障)."""

from congress.procedure.reactions import after
from deputies.safeguards.models import HelpRequest


@after("clock.moved")
def copy_the_date(clock):
    """A request carries a copy of its clock's date, for lists; it stays to tell whether he was answered in time."""
    if clock.subject_kind == HelpRequest._meta.label_lower:
        HelpRequest.objects.filter(pk=clock.subject_id).update(due_on=clock.due_on)
