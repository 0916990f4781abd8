"""A list for awards reckoned from what is closed and published: two runs of it are equal on any day (评优名单).

Every figure is a share in hundredths of what was to be had; who lacks one of them lacks it openly.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congress.kit.dates import said
from deputies.assessments.models import AwardList, RatingSheet
from deputies.debriefings.models import Debriefing, Statement
from deputies.debriefings.wordings import OVERALL
from deputies.roll.models import Deputy, Mandate
from deputies.scores.models import Objection, Standing
from deputies.scores.ranking import ranks
from deputies.scores.tally import suspensions

CENT = Decimal("0.01")
FIGURES = {"points": gettext_lazy("积分"), "assessment": gettext_lazy("考评"), "voters": gettext_lazy("选民测评")}
WITHOUT = {
    "points": gettext_lazy("没有积分"),
    "assessment": gettext_lazy("没有考评结果"),
    "voters": gettext_lazy("没有述职测评"),
}


def cents(value):
    return value.quantize(CENT, ROUND_HALF_UP)


@dataclass
class Row:
    """One deputy of the list: three shares, their weighted sum, his place; `sources` says what each was made of."""

    mandate: object
    points: Decimal | None = None
    assessment: Decimal | None = None
    voters: Decimal | None = None
    total: Decimal | None = None
    rank: int | None = None
    sources: dict = field(default_factory=dict)

    def lacking(self, award):
        """What he lacks of that which the list weighs."""
        return [f"{WITHOUT[name]}" for name, _weight in weights_of(award) if getattr(self, name) is None]

    def same_as(self, other):
        names = ("points", "assessment", "voters", "total", "rank", "sources")
        return self.mandate.pk == other.mandate.pk and all(getattr(self, n) == getattr(other, n) for n in names)


def weights_of(award):
    """[(figure, weight)] of what counts at all."""
    told = {"points": award.points_weight, "assessment": award.assessment_weight, "voters": award.voters_weight}
    return [(name, weight) for name, weight in told.items() if weight]


def rows_of(award):
    """The list as its sources have it: a fixed number of statements, however many deputies there are."""
    points, sheets, slips = _points(award), _sheets(award), _voters(award)
    rows = []
    for mandate in candidates(award):
        row = Row(mandate)
        row.points, row.sources["points"] = _mean(points[mandate.pk])
        row.assessment, row.sources["assessment"] = _mean(sheets[mandate.pk])
        row.voters, row.sources["voters"] = slips.get(mandate.pk, (None, None))
        row.total = total_of(award, row)
        rows.append(row)
    return placed(rows)


def candidates(award):
    """The deputies in office on the day of the list who could act on it."""
    day = award.as_of
    rows = Mandate.objects.filter(congress=award.congress_id, started_on__lte=day)
    rows = rows.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day))
    rows = rows.select_related("deputy", "delegation").defer(*Deputy.personal()).order_by("deputy__strokes", "pk")
    spans = suspensions(award.congress)
    return [each for each in rows if not _is_out(spans.get(each.pk, ()), day)]


def _is_out(spans, day):
    return any(first <= day and (last is None or day <= last) for first, last in spans)


def total_of(award, row):
    """The weighted sum; None where a figure is lacking and the list says that such a one is not placed."""
    told = [(getattr(row, name), weight) for name, weight in weights_of(award)]
    there = [(value, weight) for value, weight in told if value is not None]
    if not there or (len(there) < len(told) and award.missing == AwardList.Missing.APART):
        return None
    whole = sum(weight for _value, weight in there)
    return cents(sum((value * weight for value, weight in there), Decimal(0)) / whole)


def placed(rows):
    """The same rows, those with a total first and by it; equal totals share a place."""
    ranked = [row for row in rows if row.total is not None]
    for row, place in zip(ranked, ranks([row.total for row in ranked]), strict=True):
        row.rank = place
    apart = [row for row in rows if row.total is None]
    return sorted(ranked, key=lambda row: row.rank) + apart


def _mean(shares):
    """(mean of the shares in hundredths or None, what they were made of)."""
    if not shares:
        return None, []
    return cents(sum(share for share, _source in shares) / len(shares)), [source for _share, source in shares]


def full_points(close):
    """What a period's points are measured by: the cap of its rules, else the highest anybody had."""
    if close.rules.cap:
        return close.rules.cap
    highest = close.standings.order_by("-points").values_list("points", flat=True).first()
    return highest if highest and highest > 0 else None


