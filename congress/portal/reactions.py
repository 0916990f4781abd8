"""What a new round of handling, or the end of the suggestion, does to what the public reads."""

from congress.accounts.models import User
from congress.portal import actions
from congress.procedure.reactions import after


@after("suggestion.rework")
def check_again(taken):
    actions.recheck(taken.case, on=taken.on, by=User.objects.robot())


@after("suggestion.withdraw")
def take_down(taken):
    actions.take_down(taken.case, on=taken.on, by=User.objects.robot())
