"""What an opinion keeps in step with: its own clock, and the suggestion it became."""

from django.utils.translation import gettext_lazy as _

from congress.accounts.models import User
from congress.deadlines.models import Clock
from congress.files.readers import papers_of
from congress.organs.leftovers import leftover
from congress.procedure.reactions import after
from liaison.opinions import actions, succeeding
from liaison.opinions.models import Opinion
from suggestions.docket.identity import file_name
from suggestions.docket.models import Suggestion


@after("clock.moved")
def copy_date(clock):
    """The opinion carries its running date on it, for lists."""
    if clock.case_kind != Opinion._meta.label_lower:
        return
    running = Clock.objects.filter(case_kind=clock.case_kind, case_id=clock.case_id).running()
    due_on = running.order_by("due_on").values_list("due_on", flat=True).first()
    Opinion.objects.filter(pk=clock.case_id).update(due_on=due_on)


def _reopen(opinions, *, on):
    for opinion in opinions.filter(state=Opinion.State.RAISED):
        actions.reopen(opinion, on=max(on, opinion.stepped_on or on), by=User.objects.robot())


def _came_to_nothing(taken):
    _reopen(Opinion.objects.filter(suggestion=taken.case.pk), on=taken.on)


for verb in ("suggestion.withdraw", "suggestion.reject", "suggestion.turn_to_letter", "suggestion.discard"):
    after(verb)(_came_to_nothing)


@after("mandate.end")
def let_go_of_his_drafts(taken):
    """Who is no deputy any more submits no draft: what residents said in it waits again, his words stay his."""
    drafts = Suggestion.objects.filter(lead=taken.case.pk, state=Suggestion.State.DRAFT)
    _reopen(Opinion.objects.filter(suggestion__in=drafts), on=taken.on)


@leftover(_("没有答复的群众意见 %(n)s 件"))
def opinions_in_hand(organs):
    return succeeding.opinions_in_hand(organs).values_list("organ")


@after("department.succeeded")
def hand_over(organ, *, on, by):
    succeeding.succeed_all(organ, on=on, by=by)


def _may_read(user, case_id):
    return Opinion.objects.visible_to(user).filter(pk=case_id).exists()


def _shown_name(user, stored):
    """A photo's own name may tell whose house it shows."""
    if user.has_perm("opinions.handle", Opinion.objects.select_related("station", "congress").get(pk=stored.case_id)):
        return stored.name
    return file_name(stored, position=stored.pk, hidden=True)


papers_of(Opinion._meta.label_lower, may_read=_may_read, shown_name=_shown_name)
