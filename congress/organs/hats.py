"""What a user is today: his memberships, read once per request (身份)."""

from dataclasses import dataclass, field
from functools import lru_cache

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from congress.kit.aggregates import Listed
from congress.kit.remembered import forgettable
from congress.kit.statements import Statement
from congress.organs.models import Congress, Membership
from congress.organs.roles import Role

_CLERKS = {Role.NPC_CLERK, Role.TOWNSHIP_CLERK}


@dataclass(frozen=True)
class Place:
    """One membership, by ids: which part somebody plays, where, and in which congress that lies."""

    role: str
    organ: int
    congress: int


@dataclass(frozen=True)
class Home:
    """The congress of somebody's first membership, in whose name his pages speak, in plain words."""

    name: str = ""
    short_name: str = ""
    office_name: str = ""
    office_phone: str = ""

    def __bool__(self):
        return bool(self.name)

    def __str__(self):
        return self.short_name or self.name


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
    places: tuple = field(default=(), compare=False)
    home: Home | None = field(default=None, compare=False)
    is_asked_for_second_factor: bool = field(default=False, compare=False)

    @property
    def oversees(self):
        """The congresses in which he reads everything himself: `watches` without the townships below them."""
        return self.clerk_of | self.leads

    @property
    def departments(self):
        """Departments for which he handles, as officer, head or distributor."""
        return self.officer_of | self.head_of | self.distributes

    @property
    def only_sits(self):
        """He is a deputy and nothing else that works here: a telephone and five entries are all he needs."""
        works = self.clerk_of or self.leads or self.committees or self.departments or self.stations
        return bool(self.deputy_in) and not (works or self.audits or self.administers)

    @property
    def congresses(self):
        """Every congress in which he has any place."""
        return frozenset(place.congress for place in self.places)


def hats_of(user):
    """The hats of a user, kept on the user for the rest of the request."""
    try:
        return user._hats  # every page asks twenty times
    except AttributeError:
        if not getattr(user, "is_authenticated", False):
            return Hats()
        user._told = _memberships.ask(user=user.pk, on=timezone.localdate())
        user._hats = _worn(user._told)
        return user._hats


def home_congress_of(user):
    """The congress of his first membership itself, where its name does not do."""
    return Congress.objects.get(pk=hats_of(user).places[0].congress)


def memberships_of(user):
    """The memberships with their organs, for who needs more of them than ids."""
    return user._told.rows() if hats_of(user).places else []


def _of_congress():
    """What every page says of the congress in which a membership lies; no more, for it is asked each time."""
    told = ("name", "short_name", "office_name", "office_phone", "second_factor_roles")
    return [f"organ__{where}__{name}" for where in ("congress", "as_congress") for name in told]


@Statement
def _memberships(user, on):
    below_it = Congress.objects.filter(parent=OuterRef("organ")).order_by().values("parent")
    return (
        Membership.objects.filter(user=user)
        .in_force(on=on)
        .select_related("organ__congress", "organ__as_congress")
        .only("user", "role", "title", "organ__name", "organ__short_name", "organ__congress", *_of_congress())
        .annotate(townships=Subquery(below_it.values(ids=Listed("pk"))))  # in the same statement
        .order_by("id")
    )


@forgettable
@lru_cache(maxsize=1024)
def _worn(told):
    """What follows from these memberships: of most people the same from page to page, so it is worked out once."""
    memberships = told.rows()

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
        places=tuple(Place(m.role, m.organ_id, m.organ.congress_id or m.organ_id) for m in memberships),
        home=_home(memberships),
        is_asked_for_second_factor=any(_asks_for_second_factor(each) for each in memberships),
    )


def _home(memberships):
    congress = _congress_of(memberships[0]) if memberships else None
    return congress and Home(congress.name, congress.short_name, congress.office_name, congress.office_phone)


def _asks_for_second_factor(membership):
    congress = _congress_of(membership)
    return bool(congress) and membership.role in congress.second_factor_roles


def _congress_of(membership):
    """The congress in which a membership lies; None for an organ that belongs to none."""
    return membership.organ.congress or getattr(membership.organ, "as_congress", None)
