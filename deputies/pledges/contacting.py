"""Who contacts how many, who is contacted by nobody, what is overdue (双联系的覆盖情况)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, Max, OuterRef

from congress.organs.models import Membership
from congress.organs.roles import Role
from congress.rulebook.book import rules_for
from deputies.duties.kinds import SECTION_OF, SECTIONS, Kind
from deputies.duties.models import DutyRecord
from deputies.pledges.models import Tie
from deputies.roll.models import Deputy, Mandate


def without_secrets(rows, *people):
    """Leave what is encrypted of these persons unread; `people` are the ways from a row to its deputies."""
    return rows.select_related(*people).defer(*(name for person in people for name in Deputy.personal(person)))


@dataclass(frozen=True)
class Quota:
    """How many deputies one member contacts at least and at most."""

    least: int
    most: int
    is_leader: bool = False

    def judged(self, count):
        """(shortfall, surplus)."""
        return max(self.least - count, 0), max(count - self.most, 0)


class Quotas:
    """The quotas of a congress: one for its chair and vice chairs, one for the other members (T05, R03)."""

    def __init__(self, congress, *, on):
        rules = rules_for(congress, on=on)
        self._leader = Quota(rules.count("leader_contacts_least"), rules.count("leader_contacts_most"), is_leader=True)
        self._member = Quota(rules.count("member_contacts_least"), rules.count("member_contacts_most"))
        self.with_residents = rules.count("receptions")  # what a deputy himself owes his voters in a year
        self._leaders = leaders_of(congress, on=on)

    @property
    def leaders_differ(self):
        return (self._leader.least, self._leader.most) != (self._member.least, self._member.most)

    def of(self, member):
        return self._leader if member.pk in self._leaders else self._member


def leaders_of(congress, *, on):
    """The seats of the chair and the vice chairs, or of the presidium's: those whose account serves as a leader."""
    leading = Membership.objects.filter(organ=congress, role=Role.LEADER).in_force(on=on)
    seats = Mandate.objects.active().filter(congress=congress, deputy__user__in=leading.values("user"))
    return frozenset(seats.values_list("pk", flat=True))


def members(congress):
    """Those who contact: members of the standing committee, in a township of the presidium."""
    rows = Mandate.objects.active().filter(congress=congress, is_standing_member=True)
    return without_secrets(rows.select_related("delegation"), "deputy").order_by("deputy__strokes", "pk")


def contactable(congress):
    """Those who are to be contacted: every active deputy who is no member himself."""
    rows = Mandate.objects.active().filter(congress=congress, is_standing_member=False)
    rows = without_secrets(rows.select_related("delegation"), "deputy")
    return rows.order_by("delegation__position", "deputy__strokes", "pk")


def uncontacted(congress):
    """Deputies whom no member and no committee contacts."""
    of_him = Tie.objects.kept().filter(deputy=OuterRef("pk")).exclude(kind=Tie.Kind.MENTOR)
    return contactable(congress).filter(~Exists(of_him))


def unmentored(congress):
    """New deputies whom nobody helps along (以老带新)."""
    led = Tie.objects.kept().filter(deputy=OuterRef("pk"), kind=Tie.Kind.MENTOR)
    rows = Mandate.objects.active().filter(congress=congress, is_re_elected=False)
    rows = without_secrets(rows.filter(~Exists(led)).select_related("delegation"), "deputy")
    return rows.order_by("deputy__strokes", "pk")


@dataclass(frozen=True)
class Line:
    """One member with those he contacts."""

    member: Mandate
    quota: Quota
    ties: tuple
    overdue: int

    @property
    def count(self):
        return len(self.ties)

    @property
    def shortfall(self):
        return self.quota.judged(self.count)[0]

    @property
    def surplus(self):
        return self.quota.judged(self.count)[1]


