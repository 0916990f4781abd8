"""The journal of a case as one column of sentences (经过)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from congress.organs.hats import hats_of
from congress.procedure.workflow import says
from suggestions.docket.identity import hides_names, without_names

# A handling department reads of its own procedure; what the rooms above write around a rating stays sealed.
OPEN_TO_HANDLERS = frozenset({"suggestion", "share"})


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
    """One entry as a sentence; who must not know the proposer reads it through `sentences`."""
    return str(says(entry.verb)) % _Facts({"who": entry.by.name, **entry.facts})


def reads_as_handler(case, reader):
    """Whether this reader sees the case only through a handling department."""
    hats = hats_of(reader)
    return bool(hats.departments) and case.congress_id not in hats.watches


def sentences(case, entries, *, reader, names):
    """The journal newest first; `names` are the proposers', hidden where this reader must not know them."""
    handler = reads_as_handler(case, reader)
    hidden = names if hides_names(case, reader=reader) else ()
    told = []
    for entry in entries:
        if handler and entry.verb.partition(".")[0] not in OPEN_TO_HANDLERS:
            continue
        text = sentence_of(entry)
        told.append(Sentence(entry.on, without_names(text, hidden), without_names(_small_print(entry), hidden)))
    told.reverse()
    return told


def _small_print(entry):
    """Whose hand wrote it for whom, and why later than it happened."""
    parts = []
    if entry.on_behalf_of_id:
        parts.append(_("%(by)s代%(whom)s录入") % {"by": entry.by.name, "whom": entry.on_behalf_of.name})
    if entry.facts.get("late_reason"):
        day = f"{entry.at:%Y-%m-%d}"
        parts.append(_("%(day)s补录：%(reason)s") % {"day": day, "reason": entry.facts["late_reason"]})
    return "；".join(parts)
