"""Who says that a promise was kept, and who looks whether it was (权限)."""

import rules

from congress.organs.hats import hats_of
from congress.organs.rules import is_clerk_of, is_robot
from deputies.roll.seats import active_seats_of, seats_of
from suggestions.promises.models import Promise


@rules.predicate
def is_shown_to(user, promise):
    """One promise asked the way `visible_to` asks them all."""
    return promise is not None and Promise.objects.visible_to(user).filter(pk=promise.pk).exists()


@rules.predicate
def works_for_its_organ(user, promise):
    hats = hats_of(user)
    return promise is not None and promise.organ_id in (hats.officer_of | hats.head_of)


@rules.predicate
def it_was_made_to(user, promise):
    """A deputy in office who led or signed the suggestion, in this term or an earlier one."""
    if promise is None or not active_seats_of(user):
        return False
    return Promise.objects.made_to(seats_of(user)).filter(pk=promise.pk).exists()


rules.add_perm("promises.view_promise", is_shown_to)
rules.add_perm("promises.report", works_for_its_organ | is_clerk_of)
rules.add_perm("promises.ask_extension", works_for_its_organ | is_clerk_of)
rules.add_perm("promises.decide_extension", is_clerk_of)
rules.add_perm("promises.look_back", is_clerk_of)
rules.add_perm("promises.speak", it_was_made_to)
rules.add_perm("promises.succeed", is_clerk_of)
# It follows from a reply or from the end of the suggestion, whoever took that step.
rules.add_perm("promises.supersede", is_robot)
