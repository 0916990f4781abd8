"""The journal as evidence: every chain of the house, walked from its first entry to its end (日志核验)."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import OuterRef, Subquery

from congress.procedure.models import Chain, Entry

BATCH = 500  # cases a statement
_CHUNK = 2000  # rows in memory: one case may fill a long journal


@dataclass(frozen=True)
class Walked:
    """What the walk over one case's chain found: `broken` is the number at which it first breaks, or None."""

    kind: str
    case_id: int
    entries: int
    broken: int | None = None


def walk():
    """Walk every chain, a batch of cases a time, and say of each what was found.

    Besides what an altered or missing entry leaves behind, the row at the end of a chain tells of entries cut off
    there, which no later entry could.
    """
    for kind in _kinds():
        after = 0
        while after is not None:
            chains = Chain.objects.filter(kind=kind, case_id__gt=after).order_by("case_id")
            ids = list(chains.values_list("case_id", flat=True)[:BATCH])
            upto = ids[-1] if len(ids) == BATCH else None  # the last batch takes what stands beyond the last chain
            entries = Entry.objects.filter(kind=kind, case_id__gt=after).order_by("case_id", "seq")
            yield from _walk_batch(kind, ids, entries if upto is None else entries.filter(case_id__lte=upto))
            after = upto


def _kinds():
    return sorted({kind for table in (Chain, Entry) for (kind,) in table.objects.values_list("kind").distinct()})


def _walk_batch(kind, ids, entries):
    """A chain and its entries are read in one statement, so that who writes meanwhile breaks nothing."""
    end = Chain.objects.filter(kind=OuterRef("kind"), case_id=OuterRef("case_id"))
    entries = entries.annotate(end_seq=Subquery(end.values("last_seq")), end_hash=Subquery(end.values("last_hash")))
    left = set(ids)
    for case_id, own in groupby(entries.iterator(chunk_size=_CHUNK), key=lambda entry: entry.case_id):
        left.discard(case_id)
        yield _walk_case(kind, case_id, own)
    for case_id in sorted(left):
        yield Walked(kind, case_id, 0, broken=1)


def _walk_case(kind, case_id, entries):
    previous, number, broken = "", 0, None
    for number, entry in enumerate(entries, start=1):  # noqa: B007  how many there were is told
        if broken is None and not entry.follows(number, previous):
            broken = number
        previous = entry.hash
    if broken is None and (entry.end_seq, entry.end_hash) != (number, previous):
        broken = number + 1
    return Walked(kind, case_id, number, broken)
