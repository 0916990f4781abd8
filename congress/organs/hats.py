"""What a user is today: his memberships, read once per request (身份)."""

from dataclasses import dataclass, field

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from congress.kit.aggregates import Listed
from congress.kit.statements import Statement
from congress.organs.models import Congress, Membership
from congress.organs.roles import Role

_CLERKS = {Role.NPC_CLERK, Role.TOWNSHIP_CLERK}


@dataclass(frozen=True)
class Hats:
    """The organs in which a user serves, by role; ids only, so that predicates and querysets ask the same thing."""

    clerk_of: frozenset = frozenset()  # congresses whose cases he registers, checks, assigns
    keeps: frozenset = frozenset()  # congresses whose organs and accounts he keeps: his own and the townships below
    leads: frozenset = frozenset()  # congresses whose figures he reads as a leader
    watches: frozenset = frozenset()  # congresses whose cases he may read: own and the townships below
    committees: frozenset = frozenset()
    distributes: frozenset = frozenset()  # departments (government offices) that distribute
    officer_of: frozenset = frozenset()  # departments as case officer
    head_of: frozenset = frozenset()  # departments as head
    deputy_in: frozenset = frozenset()  # congresses where he signs in as a deputy
    stations: frozenset = frozenset()
    audits: frozenset = frozenset()
    administers: frozenset = frozenset()
    memberships: tuple = field(default=(), compare=False)

    @property
    def departments(self):
        """Departments for which he handles, as officer, head or distributor."""
        return self.officer_of | self.head_of | self.distributes

    @property
    def congresses(self):
        """Every congress in which he has any place."""
        return frozenset(m.organ.congress_id or m.organ_id for m in self.memberships)


def hats_of(user):
    """The hats of a user, kept on the user for the rest of the request."""
    try:
        return user._hats  # every page asks twenty times
    except AttributeError:
        if not getattr(user, "is_authenticated", False):
            return Hats()
        user._hats = _read(user)
        return user._hats


@Statement
def _memberships(user, on):
    below_it = Congress.objects.filter(parent=OuterRef("organ")).order_by().values("parent")
    return (
        Membership.objects.filter(user=user)
        .in_force(on=on)
        .select_related("organ__congress", "organ__as_congress")
        .annotate(townships=Subquery(below_it.values(ids=Listed("pk"))))  # in the same statement
        .order_by("id")
    )


def _read(user):
    memberships = tuple(_memberships(user=user.pk, on=timezone.localdate()))

    def organs(*roles):
        return frozenset(m.organ_id for m in memberships if m.role in roles)

    clerk_of, leads = organs(*_CLERKS), organs(Role.LEADER)
    above = clerk_of | leads
    below = {
        int(township): row.organ_id
        for row in memberships
        if row.townships and row.organ_id in above
        for township in row.townships.split(",")
    }
    return Hats(
        clerk_of=clerk_of,
        keeps=clerk_of | {township for township, county in below.items() if county in clerk_of},
        leads=leads,
        watches=above | frozenset(below),
        committees=organs(Role.COMMITTEE_CLERK),
        distributes=organs(Role.GOVERNMENT_OFFICE),
        officer_of=organs(Role.CASE_OFFICER),
        head_of=organs(Role.DEPARTMENT_HEAD),
        deputy_in=organs(Role.DEPUTY),
        stations=organs(Role.STATION_KEEPER),
        audits=organs(Role.AUDITOR),
        administers=organs(Role.ADMINISTRATOR),
        memberships=memberships,
    )
