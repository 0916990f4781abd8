"""The journal of an activity as sentences (经过)."""

from congress.procedure.models import Entry
from congress.procedure.workflow import says

SHOWN = 40
OF_LEAVE = frozenset({"invitation.ask_leave", "invitation.refuse_leave"})


class _Facts(dict):
    """The facts of an entry, silent where an older one lacks something."""

    def __missing__(self, key):
        return ""


def sentences(case, *, without=("duty.register", "duty.withdraw"), reads_reasons=True):
    """[{on, text}], newest first; a long activity shows its last ones. `without` are verbs this reader is not told.

    Who reads no reasons is told that somebody asked for leave, and neither why nor what he was answered.
    """
    entries = Entry.objects.of(case).exclude(verb__in=without).select_related("by").order_by("-seq")[:SHOWN]
    return [{"on": entry.on, "text": _said(entry, reads_reasons)} for entry in entries]


def _said(entry, reads_reasons):
    facts = _Facts({"who": entry.by.name, **entry.facts})
    if reads_reasons or entry.verb not in OF_LEAVE:
        return str(says(entry.verb)) % facts
    return (str(says(entry.verb)) % _Facts(facts | {"reason": "", "answer": ""})).rstrip("：")