@dataclass(frozen=True)
class Coverage:
    """The register of a congress: every member with his quota, and what the quotas add up to."""

    lines: tuple
    with_residents: int
    leaders_differ: bool

    @property
    def total(self):
        """Contacts that are assigned, as the quotas count them: a deputy of two members counts with each."""
        return sum(line.count for line in self.lines)

    @property
    def reached(self):
        """Deputies with a member who contacts them, each counted once."""
        return len({tie.deputy_id for line in self.lines for tie in line.ties})

    @property
    def least(self):
        return sum(line.quota.least for line in self.lines)

    @property
    def most(self):
        return sum(line.quota.most for line in self.lines)

    @property
    def short(self):
        return sum(bool(line.shortfall) for line in self.lines)

    @property
    def misses_leaders(self):
        """Whether leaders have a quota of their own, and nobody among the members is known to be one."""
        return self.leaders_differ and bool(self.lines) and not any(line.quota.is_leader for line in self.lines)


def coverage(congress, *, on):
    """Member by member, in a fixed number of statements."""
    quotas, kept = Quotas(congress, on=on), {}
    ties = Tie.objects.standing().filter(congress=congress, kind=Tie.Kind.MEMBER)
    ties = without_secrets(ties.select_related("deputy__delegation"), "deputy__deputy")
    for tie in ties.order_by("deputy__deputy__strokes", "pk"):
        kept.setdefault(tie.member_id, []).append(tie)
    lines = []
    for member in members(congress):
        mine = tuple(kept.get(member.pk, ()))
        late = sum(bool(tie.due_on and tie.due_on < on) for tie in mine)
        lines.append(Line(member, quotas.of(member), mine, late))
    return Coverage(tuple(lines), quotas.with_residents, quotas.leaders_differ)


def of_committees(congress):
    """Each committee with the number of deputies that it contacts."""
    rows = Tie.objects.standing().filter(congress=congress, kind=Tie.Kind.COMMITTEE).order_by()
    return dict(rows.values_list("committee").annotate(number=Count("pk")))


WITH_RESIDENTS = SECTION_OF[Kind.VISIT]  # the part of the archive in which contacts with residents stand
APART = (Kind.RECEPTION, Kind.VISIT, Kind.OPINION)  # its kinds that are counted each in a column


@dataclass(frozen=True)
class Reach:
    """What one deputy did among residents in a year, from his verified records."""

    seat: Mandate
    counts: dict
    last_on: date | None

    @property
    def total(self):
        return sum(self.counts.values())

    @property
    def apart(self):
        return [(kind, self.counts.get(kind, 0)) for kind in APART]

    @property
    def otherwise(self):
        return sum(number for kind, number in self.counts.items() if kind not in APART)


def reaching_residents(congress, *, year):
    """The register of deputies and residents (代表联系群众): every active deputy, the fewest contacts first."""
    seats = without_secrets(Mandate.objects.active().filter(congress=congress), "deputy").select_related("delegation")
    done = DutyRecord.objects.verified().performed().filter(congress=congress, held_on__year=year)
    done = done.filter(kind__in=SECTIONS[WITH_RESIDENTS - 1][1])
    counts, last = {}, {}
    for row in done.order_by().values("mandate", "kind").annotate(number=Count("pk"), last=Max("held_on")):
        counts.setdefault(row["mandate"], {})[row["kind"]] = row["number"]
        last[row["mandate"]] = max(row["last"], last.get(row["mandate"], row["last"]))
    ordered = seats.order_by("delegation__position", "deputy__strokes", "pk")
    return sorted(
        (Reach(seat, counts.get(seat.pk, {}), last.get(seat.pk)) for seat in ordered), key=lambda each: each.total
    )


def proposed(congress, *, on):
    """{member: deputies} that would give every deputy whom nobody contacts to a member who still has room.

    Who is short of his quota comes first, then who is of the same delegation, then the least laden: a proposal.
    """
    lines = {line.member: line for line in coverage(congress, on=on).lines}
    load, given = {member: line.count for member, line in lines.items()}, {member: [] for member in lines}
    for seat in uncontacted(congress):
        free = [member for member, line in lines.items() if load[member] < line.quota.most]
        if not free:
            break
        chosen = min(
            free,
            key=lambda member: (
                load[member] >= lines[member].quota.least,
                member.delegation_id != seat.delegation_id,
                load[member],
                member.pk,
            ),
        )
        load[chosen] += 1
        given[chosen].append(seat)
    return {member: seats for member, seats in given.items() if seats}
