"""Who reads scores, who keeps their rules, who may object (积分的权限)."""

import rules

from congress.organs.hats import hats_of
from congress.organs.models import Congress
from congress.organs.rules import is_clerk_of, watches
from deputies.roll.seats import active_seats_of


def read_by(user):
    """The congresses whose scores a user reads, the higher first; what `scores.view_list` asks of one."""
    return Congress.objects.among(hats_of(user).watches)


def kept_by(user):
    """The congresses whose rules a user keeps; what `scores.keep` asks of one."""
    return Congress.objects.among(hats_of(user).clerk_of)


@rules.predicate
def is_own_standing(user, standing):
    return standing is not None and standing.mandate_id in active_seats_of(user)


@rules.predicate
def is_own_objection(user, objection):
    return objection is not None and objection.standing.mandate_id in active_seats_of(user)


@rules.predicate
def reads_some(user):
    """Office or leader of some congress (代表工作机构、领导)."""
    return bool(hats_of(user).watches)


rules.add_perm("scores.view_list", watches)
rules.add_perm("scores.view_objections", reads_some)
rules.add_perm("scores.keep", is_clerk_of)
rules.add_perm("scores.object", is_own_standing)
rules.add_perm("scores.withdraw", is_own_objection)
