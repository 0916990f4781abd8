"""The journal of a case as one column of sentences (经过)."""

from congress.organs.hats import hats_of
from congress.procedure.telling import Sentence, sentence_of, small_print
from suggestions.docket.identity import hides_names, without_names

# A handling department reads of its own procedure; what the rooms above write around a rating stays sealed.
OPEN_TO_HANDLERS = frozenset({"suggestion", "share"})


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
        told.append(Sentence(entry.on, without_names(text, hidden), without_names(small_print(entry), hidden)))
    told.reverse()
    return told
