"""In whose name a user may hold an activity: congress, committee, station, group, department (组织者)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from congress.organs.hats import hats_of
from congress.organs.models import Congress, Organ
from deputies.activities.heading import organs_headed
from deputies.roll.models import DeputyGroup
from deputies.roll.seats import active_seats_of


@dataclass(frozen=True)
class Place:
    """One choice: whose deputies are called, which organ holds it, and the group of whoever leads one."""

    key: str
    label: str
    congress_id: int
    organ_id: int
    group_id: int | None = None
    asks_first: bool = False  # a department: the office must allow it
    is_headed: bool = False  # a station that he heads as a deputy

    @property
    def as_choice(self):
        return self.key, self.label


def places_of(user):
    """Every place in which this user may plan, the likeliest first."""
    hats = hats_of(user)
    organs = Organ.objects.filter(
        pk__in=hats.clerk_of | hats.committees | hats.stations | hats.departments
    ).select_related("congress")
    by_pk = {organ.pk: organ for organ in organs}
    parents = dict(Congress.objects.filter(pk__in=hats.clerk_of, level="township").values_list("pk", "parent"))
    found = []
    for pk in sorted(hats.clerk_of):
        found.append(Place(f"congress:{pk}", f"{by_pk[pk]}", pk, pk))
        if parents.get(pk):  # the county's deputies of a township act there together (代表团闭会期间活动)
            label = _("%s（所在的县人大代表）") % by_pk[pk]
            found.append(Place(f"delegation:{pk}", label, parents[pk], pk))
    held_by = [("committee", hats.committees, False), ("station", hats.stations, False)]
    for kind, pks, asks_first in [*held_by, ("department", hats.departments, True)]:
        for pk in sorted(pks):
            label = _("%s（报代表工作机构同意）") % by_pk[pk] if asks_first else f"{by_pk[pk]}"
            found.append(Place(f"{kind}:{pk}", label, by_pk[pk].congress_id, pk, asks_first=asks_first))
    return found + _headed_by(user) + _groups_led_by(user)


def _headed_by(user):
    """The stations that he heads as a deputy; those that he keeps as well stand among the others already."""
    organs = [each for headed in organs_headed(active_seats_of(user)) for each in Organ.objects.filter(pk__in=headed)]
    kept = hats_of(user).stations
    return [
        Place(f"{each.kind}:{each.pk}", f"{each}", each.congress_id, each.pk, is_headed=True)
        for each in organs
        if each.pk not in kept
    ]


def _groups_led_by(user):
    seats = active_seats_of(user)
    if not seats:
        return []
    groups = DeputyGroup.objects.filter(leader__in=seats)
    return [Place(f"group:{each.pk}", each.name, each.congress_id, each.congress_id, each.pk) for each in groups]


def place_of(activity, user):
    """The place in which an activity stands, for the form that changes it."""
    for place in places_of(user):
        if (place.congress_id, place.organ_id) == (activity.congress_id, activity.organ_id) and not place.group_id:
            return place
    for place in _groups_led_by(user):
        if place.congress_id == activity.congress_id and activity.groups.filter(pk=place.group_id).exists():
            return place
    return Place("kept", f"{activity.organ}", activity.congress_id, activity.organ_id)
