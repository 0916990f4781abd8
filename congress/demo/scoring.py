"""The scores of the demonstration county: rules in force, a half-year closed and shown, a draft to try (履职积分)."""

from datetime import date, timedelta
from decimal import Decimal

from deputies.scores import actions as scores
from deputies.scores.models import DeputyKind, Scheme
from deputies.scores.windows import HALF, window_at

NAME = "县人大代表履职积分"
BASE = Decimal(10)
BANDS = [
    {"name": "优秀", "at_least": "32", "text": "可以作为评选优秀代表的参考"},
    {"name": "良好", "at_least": "22", "text": ""},
    {"name": "一般", "at_least": "0", "text": "由代表小组了解情况，帮助解决履职困难"},
]
# what the draft gives instead: more for being with the voters and on the spot, less for the number of papers
REVISED = {
    "reception": Decimal(6), "visit": Decimal(2), "group_activity": Decimal(3), "inspection": Decimal(5),
    "suggestion": Decimal(3), "cosign": Decimal("0.5"),
}  # fmt: skip
LEADERS, MOBILE, GRASSROOTS = 9, 29, 4  # the first nine; every so manyth deputy


class Scoring:
    """Writes the scheme of one county and closes its last half-year."""

    def __init__(self, county):
        self.county, self.congress, self.today = county, county.congress, county.today
        self.clerk = county.accounts["clerk"]

    def write_all(self):
        self._kinds()
        scheme = self._scheme()
        self._close(scheme)
        self._draft(scheme)

    def _kinds(self):
        """Leaders, deputies at the workbench, deputies who work away: each kind has norms of its own."""
        kinds = {}
        for place, seat in enumerate(self.county.mandates):
            if place % MOBILE == MOBILE - 1:
                kinds[seat.pk] = DeputyKind.MOBILE
            elif 3 <= place < 3 + LEADERS:
                kinds[seat.pk] = DeputyKind.LEADER
            elif place % GRASSROOTS == 0:
                kinds[seat.pk] = DeputyKind.GRASSROOTS
        scores.place_kinds(self.congress, kinds, on=date(self.today.year - 2, 12, 18), by=self.clerk)

    def _scheme(self):
        """The product's own sample with lines of its own, in force since the first day of last year."""
        before = date(self.today.year - 2, 12, 20)
        scheme = scores.create_scheme(
            congress=self.congress, name=NAME, preset="product_default", on=before, by=self.clerk
        )
        scores.change_scheme(scheme, name=NAME, shown=Scheme.Shown.BODY, on=before, by=self.clerk)
        version = scheme.versions.get()
        self._write(version, on=before, period=HALF, base=BASE, bands=BANDS, note="主任会议讨论通过，按半年计分。")
        for item in version.items.exclude(per_missing=None):  # the sample counts by the year
            item.norm, item.norms = item.norm / 2, {kind: norm / 2 for kind, norm in item.norms.items()}
            scores.put_item(version, item, on=before, by=self.clerk)
        scores.adopt(version, effective_from=date(self.today.year - 1, 1, 1), on=before, by=self.clerk)
        return scheme

    def _write(self, version, *, on, **changes):
        values = {name: getattr(version, name) for name in ("period", "base", "cap", "prorates", "bands", "source")}
        scores.write(version, values=values | changes, on=on, by=self.clerk)

    def _close(self, scheme):
        """The half-year before was closed and shown; one deputy objected and was told why nothing changes."""
        running = window_at(HALF, self.today)
        window = window_at(HALF, running.first - timedelta(days=1))

        def day(number):
            """So many days after the half-year, or today where that has not come yet."""
            return min(window.last + timedelta(days=number), self.today)

        close = scores.close_period(scheme, window, on=day(10), by=self.clerk, leaves_open=True)
        scores.publish(close, on=day(11), by=self.clerk)
        deputy = self.county.accounts["deputy"]
        standing = close.standings.filter(mandate__deputy__user=deputy).first()
        if standing is not None:
            text = "那几个月我走访了六户选民，没有计分。"
            objection = scores.raise_objection(standing, text=text, on=day(13), by=deputy)
            finding = "走访没有登记时间和地点，不能核定；以后请在当月填报。"
            scores.uphold(objection, finding=finding, on=day(16), by=self.clerk)

    def _draft(self, scheme):
        day = max(self.today - timedelta(days=9), date(self.today.year, 1, 1))
        draft = scores.draft(scheme, on=day, by=self.clerk)
        self._write(draft, on=day, note="征求意见稿：联系群众、视察调研的分值提高，建议的件数分值降低。")
        for item in draft.items.all():
            points = next((REVISED[kind] for kind in item.kinds if kind in REVISED), None)
            if points is not None and item.points > 0:
                item.points = points
                scores.put_item(draft, item, on=day, by=self.clerk)
