"""Who is reminded of which date today: sets in the database, one row per clock, version, stage and reader (提醒)."""

from collections import defaultdict
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Case, CharField, DateField, Exists, ExpressionWrapper, F, OuterRef, Q, Value, When

from congress.deadlines.models import ESCALATION, Clock, Reminder
from congress.organs.models import Congress
from congress.organs.roles import Role
from congress.rulebook.book import Book
from congress.rulebook.codes import UnknownRule

_DESKS = (
    Role.CASE_OFFICER, Role.GOVERNMENT_OFFICE, Role.NPC_CLERK, Role.TOWNSHIP_CLERK, Role.COMMITTEE_CLERK,
)  # fmt: skip
_HEADS = (Role.DEPARTMENT_HEAD, Role.LEADER)
_OFFICE = (Role.NPC_CLERK, Role.TOWNSHIP_CLERK)
_BATCH, _PART = 500, 1000
_CONGRESSES = 4  # read together, so that what waits in memory stays small

_debtors = {}


def debtors(subject_kind):
    """Register who owes a date that no organ holds: `function(subject ids) → {subject id: user ids}`.

    A deputy's date is such a one. A higher room registers it in its `notices.py`.
    """

    def register(function):
        _debtors[subject_kind] = function
        return function

    return register


def remind(*, on):
    """Write down who is to be reminded on that day; what stands already is left alone. Returns how many are new.

    Only the stage that a clock is in today counts, so days without a run are made good by one reminder each.
    """
    same = defaultdict(list)
    for congress, rules in _rules_at_work().items():
        for stages, periods in _by_stages(congress, rules, on=on).items():
            same[stages, periods].append(congress.pk)
    new = 0
    for (stages, periods), congresses in same.items():
        for start in range(0, len(congresses), _CONGRESSES):
            here = Clock.objects.running().filter(congress__in=congresses[start : start + _CONGRESSES])
            for part in _parts(here.filter(rule__in=periods), stages, on=on):
                with transaction.atomic():
                    new += _remind_holders(part, stages, on=on)
                    new += _escalate(part, stages, on=on)
    return new


def _rules_at_work():
    """{congress: the rules of its running clocks}."""
    periods = defaultdict(list)
    for congress, rule in Clock.objects.running().order_by().values_list("congress_id", "rule").distinct():
        periods[congress].append(rule)
    congresses = Congress.objects.in_bulk(sorted(periods))
    return {congresses[pk]: sorted(rules) for pk, rules in sorted(periods.items())}


def _by_stages(congress, periods, *, on):
    """{stages: the periods that are spoken of at them}, as the rulebook of this congress has it that day."""
    rules = Book.of(congress).on(on)
    found = defaultdict(tuple)
    for period in periods:
        try:
            found[rules.reminders(period)] += (period,)
        except UnknownRule:  # a profile that reminds of nothing
            continue
    return found


def _parts(clocks, stages, *, on):
    """The clocks to be spoken of that day for the first time, so few at once that nobody waits long for their rows."""
    near = clocks.filter(due_on__lte=on + timedelta(days=max(stages.before, default=0)))
    said = Reminder.objects.filter(clock=OuterRef("pk"), clock_version=OuterRef("version"))
    staged = near.annotate(stage=_stage_on(stages, on))
    is_new = Q(stage__isnull=False) & ~Exists(said.filter(stage=OuterRef("stage")))
    goes_up = Q(due_on__lte=on - timedelta(days=stages.escalate_after)) & ~Exists(said.filter(stage=ESCALATION))
    pks = list(staged.filter(is_new | goes_up).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(pks), _PART):
        yield clocks.filter(pk__in=pks[start : start + _PART])


