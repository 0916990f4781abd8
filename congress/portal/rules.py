"""Who decides what the public reads (公开的权限)."""

import rules

from congress.organs.rules import is_clerk_of, is_robot
from deputies.roll.seats import active_seats_of


@rules.predicate
def is_own_profile(user, profile):
    return profile is not None and profile.mandate_id in active_seats_of(user)


@rules.predicate
def is_told_of(user, story):
    """The deputy himself: nobody agrees for another, and his consent is his own whatever became of his seat."""
    whose = story.mandate.deputy.user_id if story is not None else None
    return whose is not None and whose == user.pk


rules.add_perm("portal.publish", is_clerk_of)
# It follows from a new round of handling, or from the end of the suggestion, whoever took that step.
rules.add_perm("portal.recheck", is_robot)
rules.add_perm("portal.show", is_own_profile | is_clerk_of)
rules.add_perm("portal.tell_story", is_clerk_of)
rules.add_perm("portal.agree_to_story", is_told_of)
