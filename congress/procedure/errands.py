"""What a room that stands beside the desk has for a deputy to do: told here, asked by his first page (旁室待办)."""

from collections.abc import Callable
from dataclasses import dataclass

_told = []


@dataclass(frozen=True)
class Errands:
    """One kind of work of a deputy: its words as a line of a desk, the list behind it, and each of it by itself.

    `rows(reader)` gives the rows or None; `lines(reader)` gives [(title, what to do, url, until when)].
    """

    code: str
    label: str
    why: str
    go: str
    page: str
    rows: Callable
    lines: Callable


def tell(errands):
    """Register one kind of work; called once by its room when it is loaded."""
    _told.append(errands)


def told():
    return tuple(_told)
