"""Who may confirm, verify and correct what is recorded of a deputy, and read his archive (履职登记的权限)."""

import rules

from congress.organs.hats import hats_of
from congress.organs.rules import is_clerk_of, is_robot, watches
from deputies.roll.models import DeputyGroup
from deputies.roll.seats import active_seats_of, seats_of


@rules.predicate
def is_own(user, record):
    return record is not None and record.mandate_id in seats_of(user)


@rules.predicate
def acts_for_himself(user, record):
    """The deputy whose row it is, while he may act."""
    return record is not None and record.mandate_id in active_seats_of(user)


def _leads(user, mandate_id):
    own = active_seats_of(user)
    return bool(own) and DeputyGroup.objects.filter(leader__in=own, members=mandate_id).exists()


def _keeps_township(user, mandate):
    delegation = mandate.delegation
    return delegation is not None and delegation.township_id in hats_of(user).clerk_of


@rules.predicate
def leads_his_group(user, record):
    """The leader of a group in which the deputy is."""
    return record is not None and _leads(user, record.mandate_id)


@rules.predicate
def is_clerk_of_his_township(user, record):
    """The clerk of the township whose delegation the deputy sits in checks what he did there."""
    return record is not None and _keeps_township(user, record.mandate)


@rules.predicate
def registered_it(user, record):
    """Whoever put the row down for the deputy, while he serves anywhere: the organiser of the event."""
    return record is not None and record.registered_by_id == user.pk and bool(hats_of(user).places)


@rules.predicate
def is_own_seat(user, seat):
    return seat is not None and seat.pk in seats_of(user)


@rules.predicate
def acts_with_seat(user, seat):
    return seat is not None and seat.pk in active_seats_of(user)


@rules.predicate
def leads_group_of_seat(user, seat):
    return seat is not None and _leads(user, seat.pk)


@rules.predicate
def is_clerk_of_seats_township(user, seat):
    return seat is not None and _keeps_township(user, seat)


rules.add_perm("duties.view_record", watches | is_own | leads_his_group | is_clerk_of_his_township | registered_it)
rules.add_perm("duties.claim", acts_with_seat)
rules.add_perm("duties.confirm", acts_for_himself)
rules.add_perm("duties.lapse", is_robot)
# Nobody verifies what he claimed himself, or decides on an objection of his own.
rules.add_perm("duties.verify", (is_clerk_of | is_clerk_of_his_township | leads_his_group) & ~is_own)
rules.add_perm("duties.correct", (is_clerk_of | registered_it) & ~is_own)
rules.add_perm("duties.view_archive", watches | is_own_seat | leads_group_of_seat | is_clerk_of_seats_township)
rules.add_perm("duties.certify", is_clerk_of)
rules.add_perm("duties.enter", is_clerk_of)
rules.add_perm("duties.view_sheet", watches)
