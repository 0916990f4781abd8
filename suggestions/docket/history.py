"""What departments led before on matters like this one (往年同类)."""

from collections import Counter
from dataclasses import dataclass

from suggestions.docket.models import Assignment, Suggestion
from suggestions.docket.search import similar

LOOKED_AT = 40


@dataclass(frozen=True)
class Usual:
    """Of so many cases like this one, how many the most usual department led; None where there are none."""

    total: int
    organ: object
    count: int


def usual_department(case, *, user):
    """Who led the cases with similar titles; where none is similar, those of the same category."""
    alike = [row["pk"] for row in similar(case.title, congress=case.congress, user=user, limit=20, without=case.pk)]
    return _most_usual(case, {"round__suggestion__in": alike}) or (
        _most_usual(case, {"round__suggestion__category": case.category_id}) if case.category_id else None
    )


def _most_usual(case, where):
    led = (
        Assignment.objects.filter(**where, role=Assignment.Role.LEAD, round__suggestion__congress=case.congress_id)
        .filter(round__suggestion__state__in=Suggestion.ACCEPTED)
        .exclude(round__suggestion=case.pk)
        .exclude(state__in=[Assignment.State.RELEASED, Assignment.State.ENDED])
        .select_related("organ")
        .order_by("-id")[:LOOKED_AT]
    )
    organs = Counter(share.organ for share in led)
    if not organs:
        return None
    organ, count = organs.most_common(1)[0]
    return Usual(organs.total(), organ, count)
