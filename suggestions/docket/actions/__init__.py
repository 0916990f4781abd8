"""The verbs of a case: writing, checking, assigning, handling, and turning it after the rating."""

from suggestions.docket.actions.assigning import assign, decide_hand_back, distribute, reassign
from suggestions.docket.actions.checking import correct, register, reject, return_for_revision, turn_to_letter
from suggestions.docket.actions.extending import (
    ask_extension,
    call_difficult,
    grant_extension,
    latest_day,
    refuse_extension,
)
from suggestions.docket.actions.handling import (
    accept,
    asks_of,
    draft_reply,
    give_opinion,
    hand_back,
    record_contact,
    result_scheme,
    save_reply,
    send_back,
    sign,
    urge,
)
from suggestions.docket.actions.saving import save_view
from suggestions.docket.actions.succeeding import shares_to_hand_over, succeed
from suggestions.docket.actions.turning import close, resume, rework
from suggestions.docket.actions.writing import (
    WRITABLE,
    answer_invitation,
    discard,
    invite,
    may_change_seat,
    save_draft,
    submit,
    was_discarded,
    withdraw,
)

__all__ = [
    "WRITABLE",
    "accept",
    "answer_invitation",
    "ask_extension",
    "asks_of",
    "assign",
    "call_difficult",
    "close",
    "correct",
    "decide_hand_back",
    "discard",
    "distribute",
    "draft_reply",
    "give_opinion",
    "grant_extension",
    "hand_back",
    "invite",
    "latest_day",
    "may_change_seat",
    "reassign",
    "record_contact",
    "refuse_extension",
    "register",
    "reject",
    "result_scheme",
    "resume",
    "return_for_revision",
    "rework",
    "save_draft",
    "save_reply",
    "save_view",
    "send_back",
    "shares_to_hand_over",
    "sign",
    "submit",
    "succeed",
    "turn_to_letter",
    "urge",
    "was_discarded",
    "withdraw",
]
