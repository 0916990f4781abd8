"""Published ways to assess as samples, and the product's own; loading one writes a draft (样本)."""

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "presets.toml"


@dataclass(frozen=True)
class Preset:
    """One way to assess: what is known of it publicly, and where that stands."""

    code: str
    name: str
    source: str
    note: str
    period: str
    in_turn: bool
    grades: list
    dimensions: list
    stages: list


@cache
def presets():
    """All samples by code, in the order of the file."""
    with FILE.open("rb") as stream:
        told = tomllib.load(stream, parse_float=Decimal)
    return {code: _preset(code, values) for code, values in told.items()}


def _preset(code, values):
    return Preset(
        code=code,
        name=values["name"],
        source=values["source"],
        note=values["note"],
        period=values.get("period", "year"),
        in_turn=values.get("in_turn", False),
        grades=[_grade(each) for each in values.get("grades", [])],
        dimensions=[{"block": "", "standard": None} | each for each in values["dimensions"]],
        stages=[{"gives": "points", "weight": 0} | each for each in values["stages"]],
    )


def _grade(told):
    line = told.get("at_least")
    return {"name": told["name"], "at_least": None if line is None else f"{line}", "text": told.get("text", "")}
