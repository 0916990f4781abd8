"""How attendance becomes the record of duties: each change of a list through the one door downward (履职登记)."""

from deputies.activities.kinds import DUTY_OF
from deputies.activities.models import Attendance
from deputies.duties import actions as duties
from deputies.duties.actions import Performed
from deputies.duties.models import DutyRecord

DUTY_OUTCOME = {
    Attendance.Outcome.PRESENT: DutyRecord.Outcome.DONE,
    Attendance.Outcome.LEAVE: DutyRecord.Outcome.LEAVE,
    Attendance.Outcome.ABSENT: DutyRecord.Outcome.ABSENT,
}
_elsewhere = {}  # kind of duty: function(activity) that gives the seats of whom a room above has the word


def told_elsewhere(kind):
    """Register a function that says of which seats a room above puts down the duty of this kind itself."""

    def register(function):
        _elsewhere[kind] = function
        return function

    return register


OUTCOME_OF_DUTY = {duty: outcome for outcome, duty in DUTY_OUTCOME.items()}


def write_duties(activity, outcomes, *, on, by):
    """Put down for each deputy that he came, was excused, or stayed away; an absence is a denominator."""
    kind = DUTY_OF[activity.kind]
    told = _elsewhere[kind](activity) if kind in _elsewhere else ()
    rows = [
        Performed(
            mandate_id=mandate,
            outcome=DUTY_OUTCOME[outcome],
            hours=activity.hours if outcome == Attendance.Outcome.PRESENT else None,
        )
        for mandate, outcome in outcomes.items()
        if mandate not in told
    ]
    if rows:
        place, held_on = activity.place, activity.held_on
        duties.register(activity, kind, rows, title=activity.title, held_on=held_on, place=place, on=on, by=by)


def rewrite_duties(activity, *, on, by):
    """After the title, the day or the place changed: the rows that stand say the same."""
    write_duties(activity, dict(activity.attendances.values_list("mandate", "outcome")), on=on, by=by)


def withdraw_duties(activity, mandates, *, on, by):
    """Take deputies off the record whom the organiser took off his list."""
    duties.withdraw(activity, DUTY_OF[activity.kind], list(mandates), on=on, by=by)
