"""Who may read and keep the roll (名册的权限)."""

import rules

from congress.organs.hats import hats_of
from congress.organs.models import Congress
from congress.organs.rules import congress_id, is_clerk_of, is_robot
from deputies.roll.models import read_by


@rules.predicate
def reads_roll(user, thing):
    """The same law as `MandateQuerySet.visible_to`: the roll of the congresses he watches or serves in."""
    return thing is not None and congress_id(thing) in read_by(user)


def readable_by(user):
    """The congresses whose roll a user reads, the higher first; what `roll.view_mandate` asks of one."""
    return Congress.objects.among(read_by(user))


def kept_by(user):
    """The congresses whose roll a user keeps; what `roll.keep` asks of one."""
    return Congress.objects.among(hats_of(user).clerk_of)


rules.add_perm("roll.view_mandate", reads_roll)
rules.add_perm("roll.keep", is_clerk_of)
rules.add_perm("roll.begin", is_robot)
