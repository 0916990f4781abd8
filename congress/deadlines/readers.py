"""Who is told that a date comes near or has passed; found when it is told, not before (提醒对象)."""

from collections import defaultdict

from congress.accounts.models import User
from congress.organs.models import Membership
from congress.organs.roles import Role

_DESKS = (
    Role.CASE_OFFICER, Role.GOVERNMENT_OFFICE, Role.NPC_CLERK, Role.TOWNSHIP_CLERK, Role.COMMITTEE_CLERK,
)  # fmt: skip
_HEADS = (Role.DEPARTMENT_HEAD, Role.LEADER)
_OFFICE = (Role.NPC_CLERK, Role.TOWNSHIP_CLERK)

_debtors = {}


def debtors(subject_kind):
    """Register who owes a date that no organ holds: `function(subject ids) → {subject id: user ids}`.

    A deputy's date is such a one. A higher room registers it in its `notices.py`.
    """

    def register(function):
        _debtors[subject_kind] = function
        return function

    return register


def readers_of(reminders, *, on):
    """{reminder id: the users it is for on that day}, in a fixed number of queries; `clock` has to be read with them.

    A date is told to those at the desk of the unit that holds it, where nobody sits there to its head; one that no unit
    holds to who owes it. An escalation goes to the head of the unit and to the office of the congress; from the office
    itself to its leaders alone.
    """
    clocks = [each.clock for each in reminders]
    serving = _serving({organ for clock in clocks for organ in (clock.holder_id, clock.congress_id) if organ}, on=on)
    owing = _owing([clock for clock in clocks if clock.holder_id is None])
    found = {}
    for each in reminders:
        clock = each.clock
        heads = serving(clock.holder_id, _HEADS)
        if each.is_escalation:
            is_its_own = clock.holder_id == clock.congress_id
            users = heads + ([] if is_its_own else serving(clock.congress_id, _OFFICE))
        elif clock.holder_id is None:
            users = owing[clock.subject_kind, clock.subject_id]
        else:
            users = serving(clock.holder_id, _DESKS) or heads
        found[each.pk] = list({user.pk: user for user in users}.values())
    return found


def _serving(organs, *, on):
    """A function (organ id, roles) → the users who serve there in one of them on that day."""
    members = Membership.objects.in_force(on=on).filter(organ__in=organs, role__in={*_DESKS, *_HEADS, *_OFFICE})
    users = defaultdict(list)
    for member in members.select_related("user").order_by("pk"):
        users[member.organ_id, member.role].append(member.user)
    return lambda organ, roles: [user for role in roles for user in users.get((organ, role), ())]


def _owing(clocks):
    """{(subject kind, subject id): the users who owe its date}."""
    subjects = defaultdict(set)
    for clock in clocks:
        subjects[clock.subject_kind].add(clock.subject_id)
    pks = {
        (kind, subject): users
        for kind, ids in subjects.items()
        if kind in _debtors
        for subject, users in _debtors[kind](sorted(ids)).items()
    }
    users = User.objects.filter(is_active=True).in_bulk({pk for each in pks.values() for pk in each})
    return defaultdict(list, {key: [users[pk] for pk in each if pk in users] for key, each in pks.items()})
