"""The people of an audience, each once (参加人员)."""

from dataclasses import dataclass

from django.db.models import Q

from congress.organs.models import Membership
from congress.organs.roles import Role

_STAFF = (Role.NPC_CLERK, Role.TOWNSHIP_CLERK, Role.LEADER, Role.COMMITTEE_CLERK)


@dataclass(frozen=True)
class Person:
    """One reader: a deputy by his seat, or somebody of the staff by his account."""

    mandate_id: int | None
    user_id: int | None


def seats_reached(subject):
    """[(mandate, account)] of the deputies of an audience, each person once, his seat in its own congress first."""
    seen, seats = set(), []
    for mandate, deputy, account in subject.seats().values_list("pk", "deputy", "deputy__user"):
        if deputy not in seen:
            seen.add(deputy)
            seats.append((mandate, account))
    return seats


def staff_reached(subject, *, on):
    """The accounts of the staff and the keepers of stations that an audience names."""
    places = places_reached(subject, on=on)
    return list(dict.fromkeys(places.order_by("user").values_list("user", flat=True)))


def places_reached(subject, *, on):
    """The places that they hold: one who serves in two of them has two."""
    wanted = Q(pk__in=[])
    if subject.to_staff:
        here = Q(organ=subject.congress_id) | Q(organ__congress=subject.congress_id)
        wanted |= Q(role__in=_STAFF) & here
    if subject.to_keepers:
        wanted |= Q(role=Role.STATION_KEEPER, organ__congress=subject.congress_id)
    return Membership.objects.in_force(on=on).filter(wanted, user__is_robot=False)


def people_of(subject, *, on):
    """Everybody of an audience, nobody twice: who sits and serves is reached as a deputy."""
    people = [Person(mandate, account) for mandate, account in seats_reached(subject)]
    known = {each.user_id for each in people}
    return people + [Person(None, account) for account in staff_reached(subject, on=on) if account not in known]
