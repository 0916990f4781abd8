"""How what the raters gave becomes a result: plain numbers and words; nothing here touches a row (考评结果)."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from deputies.scores.engine import band_of

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Result:
    """What a deputy has: `points` and `grade` are those of all raters; without `is_complete` they are none yet."""

    points: Decimal | None
    grade: str
    is_complete: bool


NONE_YET = Result(None, "", False)


def result_of(method, markings):
    """The result of one sheet from its markings, each with its stage: nothing while a rater is missing."""
    if not markings or not all(each.is_given for each in markings):
        return NONE_YET
    points = _weighted([each for each in markings if each.stage.gives_points])
    named = [each for each in markings if not each.stage.gives_points]
    grade = max(named, key=lambda each: each.stage.position).grade if named else _band(method, points)
    return Result(points, grade, True)


def _weighted(markings):
    """The mean of the raters by their weights; None where nobody gives points."""
    if not markings:
        return None
    whole = sum((each.points * each.stage.weight for each in markings), Decimal(0))
    return (whole / 100).quantize(CENT, ROUND_HALF_UP)


def _band(method, points):
    return "" if points is None else band_of(method.grades, points)
