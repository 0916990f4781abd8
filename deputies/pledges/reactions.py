"""What this room hears of and answers for: the next date of a contact, and who may read its papers."""

from django.utils.translation import gettext_lazy as _

from congress.deadlines.models import Clock
from congress.files.readers import papers_of
from congress.organs.leftovers import leftover
from congress.procedure.reactions import after
from deputies.pledges import actions
from deputies.pledges.models import FollowUp, Tie, TownshipPaper


@after("mandate.end")
def part(taken):
    """A seat has ended: its ties end with it, and whom it contacted stands among those whom nobody contacts."""
    actions.release_of(taken.case, on=taken.on, by=taken.by)
    actions.untie_of(taken.case, on=taken.on, by=taken.by)


@after("mandate.change")
def leave_the_committee(taken):
    """Somebody is no member of the standing committee any more: his ties as a member end, townships included."""
    if "is_standing_member" in taken.facts and not taken.case.is_standing_member:
        actions.release_by_member(taken.case, on=taken.on, by=taken.by)
        actions.untie_of(taken.case, on=taken.on, by=taken.by)


@leftover(_("没有办结的联系意见 %(n)s 条"))
def matters_in_hand(organs):
    return FollowUp.objects.open().filter(department__in=organs).values_list("department")


@after("department.succeeded")
def hand_matters_over(organ, *, on, by):
    """What contacts brought up and an abolished department had not settled goes to its successor."""
    for matter in FollowUp.objects.open().filter(department=organ.pk).order_by("pk"):
        actions.succeed(matter, gone=organ, on=max(on, matter.stepped_on or on), by=by)


@after("clock.moved")
def copy_the_date(clock):
    """A tie carries a copy of its running clock's date, for lists."""
    if clock.subject_kind == Tie._meta.label_lower:
        due_on = clock.due_on if clock.state == Clock.State.RUNNING else None
        Tie.objects.filter(pk=clock.subject_id).update(due_on=due_on)


def _may_read(user, paper_id):
    return TownshipPaper.objects.visible_to(user).filter(pk=paper_id).exists()


papers_of(TownshipPaper._meta.label_lower, may_read=_may_read)