def _points(award):
    """{mandate: [(share, source)]} of the closed periods, with the corrections made by the day of the list."""
    closes = list(award.closes.select_related("rules").order_by("first", "pk")) if award.points_weight else []
    full = {close.pk: full_points(close) for close in closes}
    corrected = defaultdict(Decimal)
    decided = Objection.objects.filter(
        standing__close__in=closes, state=Objection.State.CORRECTED, decided_on__lte=award.as_of
    )
    for standing, difference in decided.values_list("standing", "difference"):
        corrected[standing] += difference
    found = defaultdict(list)
    rows = Standing.objects.filter(close__in=closes, mandate__isnull=False).order_by("close__first", "close", "pk")
    for standing, close, mandate, points in rows.values_list("pk", "close", "mandate", "points"):
        if full[close] is None:
            continue
        whole = points + corrected[standing]
        share = min(max(whole, Decimal(0)) * 100 / full[close], Decimal(100))
        found[mandate].append((share, {"close": close, "points": f"{whole}", "full": f"{full[close]}"}))
    return found


def _sheets(award):
    """{mandate: [(share, source)]} of the closed assessments; who was not rated by all has none."""
    chosen = award.assessments.select_related("method").order_by("first", "pk") if award.assessment_weight else []
    full = {each.pk: each.method.full_marks for each in chosen}
    found = defaultdict(list)
    rows = RatingSheet.objects.filter(assessment__in=list(full), points__isnull=False)
    rows = rows.order_by("assessment__first", "assessment", "pk")
    for sheet, assessment, mandate, points, grade in rows.values_list("pk", "assessment", "mandate", "points", "grade"):
        source = {"sheet": sheet, "points": f"{points}", "full": f"{full[assessment]}", "grade": grade}
        found[mandate].append((points * 100 / full[assessment], source))
    return found


def _voters(award):
    """{mandate: (share, source)} of the last published debriefing in the period."""
    if not award.voters_weight:
        return {}
    rows = Statement.objects.filter(
        debriefing__state=Debriefing.State.PUBLISHED,
        debriefing__held_on__range=(award.first, award.last),
        debriefing__published_on__lte=award.as_of,
        mandate__congress=award.congress_id,
        valid__gt=0,
    )
    rows = rows.select_related("debriefing").prefetch_related("tallies").order_by("debriefing__held_on", "pk")
    return {each.mandate_id: _share(each, middle=award.middle_worth) for each in rows}  # the last one stands


def _share(statement, *, middle):
    """How content the voters were: the best grade whole, those between as the list says, the failing one nothing."""
    grades = [grade for grade, _words in statement.debriefing.grades]
    worth = dict.fromkeys(grades, middle) | {grades[0]: 100, grades[-1]: 0}
    counts = {each.grade: each.count for each in statement.tallies.all() if each.aspect == OVERALL}
    given = sum(counts.get(grade, 0) * worth[grade] for grade in grades)
    source = {"statement": statement.pk, "valid": statement.valid, "best": counts.get(grades[0], 0)}
    return cents(Decimal(given) / statement.valid), source


def settled_rows(award):
    """The rows as they were written down."""
    rows = award.rows.select_related("mandate__deputy", "mandate__delegation")
    rows = rows.defer(*Deputy.personal("mandate__deputy"))
    names = ("mandate", "points", "assessment", "voters", "total", "rank", "sources")
    return [Row(**{name: getattr(each, name) for name in names}) for each in rows]


def terms_of(award):
    """What the list rests on, in sentences: the rules in their versions, the period, the weights, the day."""
    told = [
        _("统计时段%(first)s至%(last)s，名单日期%(day)s")
        % {"first": said(award.first), "last": said(award.last), "day": said(award.as_of)}
    ]
    if award.points_weight:
        closes = "、".join(
            _("%(rules)s %(period)s（%(full)s 为满分）")
            % {"rules": each.rules, "period": each.label, "full": _measure(each)}
            for each in award.closes.select_related("rules__scheme", "scheme").order_by("first", "pk")
        )
        told.append(_("积分占 %(n)s%%：%(what)s") % {"n": award.points_weight, "what": closes})
    if award.assessment_weight:
        held = "、".join(
            _("%(method)s %(period)s") % {"method": each.method, "period": each.label}
            for each in award.assessments.select_related("method").order_by("first", "pk")
        )
        told.append(_("考评占 %(n)s%%：%(what)s") % {"n": award.assessment_weight, "what": held})
    if award.voters_weight:
        told.append(
            _("选民测评占 %(n)s%%：时段内最近一次已公布的述职测评，最好等次一票计 100，中间等次计 %(m)s，最差等次计 0")
            % {"n": award.voters_weight, "m": award.middle_worth}
        )
    return [*told, f"{award.get_missing_display()}"]


def _measure(close):
    full = full_points(close)
    if full is None:
        return _("无人得分")
    plain = f"{full.normalize():f}"
    return _("总分上限 %s") % plain if close.rules.cap else _("最高分 %s") % plain
