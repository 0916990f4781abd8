"""The standard checklist of a station, and the grade that its ticks come to (标准化建设)."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "data" / "standard.toml"


@dataclass(frozen=True)
class Item:
    """One demand of the standard, worth so many of the hundred points."""

    code: str
    group: str
    label: str
    points: int


@dataclass(frozen=True)
class Grade:
    code: str
    label: str
    least: int


@cache
def standard():
    """(items in the order of the list, grades from the best down)."""
    read = tomllib.loads(_FILE.read_text())
    grades = [Grade(each["code"], each["label"], each["from"]) for each in read["grade"]]
    return [Item(**each) for each in read["item"]], sorted(grades, key=lambda grade: -grade.least)


def points_of(ticked):
    """What the ticked demands are worth together; codes that no longer stand count nothing."""
    return sum(item.points for item in standard()[0] if item.code in set(ticked))


def grade_of(points):
    return next(grade for grade in standard()[1] if points >= grade.least)


def gaps_of(ticked):
    """What is missing, in the order of the list."""
    return [item for item in standard()[0] if item.code not in set(ticked)]
