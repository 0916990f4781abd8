"""Who stands where in a period: reckoned now, or as it was closed (积分榜)."""

from deputies.scores.models import Version
from deputies.scores.ranking import ranks
from deputies.scores.tally import Tally
from deputies.scores.windows import Window


def rules_of(scheme, window):
    """The version under which a period is reckoned: the one in force on its first day, whatever came later."""
    if not scheme.counts_from(window.first):
        return None
    adopted = scheme.versions.filter(state=Version.State.ADOPTED, effective_from__lte=window.first)
    return adopted.order_by("-effective_from").first()


def in_force(scheme, *, on):
    """The version in force on a day, else the first that will be, else none; a stopped scheme has none any more."""
    if not scheme.counts_from(on):
        return None
    adopted = scheme.versions.filter(state=Version.State.ADOPTED).order_by("-effective_from")
    return adopted.filter(effective_from__lte=on).first() or adopted.last()


def ranked(rows):
    """The same rows with their places, the highest first; equal points share a place."""
    for row, place in zip(rows, ranks([row.points for row in rows]), strict=True):
        row.rank = place
    return sorted(rows, key=lambda row: row.rank)


def board(version, window, *, on=None):
    """Everybody of a period, ranked, as the records are now."""
    return ranked(Tally(version, window, on=on).scored())


def window_of_close(close):
    """A closed period by the days it was closed with."""
    return Window(close.code, close.first, close.last)


def now_of(standing):
    """What a closed standing would be if it were reckoned from the records of today; None if nobody is left."""
    close = standing.close
    tally = Tally(close.rules, window_of_close(close))
    return next(iter(tally.scored(only=standing.mandate_id or standing.group_id)), None)
