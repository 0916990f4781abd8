"""Who may read and who may change the rulebook (规则权限)."""

import rules

from congress.organs.hats import hats_of
from congress.organs.models import Congress
from congress.organs.roles import Role
from congress.organs.rules import congress_id, keeps


@rules.predicate
def serves_in(user, congress):
    """Has any place in the congress, or keeps it from the county above."""
    hats = hats_of(user)
    return congress_id(congress) in hats.congresses | hats.keeps | hats.watches


@rules.predicate
def keeps_the_calendar(user):
    """The calendar serves every congress of the installation: county clerks and the system administrator keep it."""
    hats = hats_of(user)
    return bool(hats.administers) or any(each.role == Role.NPC_CLERK for each in hats.places)


def readable_by(user):
    """The congresses whose rules a user reads; what `rulebook.read` asks of one congress."""
    hats = hats_of(user)
    return Congress.objects.filter(pk__in=hats.congresses | hats.keeps | hats.watches)


def kept_by(user):
    """The congresses whose rules a user decides; what `rulebook.keep` asks of one congress."""
    return Congress.objects.filter(pk__in=hats_of(user).keeps)


rules.add_perm("rulebook.read", serves_in)
rules.add_perm("rulebook.keep", keeps)
rules.add_perm("rulebook.keep_calendar", keeps_the_calendar)
