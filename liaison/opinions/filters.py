"""What a list of opinions is narrowed by: the address says it all (民情清单的条件)."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from congress.kit.asking import Asking
from congress.kit.dates import asked_day
from congress.kit.numbers import row_numbers
from liaison.opinions.models import Opinion

S = Opinion.State

VIEWS = {
    "open": (_("在办"), Q(state__in=Opinion.OPEN)),
    "received": (_("待处理"), Q(state=S.RECEIVED)),
    "upward": (_("待县级交办"), Q(state=S.UPWARD)),
    "routed": (_("办理中"), Q(state=S.ROUTED)),
    "answered": (_("已答复"), Q(state__in=[S.ANSWERED, S.GUIDED])),
    "raised": (_("已转建议"), Q(state=S.RAISED)),
    "closed": (_("已办结"), Q(state__in=[S.CLOSED, S.WITHDRAWN])),
    "all": (_("全部"), Q()),
}


ROUTED = "routed"
TIERS = [(ROUTED, _("已交办（各层级）")), *Opinion.Tier.choices]
MARKS = {
    "answered": (_("有答复"), Q(answered_on__isnull=False)),
    "rated": (_("群众已评价"), ~Q(grade="")),
    "pleased": (_("满意和基本满意"), Q(grade__in=[Opinion.Grade.SATISFIED, Opinion.Grade.BASIC])),
    "displeased": (_("不满意"), Q(grade=Opinion.Grade.DISSATISFIED)),
}


@dataclass(frozen=True)
class Asked(Asking):
    """The conditions of one address."""

    VIEWS = VIEWS

    view: str = "open"
    words: str = ""
    station: str = ""
    tier: str = ""
    channel: str = ""
    topic: str = ""
    campaign: str = ""
    organ: str = ""
    outcome: str = ""
    mark: str = ""
    late: str = ""
    first: str = ""
    last: str = ""

    @property
    def kept(self):
        """What the list's own form must carry on, for it has no field for it."""
        return [(name, value) for name, value in self.pairs if name in {"topic", "outcome", "organ", "first", "last"}]

    @property
    def chosen(self):
        """[(label, the address without it)] of what no select of the list shows."""
        outcome = dict(Opinion.Outcome.choices).get(self.outcome)
        shown = [("topic", self.topic), ("outcome", outcome), ("first", self.first), ("last", self.last)]
        return [(label, self.address(**{name: ""})) for name, label in shown if label]

    @property
    def folded(self):
        """How many conditions are set that a phone folds away."""
        return sum(map(bool, (self.station, self.tier, self.channel, self.mark, self.campaign, self.late)))

    def narrow(self, opinions, *, on):
        """Every condition but the view."""
        for name in ("station", "organ", "campaign"):
            if asked := row_numbers([getattr(self, name)]):
                opinions = opinions.filter(**{name: asked[0]})
        for name in ("channel", "topic", "outcome"):
            if value := getattr(self, name):
                opinions = opinions.filter(**{name: value})
        if self.tier:
            opinions = opinions.given() if self.tier == ROUTED else opinions.filter(tier=self.tier)
        if self.mark in MARKS:
            opinions = opinions.filter(MARKS[self.mark][1])
        if first := asked_day(self.first):
            opinions = opinions.filter(heard_on__gte=first)
        if last := asked_day(self.last):
            opinions = opinions.filter(heard_on__lte=last)
        if self.late:
            opinions = opinions.overdue(on=on)
        if self.words:
            opinions = opinions.filter(Q(text__icontains=self.words) | Q(place__icontains=self.words))
        return opinions

    def in_view(self, opinions):
        return opinions.filter(VIEWS[self.view][1])


def counts_of(opinions):
    """How many opinions each view holds, in one statement."""
    views = {code: Count("pk", filter=where) for code, (_label, where) in VIEWS.items() if where}
    return opinions.aggregate(all=Count("pk"), **views)
