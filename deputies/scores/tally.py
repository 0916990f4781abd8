"""What the verified records of a period add up to, a mandate or a group and an item at a time, in SQL (计数)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.db.models import Case, CharField, Count, F, Prefetch, Q, Sum, Value, When
from django.db.models.functions import Cast, Concat

from congress.procedure.models import Entry
from deputies.activities.kinds import DUTY_OF
from deputies.duties.days import dates_of
from deputies.duties.kinds import SELF_ENTERED
from deputies.duties.models import DutyRecord
from deputies.roll.models import Deputy, DeputyGroup, Mandate
from deputies.scores import engine
from deputies.scores.models import DeputyKind, Item, Scheme

_CALLED = set(DUTY_OF.values())
# What a deputy was called to: the denominator beside his points. What he may put down himself counts from an event.
CALLED = Q(kind__in=_CALLED - set(SELF_ENTERED)) | Q(kind__in=_CALLED & set(SELF_ENTERED), source_id__isnull=False)
_EVENT = Case(
    When(source_id__isnull=False, then=Concat("source_kind", Value(":"), Cast("source_id", CharField()))),
    default=Concat(Value("#"), Cast("pk", CharField())),
    output_field=CharField(),
)


@dataclass
class Scored:
    """One deputy or group with what it was measured by and what came out."""

    subject: object
    kind: str
    days: int
    called: int
    came: int
    score: object
    band: str
    rank: int = 0

    @property
    def points(self):
        return self.score.total

    @property
    def rate(self):
        """How much of what he was called to he came to, in per cent; None where he was called to nothing."""
        return self.came * 100 / self.called if self.called else None


def matching(item):
    """The records that an item counts, apart from the period."""
    where = Q(kind__in=item.kinds, outcome=item.outcome)
    if item.words:
        where &= Q(title__contains=item.words)
    if item.min_quantity is not None:
        where &= Q(quantity__gte=item.min_quantity)
    if item.below_quantity is not None:
        where &= Q(quantity__lt=item.below_quantity)
    if item.level:
        where &= Q(level__in=Item.LEVELS[Item.LEVELS.index(item.level) :])
    return where


def _aggregate(item):
    where = matching(item)
    C = Item.Counts
    return {
        C.QUANTITY: lambda: Sum("quantity", filter=where),
        C.RECORDS: lambda: Count("pk", filter=where),
        C.EVENTS: lambda: Count("event", filter=where, distinct=True),
        C.MEMBERS: lambda: Count("mandate", filter=where, distinct=True),
    }[item.counts]()


def _days_in(rows, key):
    """The dates that records filled, by subject: a session by its half days, a course by its hours; one statement."""
    dates = defaultdict(set)
    for subject_id, *duty in rows.order_by().values_list(key, "kind", "held_on", "quantity", "hours"):
        dates[subject_id].update(dates_of(*duty))
    return dates


def suspensions(congress):
    """{mandate id: [(first, last or None)]} as the journal of the roll has it: one statement."""
    steps = Entry.objects.filter(
        kind=Mandate._meta.label_lower, congress=congress, verb__in=("mandate.suspend", "mandate.resume", "mandate.end")
    ).order_by("case_id", "seq")
    spans = defaultdict(list)
    for case_id, verb, on in steps.values_list("case_id", "verb", "on"):
        mine = spans[case_id]
        if verb == "mandate.suspend":
            mine.append((on, None))
        elif mine and mine[-1][1] is None:
            mine[-1] = (mine[-1][0], on - timedelta(days=1))
    return {case_id: mine for case_id, mine in spans.items() if mine}


def days_of(mandate, window, spans):
    """On how many days of the period he could act: within his term of office, less the days of suspension."""
    first = max(mandate.started_on, window.first)
    last = min(mandate.ended_on or window.last, window.last)
    days = max((last - first).days + 1, 0)
    for begun, ended in spans.get(mandate.pk, ()):
        out_of = max(begun, first)
        until = min(ended or last, last)
        days -= max((until - out_of).days + 1, 0)
    return days


def records_of(congress, window, spans):
    """The verified records that may count in a period: within the mandate, not while it was suspended."""
    rows = (
        DutyRecord.objects.filter(congress=congress)
        .verified()
        .between(window.first, window.last)
        .filter(
            Q(mandate__ended_on__isnull=True) | Q(held_on__lte=F("mandate__ended_on")),
            held_on__gte=F("mandate__started_on"),
        )
    )
    for mandate, mine in spans.items():
        for begun, ended in mine:
            out = Q(held_on__gte=begun) if ended is None else Q(held_on__range=(begun, ended))
            rows = rows.exclude(out, mandate=mandate)
    return rows


def serving(congress, window):
    """The mandates that were in force on some day of the period."""
    rows = Mandate.objects.filter(congress=congress, started_on__lte=window.last)
    return rows.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=window.first))


def kind_of(mandate):
    row = getattr(mandate, "kind_row", None)
    return row.kind if row else DeputyKind.ORDINARY


class Tally:
    """One version of the rules laid on one period: a fixed number of statements, however many deputies there are.

    `on` is the day on which it is looked at; without one the period is reckoned as over.
    """

    def __init__(self, version, window, *, on=None, items=None):
        self.version, self.window = version, window
        self.is_over = on is None or window.is_over(on=on)
        self.congress = version.scheme.congress
        self.items = list(version.items.all()) if items is None else list(items)
        self.counting = [item for item in self.items if not item.is_off]
        self.spans = suspensions(self.congress)

    @property
    def is_of_groups(self):
        return self.version.scheme.subject == Scheme.Subject.GROUP

    def records(self):
        return records_of(self.congress, self.window, self.spans)

    def scored(self, *, only=None):
        """Everybody with his score, unranked; or the one subject whose id is given."""
        counts = self._counts(only)
        members = serving(self.congress, self.window)
        if self.is_of_groups:
            return self._groups(counts, members, only)
        members = members.select_related("deputy", "delegation", "kind_row").defer(*Deputy.personal())
        if only is not None:
            members = members.filter(pk=only)
        rows = members.prefetch_related("groups").order_by("deputy__strokes", "pk")
        return [self._deputy(mandate, counts.get(mandate.pk, {})) for mandate in rows]

    def _counts(self, only):
        key = "mandate__groups" if self.is_of_groups else "mandate"
        rows = self.records()
        rows = rows.filter(**{key: only}) if only is not None else rows.filter(**{f"{key}__isnull": False})
        sums = {f"i{place}": _aggregate(item) for place, item in self._places() if item.counts != Item.Counts.DAYS}
        if any(item.counts == Item.Counts.EVENTS for item in self.counting):
            rows = rows.annotate(event=_EVENT)
        called = {
            "called": Count("pk", filter=CALLED),
            "came": Count("pk", filter=CALLED & Q(outcome=DutyRecord.Outcome.DONE)),
        }
        found = {row[key]: row for row in rows.order_by().values(key).annotate(**sums, **called)}
        for place, item in self._places():
            if item.counts == Item.Counts.DAYS:
                for subject_id, dates in _days_in(rows.filter(matching(item)), key).items():
                    found[subject_id][f"i{place}"] = len(dates)
        return found

    def _places(self):
        """The items that count records, each with its place."""
        return [(place, item) for place, item in enumerate(self.counting) if item.kinds]

    def _deputy(self, mandate, row):
        kind, days = kind_of(mandate), days_of(mandate, self.window, self.spans)
        norms = {}
        for item in self.counting:
            norm = item.norm_for(kind)
            if self.version.prorates:
                norm = engine.demanded(norm, days=days, of_days=self.window.days)
            norms[item.code] = norm
        return self._scored(mandate, kind, days, row, norms)

    def _groups(self, counts, members, only):
        groups = DeputyGroup.objects.filter(congress=self.congress)
        if only is not None:
            groups = groups.filter(pk=only)
        people = Prefetch("members", members.only("pk", "started_on", "ended_on"))
        found = []
        for group in groups.prefetch_related(people):
            days = [days_of(each, self.window, self.spans) for each in group.members.all()]
            size = sum(1 for each in days if each)
            norms = {item.code: self._group_norm(item, size) for item in self.counting}
            found.append(self._scored(group, "", sum(days), counts.get(group.pk, {}), norms))
        return found

    @staticmethod
    def _group_norm(item, size):
        return item.norm * size if item.norm is not None and item.norm_per_member else item.norm

    def _scored(self, subject, kind, days, row, norms):
        counts = {
            item.code: Decimal(row.get(f"i{place}") or 0).quantize(Decimal("0.1"))
            for place, item in enumerate(self.counting)
        }
        score = engine.score(
            self.counting,
            counts,
            norms=norms,
            base=self.version.base,
            cap=self.version.cap,
            is_over=self.is_over,
        )
        band = engine.band_of(self.version.bands, score.total)
        return Scored(subject, kind, days, row.get("called", 0), row.get("came", 0), score, band)

    def calls_of(self, mandate_id):
        """What one deputy was called to, as `called` counts it: the records themselves."""
        return list(self.records().filter(CALLED, mandate=mandate_id).order_by("held_on", "pk"))

    def sources(self, *, only=None):
        """{subject id: {item code: [records]}}: which records each item counts; one statement.

        With `only`, the records themselves; for everybody, their numbers.
        """
        key = "mandate__groups" if self.is_of_groups else "mandate"
        rows = self.records()
        rows = rows.filter(**{key: only}) if only is not None else rows.filter(**{f"{key}__isnull": False})
        marks = {
            f"m{place}": Case(When(matching(item), then=Value(1)), default=Value(0)) for place, item in self._places()
        }
        rows = rows.annotate(subject_id=F(key), **marks).order_by("held_on", "pk")
        if only is None:
            rows = rows.only("pk")
        found = defaultdict(lambda: defaultdict(list))
        for row in rows:
            for place, item in self._places():
                if getattr(row, f"m{place}"):
                    found[row.subject_id][item.code].append(row.pk if only is None else row)
        return found
