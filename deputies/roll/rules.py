"""Who may read and keep the roll (名册的权限)."""

import rules

from congress.organs.rules import congress_id, is_clerk_of
from deputies.roll.models import read_by


@rules.predicate
def reads_roll(user, thing):
    """The same law as `MandateQuerySet.visible_to`: the roll of the congresses he watches or serves in."""
    return thing is not None and congress_id(thing) in read_by(user)


rules.add_perm("roll.view_mandate", reads_roll)
rules.add_perm("roll.keep", is_clerk_of)
rules.add_perm("roll.reveal", is_clerk_of)
