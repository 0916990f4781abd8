"""The one engine that fills target cards: it counts duty records and group activities, nobody types (目标卡计数).

cards(template, holders, year=2026) → {holder id: Card}, in at most two statements whatever the number of holders
sources(template, holder, year=2026) → {target id: rows}, what stands behind each number of one card
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q, Sum
from django.db.models.functions import ExtractQuarter

from deputies.activities.models import Activity
from deputies.duties.models import DutyRecord
from deputies.pledges.contacting import without_secrets
from deputies.pledges.models import CardTemplate, Target

M = Target.Measure
HELD = (Activity.State.HELD, Activity.State.CLOSED)


@dataclass(frozen=True)
class Counter:
    """One target and how far it is."""

    target: Target
    count: int
    goal: int

    @property
    def is_met(self):
        return self.count >= self.goal

    @property
    def percent(self):
        """Whole per cent, rounded down: a card is not at 100 before it is."""
        return min(self.count * 100 // self.goal, 100) if self.goal else 100


@dataclass(frozen=True)
class Card:
    """A card as a deputy or a group has filled it."""

    template: CardTemplate
    counters: tuple

    @property
    def met(self):
        return sum(counter.is_met for counter in self.counters)

    @property
    def is_complete(self):
        return bool(self.counters) and self.met == len(self.counters)

    @property
    def percent(self):
        return sum(each.percent for each in self.counters) // len(self.counters) if self.counters else 0


def cards(template, holders, *, year):
    """The cards of these mandates, or of these groups, in that year."""
    targets, ids = list(template.targets.all()), [getattr(each, "pk", each) for each in holders]
    counts = defaultdict(lambda: (0, 0))
    of_records = [each for each in targets if each.measure not in Target.OF_ACTIVITIES]
    of_activities = [each for each in targets if each.measure in Target.OF_ACTIVITIES]
    if of_records:
        owner = "mandate__groups" if template.audience == CardTemplate.Audience.GROUP else "mandate"
        counts.update(_of_records(of_records, owner, ids, year))
    if of_activities:
        counts.update(_of_activities(of_activities, ids, year))
    return {
        holder: Card(template, tuple(_counter(each, *counts[holder, each.pk]) for each in targets)) for holder in ids
    }


def _counter(target, count, held):
    goal = max(target.goal, held) if target.measure == M.THEMED else target.goal
    return Counter(target, count, goal)


def counted(target):
    """Which duty records a target counts."""
    which = Q(kind__in=target.kinds)
    if target.word:
        which &= Q(title__icontains=target.word) | Q(text__icontains=target.word)
    if target.needs_office:
        which &= Q(level=DutyRecord.Level.OFFICE)
    return which


def _of_records(targets, owner, ids, year):
    """Settled and performed records of the year, every target one aggregate of the same statement."""
    sums = {f"t{each.pk}": _aggregate(each) for each in targets}
    records = DutyRecord.objects.verified().performed().filter(**{f"{owner}__in": ids}, held_on__year=year)
    for row in records.order_by().values(owner).annotate(**sums):
        for target in targets:
            yield (row[owner], target.pk), (int(row[f"t{target.pk}"] or 0), 0)


def _aggregate(target):
    which = counted(target)
    if target.measure == M.QUANTITY:
        return Sum("quantity", filter=which)
    if target.measure == M.TITLES:
        return Count("title", distinct=True, filter=which)
    return Count("pk", distinct=True, filter=which)


def _of_activities(targets, ids, year):
    sums = {f"t{each.pk}": _aggregate_of_activities(each) for each in targets}
    held = Activity.objects.filter(groups__in=ids, state__in=HELD, starts_at__year=year)
    for row in held.order_by().values("groups").annotate(held=Count("pk", distinct=True), **sums):
        for target in targets:
            yield (row["groups"], target.pk), (row[f"t{target.pk}"], row["held"])


def _aggregate_of_activities(target):
    which = Q(kind__in=target.kinds) if target.kinds else Q()
    if target.measure == M.QUARTERS:
        return Count(ExtractQuarter("starts_at"), distinct=True, filter=which)
    if target.measure == M.THEMED:
        return Count("pk", distinct=True, filter=which & ~Q(theme=""))
    return Count("pk", distinct=True, filter=which)


def sources(template, holder, *, year):
    """What each target of one card counted: records of duty, or activities of the group; a statement a target."""
    of_group = template.audience == CardTemplate.Audience.GROUP
    records = DutyRecord.objects.verified().performed().filter(held_on__year=year)
    records = records.filter(mandate__groups=holder) if of_group else records.filter(mandate=holder)
    held = Activity.objects.filter(groups=holder, state__in=HELD, starts_at__year=year) if of_group else None
    return {each.pk: list(_source_of(each, records, held)) for each in template.targets.all()}


def _source_of(target, records, held):
    if target.measure not in Target.OF_ACTIVITIES:
        return without_secrets(records.filter(counted(target)), "mandate__deputy").order_by("held_on", "pk")
    which = Q(kind__in=target.kinds) if target.kinds else Q()
    return held.filter(which).order_by("starts_at", "pk")
