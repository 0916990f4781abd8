"""What counts of a case's ratings, as expressions on Suggestion, for the figures and their tallies (评价口径)."""

from django.db.models import Exists, OuterRef, Subquery

from suggestions.appraisals.models import Grade, Judgement, Rating, Survey


def was_asked():
    """Whether any deputy was asked in any round; a round without anybody to ask does not count."""
    surveys = Survey.objects.filter(round__suggestion=OuterRef("pk"))
    return Exists(surveys.exclude(state=Survey.State.EXCLUDED))


def _last_rating(field):
    rating = Rating.objects.filter(
        slip__counts=True, is_current=True, slip__survey__round__suggestion=OuterRef("pk")
    ).order_by("-slip__survey__round__number")
    return Subquery(rating.values(field)[:1])


def result():
    """The counting deputy's grade of the result in the last round that was rated."""
    return _last_rating("result")


def attitude():
    return _last_rating("attitude")


def to_judge():
    """Whether a dissatisfied rating waits for the office's judgement."""
    return Exists(Judgement.objects.pending().filter(survey__round__suggestion=OuterRef("pk")))


def was_displeased():
    """Whether a counting rating of any round says dissatisfied."""
    return Exists(
        Rating.objects.filter(
            slip__survey__round__suggestion=OuterRef("pk"),
            slip__counts=True,
            is_current=True,
            result=Grade.DISSATISFIED,
        )
    )
