"""Who stayed away from sessions without leave so often that the law speaks of it: a list, never an act (法定情形).

代表法 Art. 62(3): the credentials committee reports, the standing committee decides, an announcement follows. A score
is no ground; this list is made of attendance alone.
"""

from dataclasses import dataclass

from congress.rulebook.book import rules_for
from deputies.duties.kinds import Kind
from deputies.duties.models import DutyRecord
from deputies.roll.models import Mandate
from deputies.scores.tally import SECRETS


@dataclass(frozen=True)
class Absent:
    """One deputy with the sessions from which he stayed away without leave."""

    mandate: object
    records: list


def absent_from_sessions(congress, *, on):
    """(threshold of the rulebook, those who reached it): verified absences of the mandates still in force."""
    threshold = rules_for(congress, on=on).count("unapproved_absences")
    rows = (
        DutyRecord.objects.filter(congress=congress, kind=Kind.SESSION, outcome=DutyRecord.Outcome.ABSENT)
        .verified()
        .exclude(mandate__state=Mandate.State.ENDED)
        .select_related("mandate__deputy", "mandate__delegation")
        .defer(*(f"mandate__{name}" for name in SECRETS))
        .order_by("mandate", "held_on", "pk")
    )
    by_mandate = {}
    for record in rows:
        by_mandate.setdefault(record.mandate_id, Absent(record.mandate, [])).records.append(record)
    return threshold, [each for each in by_mandate.values() if len(_sessions(each.records)) >= threshold]


def _sessions(records):
    """Sessions, not days: the rows of one session count once."""
    return {(each.source_kind, each.source_id) if each.source_id else each.pk for each in records}
