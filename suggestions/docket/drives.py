"""The suggestions that belong to a drive, counted by the level of the deputies who put them (专项行动统计)."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congress.organs.models import Congress
from suggestions.docket.models import Suggestion

S = Suggestion.State
# A seat is held in one congress, and its holder puts his suggestions to that one: its level is his (代表法 Art. 2).
# The nation's congress keeps no cases here, so it is no level of an organ; a county still names it among the five.
LEVELS = (
    ("nation", _("全国人大代表")),
    (Congress.Level.PROVINCE, _("省级人大代表")),
    (Congress.Level.CITY, _("市级人大代表")),
    (Congress.Level.COUNTY, _("县级人大代表")),
    (Congress.Level.TOWNSHIP, _("乡镇人大代表")),
)
PUT = frozenset(S) - {S.DRAFT, S.WITHDRAWN}
STAGES = {
    "put": (_("提出"), PUT),
    "in_hand": (_("在办"), Suggestion.OPEN),
    "closed": (_("办结"), frozenset({S.CLOSED})),
}


@dataclass(frozen=True)
class Level:
    """One of the five levels: how many of its deputies' suggestions stand where; and whether it sits here at all."""

    code: str
    label: str
    congresses: tuple
    counts: dict

    @property
    def is_here(self):
        return bool(self.congresses)


def by_level(cases, drive):
    """The five Levels of a drive, in two statements; `cases` are those that the reader sees."""
    reach = Congress.objects.filter(Q(pk=drive.congress_id) | Q(parent=drive.congress_id)).values_list("pk", "level")
    found = dict(reach.order_by("position", "pk"))
    counts = {code: Count("pk", filter=Q(state__in=states)) for code, (_label, states) in STAGES.items()}
    rows = cases.filter(campaign=drive, congress__in=found).order_by().values("congress").annotate(**counts)
    return _summed([(found[row["congress"]], row) for row in rows], found)


def _summed(rows, found):
    """[(level, its counts)] added up, level by level."""
    levels = []
    for code, label in LEVELS:
        own = [row for level, row in rows if level == code]
        counts = {stage: sum(row[stage] for row in own) for stage in STAGES}
        levels.append(Level(code, label, tuple(pk for pk, level in found.items() if level == code), counts))
    return levels


def total(levels):
    return {stage: sum(level.counts[stage] for level in levels) for stage in STAGES}


def address(drive, stage, level=None):
    """The list that holds exactly what a figure counts."""
    pairs = [("view", "all"), ("campaign", drive.pk), *(("state", state) for state in S if state in STAGES[stage][1])]
    pairs += [("congress", pk) for pk in (level.congresses if level else ())]
    return f"{reverse('docket:list')}?{urlencode(pairs)}"
