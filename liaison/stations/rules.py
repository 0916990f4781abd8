"""Who keeps stations (联络站的权限)."""

import rules

from congress.organs.hats import hats_of
from congress.organs.models import Congress
from congress.organs.rules import is_clerk_of
from deputies.roll.seats import active_seats_of


@rules.predicate
def keeps_station(user, station):
    """Its keepers, and the clerk of the township where it stands."""
    if station is None:
        return False
    hats = hats_of(user)
    return station.pk in hats.stations or getattr(station, "township_id", None) in hats.clerk_of


@rules.predicate
def heads_station(user, station):
    """The deputy who heads it, as long as his seat is in force (站长、家长、工作室领衔代表)."""
    return getattr(station, "head_id", None) in active_seats_of(user)


def founds_in(user):
    """The congresses in which a user may found a station, the higher first; what `stations.found` asks of one."""
    return Congress.objects.among(hats_of(user).clerk_of)


rules.add_perm("stations.change", is_clerk_of | keeps_station | heads_station)
rules.add_perm("stations.grade", is_clerk_of)
rules.add_perm("stations.found", is_clerk_of)
