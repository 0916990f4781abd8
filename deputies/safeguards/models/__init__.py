"""The tables of this room: requests for help, budgets and what was spent of them, protected reports (履职保障)."""

from deputies.safeguards.models.budgets import Budget, Spending
from deputies.safeguards.models.helping import HelpRequest
from deputies.safeguards.models.protecting import Confidant, ProtectedReport

__all__ = ["Budget", "Confidant", "HelpRequest", "ProtectedReport", "Spending"]
