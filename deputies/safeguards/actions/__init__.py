"""The verbs of this room: asking for help and answering, budgets and what was spent."""

from deputies.safeguards.actions.budgets import AboveBudget, note_export, record, set_budget, strike
from deputies.safeguards.actions.helping import answer, ask, ask_again, pass_up, withdraw

__all__ = [
    "AboveBudget", "answer", "ask", "ask_again", "note_export", "pass_up", "record", "set_budget", "strike",
    "withdraw",
]  # fmt: skip
