"""The tables of the score: the rules in their versions, and the periods that were closed (积分)."""

from deputies.scores.models.closing import Objection, PeriodClose, ScoreLine, Standing
from deputies.scores.models.schemes import DeputyKind, Item, KindOfDeputy, Scheme, Version

__all__ = [
    "DeputyKind",
    "Item",
    "KindOfDeputy",
    "Objection",
    "PeriodClose",
    "Scheme",
    "ScoreLine",
    "Standing",
    "Version",
]
