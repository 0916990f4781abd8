"""The tables of this room: requests for help, budgets and what was spent of them (履职保障)."""

from deputies.safeguards.models.budgets import Budget, Spending
from deputies.safeguards.models.helping import HelpRequest

__all__ = ["Budget", "HelpRequest", "Spending"]
