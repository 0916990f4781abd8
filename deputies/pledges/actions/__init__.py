"""The verbs of plans, cards, contacts and the papers of the townships."""

from deputies.pledges.actions.townships import note_export, send_paper

__all__ = ["note_export", "send_paper"]
