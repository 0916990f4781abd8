"""What the public reads follows: a new round of handling, the end of a suggestion, a deputy who shows who he is."""

from congress.accounts.models import User
from congress.files.readers import papers_of
from congress.portal import actions
from congress.portal.models import Profile, Story
from congress.procedure.reactions import after
from deputies.roll.publicity import posts_shown_by


@after("suggestion.rework")
def check_again(taken):
    actions.recheck(taken.case, on=taken.on, by=User.objects.robot())


@after("suggestion.withdraw")
def take_down(taken):
    actions.take_down(taken.case, on=taken.on, by=User.objects.robot())


@posts_shown_by
def show_themselves(seats):
    return Profile.objects.shown().filter(mandate__in=seats).values_list("mandate", flat=True)


def _may_read(user, story_id):
    return Story.objects.visible_to(user).filter(pk=story_id).exists()


papers_of(Story._meta.label_lower, may_read=_may_read)
