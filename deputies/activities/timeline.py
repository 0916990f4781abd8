"""The journal of an activity as sentences (经过)."""

from congress.procedure.models import Entry
from congress.procedure.workflow import says

SHOWN = 40


class _Facts(dict):
    """The facts of an entry, silent where an older one lacks something."""

    def __missing__(self, key):
        return ""


def sentences(case, *, without=("duty.register", "duty.withdraw")):
    """[{on, text}], newest first; a long activity shows its last ones. `without` are verbs this reader is not told."""
    entries = Entry.objects.of(case).exclude(verb__in=without).select_related("by").order_by("-seq")[:SHOWN]
    return [
        {"on": entry.on, "text": str(says(entry.verb)) % _Facts({"who": entry.by.name, **entry.facts})}
        for entry in entries
    ]
