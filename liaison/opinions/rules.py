"""Who may take on, answer and rate what residents say (民情的权限)."""

import rules

from congress.organs.hats import hats_of
from congress.organs.rules import is_clerk_of, is_robot, watches
from deputies.roll.seats import active_seats_of, seats_of
from liaison.opinions.models import Opinion
from liaison.stations.models import works_at_stations
from liaison.stations.rules import heads_station, keeps_station


def reads_registers(user):
    """Whether he reads opinions as his work: by congress, township, station that he keeps or heads, or department."""
    hats = hats_of(user)
    return bool(hats.watches or hats.departments) or works_at_stations(user)


@rules.predicate
def keeps_its_station(user, opinion):
    """The keeper of the station, the deputy who heads it, and the clerk of the township where it stands."""
    if opinion is None or opinion.station_id is None:
        return False
    return keeps_station(user, opinion.station) or heads_station(user, opinion.station)


@rules.predicate
def is_of_his_township(user, opinion):
    """The clerk of the township where the station stands may make it a suggestion to his own congress."""
    return (
        opinion is not None and opinion.station_id is not None and opinion.station.township_id in hats_of(user).clerk_of
    )


@rules.predicate
def was_addressed(user, opinion):
    return opinion is not None and opinion.addressed_to_id in active_seats_of(user)


@rules.predicate
def heard_it(user, opinion):
    """The deputy who noted it or to whom it was said reads on."""
    return opinion is not None and bool({opinion.addressed_to_id, opinion.noted_by_id} & seats_of(user))


@rules.predicate
def serves_its_organ(user, opinion):
    """Whoever handles in the department to which it was routed; a station's own keeper for the village tier."""
    if opinion is None or opinion.organ_id is None:
        return False
    hats = hats_of(user)
    return opinion.organ_id in hats.departments | hats.stations


@rules.predicate
def is_of_its_county(user, opinion):
    """The office that hands to the county's departments; of what a township heard, once that has reported it upward."""
    if opinion is None or not hats_of(user).clerk_of or opinion.county_id not in hats_of(user).clerk_of:
        return False
    is_upward = opinion.state == Opinion.State.UPWARD or opinion.tier == Opinion.Tier.COUNTY
    return is_upward or opinion.county_id == opinion.congress_id


@rules.predicate
def leads_its_group(user, proposal):
    """The leader of the group before whose activity a theme is put."""
    return proposal is not None and proposal.group.leader_id in active_seats_of(user)


@rules.predicate
def is_of_its_township(user, proposal):
    """The clerk of the township that proposes it."""
    return proposal is not None and proposal.township_id in hats_of(user).clerk_of


rules.add_perm("opinions.view_opinion", watches | keeps_its_station | heard_it | serves_its_organ)
rules.add_perm("opinions.handle", is_clerk_of | keeps_its_station | was_addressed | is_of_its_county)
# Everybody who reads it but the department that only answers (liaison/opinions/identity.py says why).
rules.add_perm("opinions.name_deputy", watches | is_clerk_of | keeps_its_station | heard_it | is_of_its_county)
# The office that hands to the county's departments has nobody above it to report to.
rules.add_perm("opinions.escalate", (is_clerk_of | keeps_its_station | was_addressed) & ~is_of_its_county)
rules.add_perm("opinions.answer", serves_its_organ | keeps_its_station | is_clerk_of | is_of_its_county)
rules.add_perm("opinions.raise", is_clerk_of | heard_it | is_of_his_township)
# It follows from the end of the suggestion, whoever ended that.
rules.add_perm("opinions.reopen", is_robot)
# A resident has no account: the system acts for whoever holds the query code.
rules.add_perm("opinions.rate", is_robot)
rules.add_perm("opinions.lapse", is_robot)
rules.add_perm("opinions.succeed", is_clerk_of | is_of_its_county | is_of_his_township)
rules.add_perm("opinions.route_to_county", is_of_its_county)
rules.add_perm("opinions.propose", is_clerk_of)
rules.add_perm("opinions.view_proposal", watches | is_of_its_township | leads_its_group)
rules.add_perm("opinions.settle_proposal", is_clerk_of | leads_its_group)
rules.add_perm("opinions.withdraw_proposal", is_of_its_township)
