"""The journal of a case as one column of sentences (经过)."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from congress.kit.dates import said
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


def sentence_of(entry, *, otherwise=None):
    """One entry as a sentence, with every name in it; `otherwise` holds the sentences of some verbs for this reader."""
    words = (otherwise or {}).get(entry.verb) or says(entry.verb)
    return str(words) % _Facts({"who": entry.by.name, **entry.facts})


def small_print(entry):
    """Whose hand wrote it for whom, and why later than it happened."""
    parts = []
    if entry.on_behalf_of_id:
        parts.append(_("%(by)s代%(whom)s录入") % {"by": entry.by.name, "whom": entry.on_behalf_of.name})
    if entry.facts.get("late_reason"):
        day = said(timezone.localdate(entry.at))
        parts.append(_("%(day)s补录：%(reason)s") % {"day": day, "reason": entry.facts["late_reason"]})
    return "；".join(parts)


def history(case, *, without=(), otherwise=None, quiet=False):
    """What happened to a case, newest first; one statement.

    Who is not of the office reads `without` some verbs, some told `otherwise`, and `quiet`: not by whose hand, or why
    so late.
    """
    entries = Entry.objects.of(case).exclude(verb__in=without).select_related("by", "on_behalf_of")
    told = [
        Sentence(entry.on, sentence_of(entry, otherwise=otherwise), "" if quiet else small_print(entry))
        for entry in entries
    ]
    told.reverse()
    return told
