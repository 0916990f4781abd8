"""What an abolished body leaves open: each room says what it has in hand, its successor goes on with all (未了事项)."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count


@dataclass(frozen=True)
class Leftover:
    """One kind of work in hand: `words` tell how many; `rows(organs)` is a query of one column, the body with it."""

    words: str
    rows: object


_kinds = []


def leftover(words):
    """Register `function(organs) → rows`, in the reactions of the room that takes it over on `department.succeeded`."""

    def register(function):
        _kinds.append(Leftover(words, function))
        return function

    return register


def left_open(organs):
    """{organ id: [(words, how many)]} of these bodies; those that leave nothing are missing."""
    told = defaultdict(list)
    for kind in _kinds:
        for organ, number in kind.rows(organs).order_by().annotate(number=Count("pk")):
            told[organ].append((kind.words, number))
    return dict(told)
