"""What this room hears of and answers for: the date of a request, who reads the papers of its cases (履职保障)."""

from congress.files.readers import papers_of
from congress.procedure.reactions import after
from deputies.safeguards.models import Budget, HelpRequest, ProtectedReport, Spending


@after("clock.moved")
def copy_the_date(clock):
    """A request carries a copy of its clock's date, for lists; it stays to tell whether he was answered in time."""
    if clock.subject_kind == HelpRequest._meta.label_lower:
        HelpRequest.objects.filter(pk=clock.subject_id).update(due_on=clock.due_on)


def _of_those_visible(model):
    return lambda user, pk: model.objects.visible_to(user).filter(pk=pk).exists()


papers_of(Budget._meta.label_lower, may_read=_of_those_visible(Budget))
papers_of(Spending._meta.label_lower, may_read=_of_those_visible(Spending))
papers_of(ProtectedReport._meta.label_lower, may_read=_of_those_visible(ProtectedReport))
