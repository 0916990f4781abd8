"""Who may confirm, verify and correct what is recorded of a deputy (履职登记的权限)."""

import rules

from congress.organs.hats import hats_of
from congress.organs.rules import is_clerk_of, watches
from deputies.roll.models import DeputyGroup
from deputies.roll.seats import active_seats_of, seats_of


@rules.predicate
def is_own(user, record):
    return record is not None and record.mandate_id in seats_of(user)


@rules.predicate
def acts_for_himself(user, record):
    """The deputy whose row it is, while he may act."""
    return record is not None and record.mandate_id in active_seats_of(user)


@rules.predicate
def leads_his_group(user, record):
    """The leader of a group in which the deputy is; never for his own row."""
    if record is None or record.mandate_id in seats_of(user):
        return False
    return DeputyGroup.objects.filter(leader__in=active_seats_of(user), members=record.mandate_id).exists()


@rules.predicate
def is_clerk_of_his_township(user, record):
    """The clerk of the township whose delegation the deputy sits in checks what he did there."""
    delegation = record.mandate.delegation if record is not None else None
    return delegation is not None and delegation.township_id in hats_of(user).clerk_of


@rules.predicate
def is_the_robot(user, _record):
    return user.is_robot


rules.add_perm("duties.view_record", watches | is_own | leads_his_group | is_clerk_of_his_township)
rules.add_perm("duties.confirm", acts_for_himself)
rules.add_perm("duties.lapse", is_the_robot)
rules.add_perm("duties.verify", leads_his_group | is_clerk_of_his_township | is_clerk_of)
rules.add_perm("duties.correct", is_clerk_of)
