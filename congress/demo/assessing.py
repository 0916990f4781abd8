"""The demonstration county assessed: last year closed, this year half done, a list for awards (代表考评)."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from deputies.assessments import actions as assessments
from deputies.assessments.models import AwardList, Marking, Stage
from deputies.scores import actions as scores
from deputies.scores.models import PeriodClose
from deputies.scores.windows import HALF, window_at, year

NAME = "县人大代表履职考评办法"
R = Stage.Rater
# how far this year's raters have got, in hundredths of their people
DONE = {R.DEPUTY: 72, R.GROUP: 55, R.TOWNSHIP: 30, R.OFFICE: 12}
KINDNESS = {R.DEPUTY: (88, 100), R.GROUP: (80, 98), R.TOWNSHIP: (74, 96), R.OFFICE: (70, 95)}
REMARKS = ("", "", "", "", "履职认真，联系群众较多", "建议质量高", "参加活动次数偏少", "发言有准备")
EXCUSED = "长期住院治疗"
HALF_POINT = Decimal("0.5")


class Assessing:
    """Writes what the county gave its deputies."""

    def __init__(self, county):
        self.county, self.congress, self.today = county, county.congress, county.today
        self.random = Random(62)  # its own, so that the other parts of the county stay as they are
        self.clerk, self.clerks = county.accounts["clerk"], {}

    def write_all(self):
        last = self.today.year - 1
        method = assessments.create_method(
            congress=self.congress, name=NAME, preset="product_default", on=date(last - 1, 12, 22), by=self.clerk
        )
        assessments.adopt(method, on=date(last - 1, 12, 28), by=self.clerk)
        self.abilities = {}
        closed = self._last_year(method, last)
        self._this_year(method)
        self._award(closed)

    def _last_year(self, method, number):
        """Everybody is rated by all four, one is excused; closed in January."""
        begun = min(date(number + 1, 1, 4), self.today - timedelta(days=1))

        def day(days):
            return min(begun + timedelta(days=days), self.today - timedelta(days=1))

        assessment = assessments.open_assessment(
            method, year(number), due_on=begun + timedelta(days=16), on=begun, by=self.clerk
        )
        sick = assessment.sheets.order_by("-pk")[0]
        assessments.excuse(sick, reason=EXCUSED, on=day(2), by=self.clerk)
        self._rate(assessment, on=day(9), share=dict.fromkeys(DONE, 100))
        return assessments.close(assessment, on=day(17), by=self.clerk)

    def _this_year(self, method):
        """Opened two weeks ago: the deputies are nearly done, the office has just begun."""
        begun = self.today - timedelta(days=14)
        assessment = assessments.open_assessment(
            method, year(self.today.year), due_on=self.today + timedelta(days=10), on=begun, by=self.clerk
        )
        waiting = {each.deputy.user_id for each in self.county.mandates[:3]}
        self._rate(assessment, on=self.today - timedelta(days=5), share=DONE, spared=waiting)

    def _rate(self, assessment, *, on, share, spared=frozenset()):
        """Rater after rater; the deputies who can sign in are left their own sheet to fill in."""
        rows = Marking.objects.filter(sheet__assessment=assessment, sheet__state="taking").select_related(
            "sheet__mandate__deputy__user", "sheet__mandate__delegation__township", "sheet__assessment"
        )
        dimensions = list(assessment.method.dimensions.all())
        stages = Stage.objects.filter(method=assessment.method).select_related("method")
        for stage in stages.prefetch_related("method__dimensions"):
            told = defaultdict(list)
            for marking in rows.filter(stage=stage).order_by("pk"):
                mandate, marking.stage = marking.sheet.mandate, stage
                is_spared = stage.rater == R.DEPUTY and mandate.deputy.user_id in spared
                if not is_spared and self.random.randint(1, 100) <= share[stage.rater]:
                    marks = {each.pk: self._mark(each, mandate, stage.rater) for each in dimensions}
                    remark = "" if stage.rater == R.DEPUTY else self.random.choice(REMARKS)
                    given = assessments.Given(marks, remark=remark, version=marking.version)
                    told[self._rater(mandate, stage.rater)].append((marking, given))
            for by, given in told.items():
                assessments.give_many(given, on=on, by=by)

    def _mark(self, dimension, mandate, rater):
        """More for whoever is able, a little by chance, deputies themselves the kindest."""
        low, high = KINDNESS[rater]
        able = self.abilities.setdefault(mandate.pk, self.random.triangular(0, 1, 0.7))
        share = low + (high - low) * able + self.random.uniform(-6, 6)
        points = dimension.standard * Decimal(min(max(share, 40), 100)) / 100
        return (points / HALF_POINT).to_integral_value() * HALF_POINT

    def _rater(self, mandate, rater):
        """Who gives it: what came on paper is put down by the office."""
        township = mandate.delegation.township if mandate.delegation else None
        if rater == R.TOWNSHIP and township:
            return self.clerks.setdefault(township.pk, None) or self._clerk_of(township)
        return (mandate.deputy.user if rater == R.DEPUTY else None) or self.clerk

    def _clerk_of(self, township):
        self.clerks[township.pk] = self.county.township_clerk(township)
        return self.clerks[township.pk]

    def _award(self, closed):
        """Since the first day of last year: points, assessment and voters; few of the deputies have reported yet."""
        first, as_of = closed.first, self.today - timedelta(days=1)
        scheme = PeriodClose.objects.filter(congress=self.congress).first().scheme
        for window in (window_at(HALF, closed.first), window_at(HALF, closed.last)):
            later = window.last + timedelta(days=10)
            if later < self.today and not scheme.closes.filter(code=window.code).exists():
                scores.close_period(scheme, window, on=later, by=self.clerk, leaves_open=True)
        award = AwardList(
            congress=self.congress, name=f"{first.year}年以来优秀代表候选名单", first=first, last=as_of, as_of=as_of,
            points_weight=40, assessment_weight=40, voters_weight=20, missing=AwardList.Missing.REWEIGH, places=30,
            created_by=self.clerk,
        )  # fmt: skip
        closes = list(scheme.closes.filter(first__gte=first, last__lte=as_of, closed_on__lte=as_of))
        assessments.write_award(award, closes=closes, assessments=[closed], on=as_of, by=self.clerk)
        assessments.settle(award, on=as_of, by=self.clerk)
