"""Who may read a stored paper, and under which name: the room of its case says so (阅读权)."""

from dataclasses import dataclass

_houses = {}


@dataclass(frozen=True)
class House:
    """What a room says of the papers of its cases: (user, case id) → may he; (user, stored) → its name for him.

    Where it `notes`, (user, case id) puts down that he took one out of the portal (导出留痕).
    """

    may_read: object
    shown_name: object = None
    notes: object = None


def papers_of(kind, *, may_read, shown_name=None, notes=None):
    """Say who reads the papers of one kind of case; called once by the room when it is loaded."""
    _houses[kind] = House(may_read, shown_name, notes)


def may_read(user, stored):
    """A paper of no case is its uploader's alone."""
    house = _houses.get(stored.case_kind)
    return house.may_read(user, stored.case_id) if house else stored.uploaded_by_id == user.pk


def note_taken(user, stored):
    """Put down who took a paper out, where its room wants that in the journal."""
    house = _houses.get(stored.case_kind)
    if house and house.notes:
        house.notes(user, stored.case_id)


def shown_name(user, stored):
    house = _houses.get(stored.case_kind)
    return house.shown_name(user, stored) if house and house.shown_name else stored.name
