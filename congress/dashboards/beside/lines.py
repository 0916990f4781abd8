"""Which lines a desk and a deputy's first page have, in their order (其他待办的次序)."""

from congress.dashboards.beside import (
    activities,
    assessments,
    contacts,
    duties,
    opinions,
    promises,
    safeguards,
)
from congress.dashboards.beside.work import Work, rows_of
from congress.procedure import errands

WORKS = (
    promises.LOOK_BACK,
    promises.PUT_OFF,
    promises.OVERDUE,
    promises.TO_KEEP,
    opinions.RECEIVED,
    opinions.UPWARD,
    opinions.ROUTED,
    activities.RAISED,
    contacts.PASSED_ON,
    contacts.FOR_THE_AGENDA,
    opinions.PROPOSED,
    activities.THEME,
    activities.LEAVE,
    activities.TO_END,
    activities.TO_CLOSE,
    duties.CLAIMED,
    duties.OBJECTED,
    safeguards.HELP,
    safeguards.HELP_LATE,
    safeguards.PROTECTED,
    assessments.ASSESS,
)
REPEATING = frozenset({promises.OVERDUE.code})
"""Lines whose rows stand in other lines too: what is overdue is to be kept or to be looked back at."""
SHOWN_APART = (activities.CALL, duties.TO_CONFIRM)
"""What a deputy's first page shows one by one, and a program as lines."""
OF_DEPUTY = (
    *SHOWN_APART,
    duties.REFUSED,
    duties.OF_MEMBERS,
    opinions.PROPOSED_TO_GROUPS,
    opinions.AT_MY_STATION,
    duties.UNREAD,
)


def works_of_deputy():
    """The same with what the rooms tell that the desk may not import."""
    names = ("code", "label", "why", "go", "page", "rows")
    return OF_DEPUTY + tuple(Work(*(getattr(each, name) for name in names)) for each in errands.told())


def rows_beside(reader, works=WORKS):
    """The lines with something in them, counted in one statement."""
    return rows_of(reader, works)
