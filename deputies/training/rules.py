"""Who plans and records training, who reads of it, who learns (培训的权限)."""

import rules

from congress.organs.hats import hats_of
from congress.organs.models import Congress
from congress.organs.rules import is_clerk_of, is_robot, watches
from deputies.roll.seats import active_seats_of
from deputies.training.models import Quiz
from deputies.training.models.audience import reaches


def watched_by(user):
    """The congresses of whose training he reads, the higher first; what `training.view` asks of one."""
    return Congress.objects.among(hats_of(user).watches)


def kept_by(user):
    """The congresses whose training he plans and records; what `training.keep` asks of one."""
    return Congress.objects.among(hats_of(user).clerk_of)


def learns(user):
    """Whether papers and quizzes may lie with him: deputies, the staff of a congress, keepers of stations."""
    hats = hats_of(user)
    return bool(hats.deputy_in | hats.clerk_of | hats.leads | hats.committees | hats.stations)


@rules.predicate
def is_asked(user, quiz):
    """He holds an active seat that belongs to the quiz's audience."""
    seats = active_seats_of(user)
    return quiz is not None and bool(seats) and Quiz.objects.filter(reaches(Quiz, seats), pk=quiz.pk).exists()


rules.add_perm("training.view", watches)
rules.add_perm("training.keep", is_clerk_of)
rules.add_perm("training.take", is_asked)
rules.add_perm("training.close_quiz", is_clerk_of | is_robot)
