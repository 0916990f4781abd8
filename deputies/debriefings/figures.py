"""Rates and coverage of debriefings, in whole numbers: 167 of 238 pass 70 per cent, 166 do not (述职率、全覆盖)."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, Subquery

from congress.rulebook.book import Book
from deputies.debriefings.models import Debriefing, Statement
from deputies.debriefings.wordings import OVERALL
from deputies.roll.models import Deputy, Mandate


def hundredths(part, whole):
    """A share in hundredths of a per cent, rounded half up: 167 of 238 is 7017."""
    return (part * 20000 + whole) // (2 * whole) if whole else 0


def percent(part, whole):
    """The same as it is written: 70.17."""
    share = hundredths(part, whole)
    return f"{share // 100}.{share % 100:02}"


@dataclass(frozen=True)
class Rate:
    """How many of the deputies of one congress reported, and whether that is enough at its level."""

    congress: object
    count: int
    total: int
    threshold: int

    @property
    def passes(self):
        """Judged on the counts themselves; the written percentage is rounded and judges nothing."""
        return self.total > 0 and self.count * 100 >= self.threshold * self.total

    @property
    def percent(self):
        return percent(self.count, self.total)

    @property
    def lacks(self):
        """How many more must report."""
        return max(-(-self.threshold * self.total // 100) - self.count, 0)


def sitting(congresses, *, on):
    """The active deputies of the terms that run on a day."""
    rows = Mandate.objects.active().filter(congress__in=congresses, term__starts_on__lte=on)
    return rows.filter(Q(term__ends_on__isnull=True) | Q(term__ends_on__gt=on))


def rates(congresses, *, year, on):
    """The rate of each congress in a year, of each in the order given."""
    congresses = list(congresses)
    rows = sitting(congresses, on=on).annotate(reported=Exists(_reports().filter(debriefing__held_on__year=year)))
    rows = rows.order_by().values("congress")
    counts = {
        row["congress"]: (row["reported_ones"], row["total"])
        for row in rows.annotate(total=Count("pk"), reported_ones=Count("pk", filter=Q(reported=True)))
    }
    books = Book.of_many(congresses)
    return [
        Rate(each, *counts.get(each.pk, (0, 0)), books[each.pk].on(on).count("debriefing_rate")) for each in congresses
    ]


def unreported(congress, *, on):
    """Deputies who have not reported in this term; every one should at least once (述职全覆盖)."""
    return _listed(sitting([congress], on=on).filter(~Exists(_reports())))


def reported(congress, *, on, year=None):
    """Those who have, in this term or in one year, each with his latest report."""
    own = _reports().filter(debriefing__held_on__year=year) if year else _reports()
    latest = own.order_by("-debriefing__held_on", "-pk")
    rows = sitting([congress], on=on).filter(Exists(own))
    return _listed(
        rows.annotate(
            report=Subquery(latest.values("pk")[:1]), reported_on=Subquery(latest.values("debriefing__held_on")[:1])
        )
    )


def _reports():
    """The reports of the mandate of the outer row that count."""
    return Statement.objects.done().filter(mandate=OuterRef("pk"))


def _listed(rows):
    rows = rows.select_related("deputy", "delegation", "constituency")
    rows = rows.defer(*Deputy.personal())  # secret, and slow to read
    return rows.order_by("delegation__position", "deputy__strokes", "pk")


@dataclass(frozen=True)
class Line:
    """The slips on the whole or on one aspect: (label, count, percent) per grade."""

    label: str
    cells: tuple


@dataclass(frozen=True)
class Result:
    """What the voters gave one deputy."""

    lines: tuple
    failing: int
    valid: int
    fails_above: int

    @property
    def has_failed(self):
        """More failing slips than the rule allows; it changes no mandate, it only opens the lawful ways (W15)."""
        return self.valid > 0 and self.failing * 100 > self.fails_above * self.valid


def result_of(statement, *, fails_above):
    """The counted slips of a statement, or None while they are not put down."""
    if statement.valid is None:
        return None
    debriefing = statement.debriefing
    counts = {(tally.aspect, tally.grade): tally.count for tally in statement.tallies.all()}
    lines = tuple(
        Line(
            str(label),
            tuple(
                (str(words), counts.get((aspect, grade), 0), percent(counts.get((aspect, grade), 0), statement.valid))
                for grade, words in debriefing.grades
            ),
        )
        for aspect, label in debriefing.aspects
    )
    failing = counts.get((OVERALL, debriefing.grades[-1][0]), 0)
    return Result(lines, failing, statement.valid, fails_above)


def published(statements):
    """Those of which the result is out, newest first, each with what it was given as a whole; two statements."""
    rows = statements.reporting().filter(debriefing__state=Debriefing.State.PUBLISHED, valid__isnull=False)
    rows = rows.select_related("debriefing").prefetch_related("tallies").defer("text")
    rows = list(rows.order_by("-debriefing__held_on", "-pk"))
    for each in rows:
        each.overall = result_of(each, fails_above=100).lines[0]
    return rows
