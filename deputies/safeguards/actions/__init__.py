"""The verbs of this room: help asked and answered, budgets and what was spent, reports in confidence."""

from deputies.safeguards.actions.budgets import AboveBudget, note_export, record, set_budget, strike
from deputies.safeguards.actions.helping import answer, ask, ask_again, pass_up, withdraw
from deputies.safeguards.actions.protecting import (
    end_confidant,
    name_confidant,
    note_opened,
    report,
    settle,
    take_up,
    withdraw_report,
)

__all__ = [
    "AboveBudget", "answer", "ask", "ask_again", "end_confidant", "name_confidant", "note_export", "note_opened",
    "pass_up", "record", "report", "set_budget", "settle", "strike", "take_up", "withdraw", "withdraw_report",
]  # fmt: skip
