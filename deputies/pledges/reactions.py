"""What this room hears of and answers for: the next date of a contact, and who may read its papers."""

from congress.deadlines.models import Clock
from congress.files.readers import papers_of
from congress.procedure.reactions import after
from deputies.pledges.models import Tie, TownshipPaper


@after("clock.moved")
def copy_the_date(clock):
    """A tie carries a copy of its running clock's date, for lists."""
    if clock.subject_kind == Tie._meta.label_lower:
        due_on = clock.due_on if clock.state == Clock.State.RUNNING else None
        Tie.objects.filter(pk=clock.subject_id).update(due_on=due_on)


def _may_read(user, paper_id):
    return TownshipPaper.objects.visible_to(user).filter(pk=paper_id).exists()


papers_of(TownshipPaper._meta.label_lower, may_read=_may_read)
