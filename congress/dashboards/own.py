"""What a department reads of its own handling; ratings only as a sum, and only of enough answers (本单位办理)."""

from dataclasses import dataclass

from django.db.models import Count, F, Q

from congress.dashboards.figures import Grade, percent
from congress.organs.hats import hats_of, home_congress_of
from congress.rulebook.book import rules_for
from suggestions.appraisals.models import Rating, Survey
from suggestions.docket.models import Assignment


@dataclass(frozen=True)
class OwnFigures:
    """Replies and their dates, and the ratings when there are enough of them to hide who gave which."""

    answered_shares: int
    in_time: int
    ratings: int
    satisfied: int
    needed: int

    @property
    def in_time_percent(self):
        return percent(self.in_time, self.answered_shares, "0.1")

    @property
    def shows_ratings(self):
        return self.ratings >= self.needed

    @property
    def satisfied_percent(self):
        return percent(self.satisfied, self.ratings, "0.1")


def figures_of(user, *, on):
    """The figures of the departments in which this user handles; None for whoever handles nothing."""
    hats = hats_of(user)
    organs = hats.officer_of | hats.head_of
    if not organs:
        return None
    shares = Assignment.objects.filter(organ__in=organs, role__in=Assignment.ANSWERS, done_on__isnull=False)
    done = shares.aggregate(number=Count("pk"), in_time=Count("pk", filter=Q(done_on__lte=F("round__reply_due_on"))))
    ended = Rating.objects.filter(
        slip__counts=True,
        is_current=True,
        slip__survey__state=Survey.State.ANSWERED,
        slip__survey__round__assignments__in=shares,
    )
    rated = ended.aggregate(
        number=Count("pk", distinct=True),
        satisfied=Count("pk", distinct=True, filter=Q(result=Grade.SATISFIED)),
    )
    needed = rules_for(home_congress_of(user), on=on).count("small_group")
    return OwnFigures(done["number"], done["in_time"], rated["number"], rated["satisfied"], needed)
