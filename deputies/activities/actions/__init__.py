"""The verbs of an activity: planning, calling, attending, and what follows from it."""

from deputies.activities.actions.answering import ask_leave, decide_leave, reply
from deputies.activities.actions.attending import check_in, correct, hold, look_at, mark, unmarked_calls
from deputies.activities.actions.calling import add_guests, announce, cancel, invite, lacks_study, release, remind
from deputies.activities.actions.campaigning import (
    close_campaign,
    keep_campaign,
    mark_of_campaign,
    reopen_campaign,
)
from deputies.activities.actions.planning import (
    allow,
    approve_theme,
    change,
    decline,
    follow_guide,
    plan,
    request,
    return_theme,
    submit_theme,
    take_theme_back,
)
from deputies.activities.actions.raising import answer, forward, raise_opinion, succeed
from deputies.activities.actions.writing import add_photos, close, note_export, write_up

__all__ = [
    "add_guests",
    "add_photos",
    "allow",
    "announce",
    "answer",
    "approve_theme",
    "ask_leave",
    "cancel",
    "change",
    "check_in",
    "close",
    "close_campaign",
    "correct",
    "decide_leave",
    "decline",
    "forward",
    "follow_guide",
    "hold",
    "invite",
    "keep_campaign",
    "lacks_study",
    "look_at",
    "mark",
    "mark_of_campaign",
    "note_export",
    "plan",
    "raise_opinion",
    "release",
    "remind",
    "reopen_campaign",
    "reply",
    "request",
    "return_theme",
    "submit_theme",
    "succeed",
    "take_theme_back",
    "unmarked_calls",
    "write_up",
]
