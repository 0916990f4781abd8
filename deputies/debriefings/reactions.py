"""What debriefings keep in step with the rooms below: corrected records, who reads the reports (核实、阅读权)."""

from congress.files.readers import papers_of
from congress.procedure.reactions import after
from deputies.activities.actions.duties import told_elsewhere
from deputies.debriefings import actions
from deputies.debriefings.models import Debriefing, Statement
from deputies.duties.kinds import Kind

_DEBRIEFING = Debriefing._meta.label_lower


@after("duty.correct")
def follow_correction(taken):
    """One fact, one truth: whoever is found not to have reported counts in no rate of debriefings."""
    _follow(taken, has_reported=taken.case.outcome == taken.case.Outcome.DONE)


@after("duty.strike")
def follow_strike(taken):
    _follow(taken, has_reported=False)


def _follow(taken, *, has_reported):
    record = taken.case
    if record.source_kind == _DEBRIEFING:
        debriefing = Debriefing.objects.get(pk=record.source_id)
        actions.follow_record(debriefing, record.mandate, has_reported=has_reported, on=taken.on, by=taken.by)


@told_elsewhere(Kind.DEBRIEFING)
def those_who_reported(activity):
    """The list of the meeting says who was there; who reported says the debriefing."""
    return actions.told_of(activity)


def _may_read(user, statement_id):
    return Statement.objects.visible_to(user).filter(pk=statement_id).exists()


papers_of(Statement._meta.label_lower, may_read=_may_read)
