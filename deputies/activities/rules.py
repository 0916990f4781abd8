"""Who may hold activities, answer a call, sign in, and say what came of an opinion (活动的权限)."""

import rules

from congress.organs.hats import hats_of
from congress.organs.rules import is_clerk_of, watches
from deputies.activities.heading import is_headed_by
from deputies.roll.models import DeputyGroup
from deputies.roll.seats import active_seats_of, seats_of


def _leads_one_of_its_groups(activity, seats):
    return bool(seats) and DeputyGroup.objects.filter(activities=activity.pk, leader__in=seats).exists()


@rules.predicate
def organises(user, activity):
    """The office of its congress, the clerk or keeper of the organ that holds it, who heads that as a deputy, the
    leader of one of its groups."""
    if activity is None:
        return False
    hats = hats_of(user)
    if activity.congress_id in hats.clerk_of or activity.organ_id in hats.clerk_of | hats.committees | hats.stations:
        return True
    seats = active_seats_of(user)
    return _leads_one_of_its_groups(activity, seats) or is_headed_by(activity.organ, seats)


@rules.predicate
def is_told(user, activity):
    """A deputy who was called to it, once it was announced."""
    if activity is None or activity.announced_on is None:
        return False
    seats = seats_of(user)
    return bool(seats) and activity.invitations.filter(mandate__in=seats).exists()


@rules.predicate
def takes_part(user, activity):
    """The same, with a seat in force."""
    if activity is None or activity.announced_on is None:
        return False
    seats = active_seats_of(user)
    return bool(seats) and activity.invitations.filter(mandate__in=seats).exists()


@rules.predicate
def belongs_to_its_organ(user, activity):
    """Whoever serves in the department that asked for it."""
    return activity is not None and activity.organ_id in hats_of(user).departments


@rules.predicate
def keeps_the_bodies(user, raised):
    """The clerk of its congress or of the county above, where departments are kept."""
    hats = hats_of(user)
    return raised is not None and bool(hats.clerk_of) and raised.congress_id in hats.watches


@rules.predicate
def led_one_of_its_groups(user, activity):
    return activity is not None and _leads_one_of_its_groups(activity, seats_of(user))


@rules.predicate
def guides(user, activity):
    """The leader who passes the theme of the group's activity (主题把关)."""
    return activity is not None and activity.guide_id == user.pk


@rules.predicate
def is_called(user, invitation):
    return invitation is not None and invitation.mandate_id in active_seats_of(user)


@rules.predicate
def organises_its_activity(user, part):
    """Of an invitation or of an opinion raised."""
    return part is not None and organises(user, part.activity)


@rules.predicate
def reads_its_activity(user, part):
    return part is not None and user.has_perm("activities.view", part.activity)


@rules.predicate
def serves_the_organ_it_went_to(user, raised):
    return raised is not None and raised.organ_id in hats_of(user).departments


rules.add_perm("activities.view", watches | organises | belongs_to_its_organ | guides | is_told | led_one_of_its_groups)
rules.add_perm("activities.organise", organises)
# Why somebody can't come is often his health: for who decides on it, and the congress.
rules.add_perm("activities.read_reasons", watches | organises)
rules.add_perm("activities.allow", is_clerk_of)
rules.add_perm("activities.call_off", organises | belongs_to_its_organ)
rules.add_perm("activities.approve_theme", guides)
rules.add_perm("activities.check_in", takes_part)
rules.add_perm("activities.raise", organises | takes_part)
rules.add_perm("activities.answer_call", is_called)
rules.add_perm("activities.decide_leave", organises_its_activity)
rules.add_perm("activities.view_raised", reads_its_activity | serves_the_organ_it_went_to)
rules.add_perm("activities.forward", organises_its_activity)
rules.add_perm("activities.answer", serves_the_organ_it_went_to | organises_its_activity)
rules.add_perm("activities.succeed", keeps_the_bodies)
rules.add_perm("activities.read_figures", watches)
rules.add_perm("activities.keep_campaign", is_clerk_of)
