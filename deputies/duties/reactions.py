"""What the record does after the roll's steps; and who reads the photos of a claim (代表法 Art. 61)."""

from congress.files.readers import papers_of
from congress.procedure.reactions import after
from deputies.duties import actions
from deputies.duties.models import DutyRecord


@after("mandate.suspend")
def strike_what_came_later(taken):
    """A suspension may be put down late: what is on record from its day on is struck."""
    actions.strike_while_suspended(taken.case, on=taken.on, by=taken.by)


def _may_read(user, case_id):
    return DutyRecord.objects.visible_to(user).filter(pk=case_id).exists()


papers_of(DutyRecord._meta.label_lower, may_read=_may_read)
