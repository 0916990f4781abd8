"""The verbs of plans, cards, contacts, and of what the county has to do with its townships."""

from deputies.pledges.actions.cards import adopt, keep_card, keep_target, remove_target
from deputies.pledges.actions.contacts import (
    allot,
    allot_committee,
    allot_the_rest,
    follow,
    log,
    pair,
    release,
    release_by_member,
    release_of,
    settle,
    succeed,
)
from deputies.pledges.actions.plans import Promised, drop, file_plan, keep, odd_aspects, reopen
from deputies.pledges.actions.townships import note_export, send_paper, tie_township, untie_of, untie_township

__all__ = [
    "Promised", "adopt", "allot", "allot_committee", "allot_the_rest", "drop", "file_plan", "follow", "keep",
    "keep_card", "keep_target", "log", "note_export", "odd_aspects", "pair", "release", "release_by_member",
    "release_of", "remove_target", "reopen", "send_paper", "settle", "succeed", "tie_township", "untie_of",
    "untie_township",
]  # fmt: skip
