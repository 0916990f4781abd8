"""The verbs of the ledger, in the order in which they come: write, report, put off, look back, speak."""

from suggestions.promises.actions.checking import call, call_due, look_back, note_export, speak
from suggestions.promises.actions.keeping import ask_extension, grant, refuse, report
from suggestions.promises.actions.succeeding import succeed_all
from suggestions.promises.actions.writing import end_all, write, write_left_over

__all__ = [
    "ask_extension",
    "call",
    "call_due",
    "end_all",
    "grant",
    "look_back",
    "note_export",
    "refuse",
    "report",
    "speak",
    "succeed_all",
    "write",
    "write_left_over",
]
