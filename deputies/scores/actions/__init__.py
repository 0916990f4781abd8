"""The verbs of the score: write and adopt rules, close and publish periods, object and decide (积分).

No verb here reads or writes a mandate's state: a score has no effect in law.
"""

from deputies.scores.actions.closing import BASE, CAP, close_period, note_export, open_records, publish
from deputies.scores.actions.objecting import correct, raise_objection, uphold, withdraw
from deputies.scores.actions.schemes import (
    adopt,
    change_scheme,
    create_scheme,
    draft,
    drop,
    place_kinds,
    put_item,
    remove_item,
    running_window,
    stop,
    write,
)

__all__ = [
    "BASE",
    "CAP",
    "adopt",
    "change_scheme",
    "close_period",
    "correct",
    "create_scheme",
    "draft",
    "drop",
    "note_export",
    "open_records",
    "place_kinds",
    "publish",
    "put_item",
    "raise_objection",
    "remove_item",
    "running_window",
    "stop",
    "uphold",
    "withdraw",
    "write",
]
