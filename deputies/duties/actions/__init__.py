"""The verbs of the record: register, confirm, object, correct, claim, verify (登记、核对、异议、更正、核实)."""

from deputies.duties.actions.claiming import claim, lookalikes, resubmit, retract
from deputies.duties.actions.entering import enter
from deputies.duties.actions.issuing import certifiable, certify, note_archive, note_export, state_income
from deputies.duties.actions.registering import Performed, hand_over, register, withdraw
from deputies.duties.actions.settling import (
    confirm,
    correct,
    lapse,
    object_to,
    refuse,
    strike,
    strike_while_suspended,
    uphold,
    verify,
)

__all__ = [
    "Performed",
    "certifiable",
    "certify",
    "claim",
    "confirm",
    "correct",
    "enter",
    "hand_over",
    "lapse",
    "lookalikes",
    "note_archive",
    "note_export",
    "object_to",
    "refuse",
    "register",
    "resubmit",
    "retract",
    "state_income",
    "strike",
    "strike_while_suspended",
    "uphold",
    "verify",
    "withdraw",
]
