"""Who rates, who judges (权限)."""

import rules

from congress.organs.hats import hats_of
from congress.organs.rules import is_robot
from deputies.roll.seats import active_seats_of


@rules.predicate
def is_clerk_of_its_congress(user, subject):
    return subject is not None and subject.congress_id in hats_of(user).clerk_of


@rules.predicate
def was_asked(user, survey):
    return survey is not None and survey.slips.filter(mandate__in=active_seats_of(user)).exists()


@rules.predicate
def is_clerk_of_its_judgement(user, judgement):
    return judgement is not None and judgement.survey.congress_id in hats_of(user).clerk_of


@rules.predicate
def was_asked_in_its_survey(user, judgement):
    return judgement is not None and was_asked(user, judgement.survey)


# The robot rates in the name of whoever holds a valid one-time link: `on_behalf_of` says whose.
rules.add_perm("appraisals.rate", was_asked | is_clerk_of_its_congress | is_robot)
rules.add_perm("appraisals.add_rating", is_clerk_of_its_congress)
rules.add_perm("appraisals.settle_survey", is_robot | is_clerk_of_its_congress | was_asked)
rules.add_perm("appraisals.judge", is_clerk_of_its_judgement)
rules.add_perm("appraisals.drop_judgement", is_clerk_of_its_judgement | was_asked_in_its_survey | is_robot)
