"""What the roll does when a seat ends, and who reads a deputy's photo inside the portal (名册的连带)."""

from congress.files.readers import papers_of
from congress.procedure.reactions import after
from deputies.roll.models import DeputyGroup, Mandate


@after("mandate.end")
def leave_the_lead(taken):
    """Whoever sits no more leads no group: what its members put down goes to who verifies in his stead."""
    DeputyGroup.objects.filter(leader=taken.case).update(leader=None)


def _may_read(user, case_id):
    return Mandate.objects.visible_to(user).filter(pk=case_id).exists()


papers_of(Mandate._meta.label_lower, may_read=_may_read)
