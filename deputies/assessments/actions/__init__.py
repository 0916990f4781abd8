"""The verbs of the assessment (考评)."""

from deputies.assessments.actions.awarding import drop_award, settle, write_award
from deputies.assessments.actions.giving import Given, checked, give, give_many
from deputies.assessments.actions.holding import (
    cancel,
    close,
    excuse,
    include,
    note_export,
    open_assessment,
    remind,
    urge,
)
from deputies.assessments.actions.methods import adopt, create_method, draft, drop, retire, write

__all__ = [
    "Given",
    "adopt",
    "cancel",
    "checked",
    "close",
    "create_method",
    "draft",
    "drop",
    "drop_award",
    "excuse",
    "give",
    "give_many",
    "include",
    "note_export",
    "open_assessment",
    "remind",
    "retire",
    "settle",
    "urge",
    "write",
    "write_award",
]
