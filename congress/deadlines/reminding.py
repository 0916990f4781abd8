"""Which dates are spoken of today: sets in the database, one row per clock, version and stage (提醒)."""

from collections import defaultdict
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Case, CharField, DateField, ExpressionWrapper, F, Q, Value, When

from congress.deadlines.models import ESCALATION, Clock, Reminder
from congress.organs.models import Congress
from congress.rulebook.book import Book
from congress.rulebook.codes import UnknownRule

_PART = 5000  # clocks of one transaction: few enough that nobody waits for their rows


def remind(*, on):
    """Write down which dates are to be spoken of on that day, what stands already left alone; returns how many are new.

    Only the stage that a clock is in today counts, so days without a run are made good by one reminder each.
    """
    new = 0
    for congress, rules in _rules_at_work().items():
        for stages, periods in _by_stages(congress, rules, on=on).items():
            clocks = Clock.objects.running().filter(congress=congress, rule__in=periods)
            for part in _parts(clocks, stages, on=on):
                with transaction.atomic():
                    new += _insert(part.annotate(stage=_stage_on(stages, on)).filter(stage__isnull=False), on=on)
                    new += _insert(_late(part, stages, on=on), on=on)
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
    """The clocks that may be spoken of that day, a part at a time."""
    near = clocks.filter(due_on__lte=on + timedelta(days=max(stages.before, default=0)))
    pks = list(near.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(pks), _PART):
        part = pks[start : start + _PART]
        yield near.filter(pk__range=(part[0], part[-1]))


def _late(clocks, stages, *, on):
    """Those that go up to the head of the unit and to the office of the congress."""
    late = clocks.filter(due_on__lte=on - timedelta(days=stages.escalate_after))
    return late.annotate(stage=Value(ESCALATION, output_field=CharField()))


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


def _insert(staged, *, on):
    """INSERT … SELECT … ON CONFLICT DO NOTHING, which the ORM has no words for; returns how many were new."""
    names = ("clock_id", "clock_version", "stage", "on")
    quote = connection.ops.quote_name
    select, params = staged.order_by("pk").values_list("pk", "version", "stage", Value(on)).query.sql_with_params()
    columns = ", ".join(quote(name) for name in names)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {quote(Reminder._meta.db_table)} ({columns}) {select} ON CONFLICT DO NOTHING", params
        )
        return max(cursor.rowcount, 0)
