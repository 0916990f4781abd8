"""The verbs of plans, cards, contacts and the papers of the townships."""

from deputies.pledges.actions.cards import adopt, keep_card, keep_target, remove_target
from deputies.pledges.actions.plans import Promised, drop, file_plan, keep, odd_aspects, reopen
from deputies.pledges.actions.townships import note_export, send_paper

__all__ = [
    "Promised", "adopt", "drop", "file_plan", "keep", "keep_card", "keep_target", "note_export", "odd_aspects",
    "remove_target", "reopen", "send_paper",
]  # fmt: skip
