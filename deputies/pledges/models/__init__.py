"""The tables of this room: plans and pledges, target cards, contacts, papers of the townships (承诺与联系)."""

from deputies.pledges.models.cards import CardTemplate, Target
from deputies.pledges.models.contacts import ContactLog, FollowUp, Tie
from deputies.pledges.models.plans import DutyPlan, Pledge
from deputies.pledges.models.townships import TownshipPaper, TownshipTie

__all__ = [
    "CardTemplate", "ContactLog", "DutyPlan", "FollowUp", "Pledge", "Target", "Tie", "TownshipPaper", "TownshipTie",
]  # fmt: skip
