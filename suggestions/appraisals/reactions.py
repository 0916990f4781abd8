"""A sent reply opens its survey, in the same transaction; and what the tallies count of ratings."""

from django.utils import timezone

from congress.accounts.models import User
from congress.deadlines.models import Clock
from congress.procedure.reactions import after
from suggestions.appraisals import actions, ratings
from suggestions.appraisals.models import Slip, Survey
from suggestions.appraisals.workflow import JUDGEMENT, SURVEY
from suggestions.docket.models import Suggestion
from suggestions.docket.tallies import follow, is_handled, marks


@after("suggestion.reply")
def open_survey(taken):
    """The system asks, whoever signed; of a reply put down late he has his days from when he can read it (补录)."""
    on = timezone.localdate() if taken.entry.facts.get("late_reason") else taken.on
    actions.open_survey(taken.subject, on=on, by=User.objects.robot())


@after("mandate.end")
def rate_on(taken):
    """A re-elected deputy rates on the new seat what he was asked on the old one."""
    asked = Slip.objects.filter(mandate=taken.case, survey__state=Survey.State.OPEN)
    if asked.exists() and (following := taken.case.followed_by()) is not None:
        twice = Slip.objects.filter(mandate=following).values("survey")
        asked.exclude(survey__in=twice).update(mandate=following)


@after("clock.moved")
def move_the_window(clock):
    """The window closes with its clock, also when a calendar or the rules move that."""
    if clock.rule == "evaluation" and clock.state == Clock.State.RUNNING:
        Survey.objects.filter(pk=clock.subject_id).update(closes_on=clock.due_on)


@marks(
    asked=ratings.was_asked,
    result=ratings.result,
    attitude=ratings.attitude,
    to_judge=ratings.to_judge,
    displeased=ratings.was_displeased,
)
def _of_the_ratings(case):
    if case["to_judge"] or (case["displeased"] and case["state"] == Suggestion.State.REPLIED):
        yield "displeased"
    if not is_handled(case):
        return
    if case["asked"]:
        yield "asked"
    if case["result"]:
        yield "rated"
        yield f"result_{case['result']}"
    if case["attitude"]:
        yield f"attitude_{case['attitude']}"
    if case["to_judge"]:
        yield "to_judge"


follow(SURVEY)
follow(JUDGEMENT)
