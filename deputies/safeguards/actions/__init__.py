"""The verbs of this room: asking for help and answering."""

from deputies.safeguards.actions.helping import answer, ask, ask_again, pass_up, withdraw

__all__ = ["answer", "ask", "ask_again", "pass_up", "withdraw"]
