"""Ranks, how alike two rankings are, and how points are spread (名次、相关、分布)."""

from math import floor, sqrt


def ranks(values):
    """The place of each value, the highest first; equal values share the better place (1, 2, 2, 4)."""
    places = {}
    for place, value in enumerate(sorted(values, reverse=True), start=1):
        places.setdefault(value, place)
    return [places[value] for value in values]


def mean_ranks(values):
    """The same, but equal values share the mean of their places (1, 2.5, 2.5, 4)."""
    first, times = {}, {}
    for place, value in enumerate(sorted(values, reverse=True), start=1):
        first.setdefault(value, place)
        times[value] = times.get(value, 0) + 1
    return [first[value] + (times[value] - 1) / 2 for value in values]


def spearman(ours, theirs):
    """The rank correlation of two lists of points of the same people, ties by mean ranks; None where all are equal."""
    a, b = mean_ranks(ours), mean_ranks(theirs)
    if len(a) < 2:
        return None
    middle = (len(a) + 1) / 2
    spread_a = sum((each - middle) ** 2 for each in a)
    spread_b = sum((each - middle) ** 2 for each in b)
    if not spread_a or not spread_b:
        return None
    together = sum((x - middle) * (y - middle) for x, y in zip(a, b, strict=True))
    return together / sqrt(spread_a * spread_b)


def spread(values, *, steps=8):
    """[(from, to, how many)] over equal steps of whole points; nobody's points can be told from it alone."""
    if not values:
        return []
    low, high = floor(min(values)), floor(max(values)) + 1
    width = max(1, -(-(high - low) // steps))
    starts = range(low, high, width)
    return [(start, start + width, sum(start <= value < start + width for value in values)) for start in starts]
