"""Whom an office may list, and to whom it may still issue an account; queries only (人员)."""

from django.db.models import Count, Exists, OuterRef, Prefetch, Q
from django.utils.translation import gettext as _

from congress.accounts.models import User
from congress.dashboards.office.actions import Person
from congress.organs.models import Department, Membership, Organ
from congress.organs.roles import Role
from deputies.roll.models import Mandate


def organs_of(congress):
    """The congress itself and everything that belongs to it."""
    return Organ.objects.filter(Q(pk=congress.pk) | Q(congress=congress))


def places_in(congress):
    return Membership.objects.filter(organ__in=organs_of(congress))


def accounts_of(congress, *, on):
    """Accounts that hold or held a place in the congress, with their places of today."""
    held = places_in(congress).filter(user=OuterRef("pk"))
    today = Prefetch(
        "memberships",
        places_in(congress).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on)).select_related("organ").order_by("id"),
        to_attr="places",
    )
    return User.objects.filter(Exists(held), is_robot=False).prefetch_related(today).order_by("name", "id")


def deputies_without_account(congress):
    """Sitting deputies who cannot sign in yet, in the order of the roll."""
    seats = (
        Mandate.objects.active()
        .filter(congress=congress, deputy__user__isnull=True)
        .select_related("deputy", "delegation")
        .order_by("delegation__position", "deputy__strokes", "deputy_id", "-term__number")
    )
    one_each = {seat.deputy_id: seat for seat in reversed(seats)}
    return [
        Person(
            name=seat.deputy.name,
            place=str(seat.delegation or congress.name),
            organ=congress,
            role=Role.DEPUTY,
            phone=seat.deputy.phone,
            linked=seat.deputy,
        )
        for seat in reversed(one_each.values())
    ]


def departments_without_account(congress, *, on):
    """Departments in which nobody handles or distributes yet; each gets the account of one officer."""
    roles = [Role.CASE_OFFICER, Role.GOVERNMENT_OFFICE]
    manned = Membership.objects.filter(organ=OuterRef("pk"), role__in=roles).in_force(on=on)
    empty = Department.objects.filter(~Exists(manned), congress=congress).standing(on=on)
    return [
        Person(
            name=_("%(organ)s承办人") % {"organ": department},
            place=department.name,
            organ=department,
            role=Role.GOVERNMENT_OFFICE if department.type == Department.Type.GOVERNMENT_OFFICE else Role.CASE_OFFICER,
        )
        for department in empty
    ]


def chosen(congress, ids, *, on):
    """Accounts picked in the list, to be given a fresh code."""
    return [
        Person(
            name=user.name,
            place="、".join(str(place.organ) for place in user.places) or congress.name,
            organ=congress,
            role="",
            user=user,
        )
        for user in accounts_of(congress, on=on).filter(pk__in=ids)
    ]


def manning(congress, *, on):
    """How many people serve in each organ today: {organ id: count}."""
    rows = places_in(congress).in_force(on=on).values_list("organ").annotate(people=Count("user", distinct=True))
    return dict(rows)
