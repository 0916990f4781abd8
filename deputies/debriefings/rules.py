"""Who arranges debriefings, who hands in a report, who reads what the voters gave (述职的权限)."""

import rules

from congress.organs.hats import hats_of
from congress.organs.rules import is_clerk_of, watches
from deputies.roll.seats import active_seats_of, seats_of


@rules.predicate
def reports_there(user, debriefing):
    return debriefing is not None and debriefing.statements.filter(mandate__in=seats_of(user)).exists()


@rules.predicate
def follows_their_congress(user, debriefing):
    watched = hats_of(user).watches
    return bool(watched and debriefing) and debriefing.statements.filter(mandate__congress__in=watched).exists()


@rules.predicate
def is_clerk_of_their_township(user, debriefing):
    townships = hats_of(user).clerk_of
    if debriefing is None or not townships:
        return False
    return debriefing.statements.filter(mandate__delegation__township__in=townships).exists()


@rules.predicate
def is_his_report(user, statement):
    return statement is not None and statement.mandate_id in active_seats_of(user)


follows_it = watches | follows_their_congress | is_clerk_of_their_township

rules.add_perm("debriefings.view_debriefing", follows_it | reports_there)
rules.add_perm("debriefings.keep", is_clerk_of)
rules.add_perm("debriefings.hand_in", is_his_report | is_clerk_of)