def _remind_holders(clocks, stages, *, on):
    staged = clocks.annotate(stage=_stage_on(stages, on)).filter(stage__isnull=False)
    new = _insert(_to_members(staged, "holder", _DESKS, on=on), on=on)
    nobody_at_the_desk = ~Q(pk__in=_with_members(staged, "holder", _DESKS, on=on).values("pk"))
    new += _insert(_to_members(staged.filter(nobody_at_the_desk), "holder", _HEADS, on=on), on=on)
    return new + _remind_debtors(staged, on=on)


def _escalate(clocks, stages, *, on):
    """Up to the head of the unit and to the office of the congress; the office's own dates go up to its leaders."""
    late = clocks.filter(due_on__lte=on - timedelta(days=stages.escalate_after))
    late = late.annotate(stage=Value(ESCALATION, output_field=CharField()))
    new = _insert(_to_members(late, "holder", _HEADS, on=on), on=on)
    not_its_own = ~Q(holder=F("congress_id")) | Q(holder__isnull=True)
    return new + _insert(_to_members(late.filter(not_its_own), "congress", _OFFICE, on=on), on=on)


def _stage_on(stages, day):
    """The stage of a clock on a day as an expression: the nearest one reached; null before the first.

    Nobody is reminded by a stage that lies before the period began.
    """
    whens, floor = [], 0
    for before in sorted(stages.before):
        began = ExpressionWrapper(F("started_on") + timedelta(days=before), output_field=DateField())
        reached = Q(due_on__gte=day + timedelta(days=floor), due_on__lte=day + timedelta(days=before))
        whens.append(When(reached & Q(due_on__gt=began), then=Value(f"before:{before}")))
        floor = before + 1
    for after in sorted(stages.after, reverse=True):
        whens.append(When(due_on__lte=day - timedelta(days=after), then=Value(f"after:{after}")))
    if not whens:
        return Value(None, output_field=CharField(null=True))
    return Case(*whens, default=Value(None), output_field=CharField(null=True))


def _with_members(clocks, organ, roles, *, on):
    membership = f"{organ}__memberships__"
    return clocks.filter(
        Q(**{f"{membership}ends_on__isnull": True}) | Q(**{f"{membership}ends_on__gte": on}),
        **{
            f"{membership}role__in": roles,
            f"{membership}starts_on__lte": on,
            f"{membership}user__is_active": True,
        },
    )


def _to_members(clocks, organ, roles, *, on):
    serving = _with_members(clocks, organ, roles, on=on).order_by()
    return serving.values_list("pk", "version", "stage", f"{organ}__memberships__user_id", Value(on))


def _insert(rows, *, on):
    """INSERT … SELECT … ON CONFLICT DO NOTHING, which the ORM has no words for; returns how many were new."""
    names = ("clock_id", "clock_version", "stage", "recipient_id", "on")
    quote = connection.ops.quote_name
    select, params = rows.query.sql_with_params()
    columns = ", ".join(quote(name) for name in names)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {quote(Reminder._meta.db_table)} ({columns}) {select} ON CONFLICT DO NOTHING", params
        )
        return max(cursor.rowcount, 0)


def _remind_debtors(staged, *, on):
    new = 0
    for kind, function in _debtors.items():
        rows = staged.filter(holder__isnull=True, subject_kind=kind).order_by("pk")
        waiting = list(rows.values_list("pk", "version", "stage", "subject_id"))
        for start in range(0, len(waiting), _BATCH):
            new += _write(waiting[start : start + _BATCH], function, on=on)
    return new


def _write(batch, function, *, on):
    owing = function([subject for *_clock, subject in batch])
    wanted = {
        (clock, version, stage, reader) for clock, version, stage, subject in batch for reader in owing.get(subject, ())
    }
    standing = Reminder.objects.filter(clock__in=[row[0] for row in wanted])
    missing = sorted(wanted - set(standing.values_list("clock_id", "clock_version", "stage", "recipient_id")))
    Reminder.objects.bulk_create(
        [Reminder(clock_id=c, clock_version=v, stage=s, recipient_id=r, on=on) for c, v, s, r in missing],
        ignore_conflicts=True,
    )
    return len(missing)
