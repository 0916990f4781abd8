"""The journal of a case as one column of sentences (经过)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from congress.procedure.models import Entry
from congress.procedure.workflow import says


@dataclass(frozen=True)
class Sentence:
    """One line: the day, what happened, and beneath it why so late or by whose hand."""

    on: object
    text: str
    sub: str = ""


class _Facts(dict):
    """The facts of an entry, silent where an older entry lacks one."""

    def __missing__(self, key):
        return ""


def sentence_of(entry):
    """One entry as a sentence, with every name in it."""
    return str(says(entry.verb)) % _Facts({"who": entry.by.name, **entry.facts})


def small_print(entry):
    """Whose hand wrote it for whom, and why later than it happened."""
    parts = []
    if entry.on_behalf_of_id:
        parts.append(_("%(by)s代%(whom)s录入") % {"by": entry.by.name, "whom": entry.on_behalf_of.name})
    if entry.facts.get("late_reason"):
        day = f"{entry.at:%Y-%m-%d}"
        parts.append(_("%(day)s补录：%(reason)s") % {"day": day, "reason": entry.facts["late_reason"]})
    return "；".join(parts)


def history(case, *, without=()):
    """What happened to a case, newest first; one statement. Who may not know every name reads `without` some verbs."""
    entries = Entry.objects.of(case).exclude(verb__in=without).select_related("by", "on_behalf_of")
    told = [Sentence(entry.on, sentence_of(entry), small_print(entry)) for entry in entries]
    told.reverse()
    return told
