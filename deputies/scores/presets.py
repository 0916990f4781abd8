"""Published rule sets as samples, and the product's own; loading one writes a draft (样本)."""

import tomllib
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path

from deputies.scores.models import Item

FILE = Path(__file__).parent / "data" / "presets.toml"
_NUMBERS = {
    "points", "norm", "per_extra", "per_missing", "min_quantity", "below_quantity", "at_most", "at_least",
}  # fmt: skip


@dataclass(frozen=True)
class Preset:
    """One rule set: what is known of it publicly, where that stands, and what is not known."""

    code: str
    name: str
    source: str
    note: str
    subject: str
    period: str
    base: Decimal
    cap: Decimal | None
    bands: list
    items: list = field(default_factory=list)


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
        note=values.get("note", ""),
        subject=values.get("subject", "deputy"),
        period=values.get("period", "year"),
        base=Decimal(values.get("base", 0)),
        cap=Decimal(values["cap"]) if "cap" in values else None,
        bands=[_band(each) for each in values.get("bands", [])],
        items=[_numbers(each) for each in values.get("items", [])],
    )


def _band(told):
    line = told.get("at_least")
    return {"name": told["name"], "at_least": None if line is None else str(line), "text": told.get("text", "")}


def _numbers(item):
    return {name: Decimal(value) if name in _NUMBERS else value for name, value in item.items()}


def items_of(preset):
    """The items of a sample, not yet written."""
    return [
        Item(position=position, **({"code": f"{position}"} | values))
        for position, values in enumerate(preset.items, start=1)
    ]
