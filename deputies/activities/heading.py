"""Who acts for an organ without serving in it: the deputy who heads a station (负责人; 站长、家长).

Activities know organs and seats, not stations: a room above that knows who heads a kind of organ says so with `heads`.
"""

from dataclasses import dataclass

_heads = {}


@dataclass(frozen=True)
class Heads:
    """What a room says of one kind of organ: (seats) → the organs that they head; (organ) → the seats that head it."""

    organs: object
    seats: object


def heads(kind, *, organs, seats):
    """Say who heads the organs of this kind; called once by the room when it is loaded. Both answer with querysets."""
    _heads[kind] = Heads(organs, seats)


def organs_headed(seats):
    """Querysets of the ids of the organs that these seats head; none for who holds no seat."""
    return [each.organs(seats) for each in _heads.values()] if seats else []


def heads_any(seats):
    """Whether one of these seats heads an organ at all."""
    return any(organs.exists() for organs in organs_headed(seats))


def is_headed_by(organ, seats):
    """Whether one of these seats heads the organ; asks the database only of a kind that has heads."""
    known = _heads.get(organ.kind) if seats else None
    return known is not None and known.organs(seats).filter(pk=organ.pk).exists()


def seats_heading(organ):
    """The seats that head this organ."""
    known = _heads.get(organ.kind)
    return known.seats(organ.pk) if known else ()
