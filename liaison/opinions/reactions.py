"""What an opinion keeps in step with: its own clock, and the suggestion it became."""

from congress.accounts.models import User
from congress.deadlines.models import Clock
from congress.files.readers import papers_of
from congress.procedure.reactions import after
from liaison.opinions import actions, succeeding
from liaison.opinions.models import Opinion


@after("clock.moved")
def copy_date(clock):
    """The opinion carries its running date on it, for lists."""
    if clock.case_kind != Opinion._meta.label_lower:
        return
    running = Clock.objects.filter(case_kind=clock.case_kind, case_id=clock.case_id).running()
    due_on = running.order_by("due_on").values_list("due_on", flat=True).first()
    Opinion.objects.filter(pk=clock.case_id).update(due_on=due_on)


def _came_to_nothing(taken):
    for opinion in Opinion.objects.filter(suggestion=taken.case.pk, state=Opinion.State.RAISED):
        actions.reopen(opinion, on=taken.on, by=User.objects.robot())


for verb in ("suggestion.withdraw", "suggestion.reject", "suggestion.turn_to_letter"):
    after(verb)(_came_to_nothing)


@after("department.succeeded")
def hand_over(organ, *, on, by):
    succeeding.succeed_all(organ, on=on, by=by)


def _may_read(user, case_id):
    return Opinion.objects.visible_to(user).filter(pk=case_id).exists()


papers_of(Opinion._meta.label_lower, may_read=_may_read)
