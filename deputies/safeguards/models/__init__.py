"""The tables of this room: requests for help (履职保障)."""

from deputies.safeguards.models.helping import HelpRequest

__all__ = ["HelpRequest"]
