"""What somebody may read of a sheet: the office all, the deputy others' marks once it is closed, a rater those before
him (考评表的阅读)."""

from congress.organs.hats import hats_of
from deputies.assessments.models import Assessment, Stage
from deputies.assessments.results import NONE_YET, Result, result_of
from deputies.roll.models import Mandate
from deputies.roll.seats import active_seats_of, seats_of

R = Stage.Rater


class Reading:
    """One reader, with the members of the groups he leads read once."""

    def __init__(self, user):
        self.hats, self.seats = hats_of(user), seats_of(user)
        own = active_seats_of(user)
        led = Mandate.objects.filter(groups__leader__in=own).values_list("pk", flat=True) if own else ()
        self.led = frozenset(led)

    def markings(self, sheet):
        """The markings of a sheet that he may read, in the order of the raters."""
        markings = sorted(sheet.markings.all(), key=lambda each: each.stage.position)
        if self.reads_all(sheet):
            return markings
        mine = [each.stage.position for each in markings if self._rates(each.stage.rater, sheet)]
        return [each for each in markings if mine and each.stage.position <= max(mine)]

    def reads_all(self, sheet):
        closed = sheet.assessment.state == Assessment.State.CLOSED
        return closed or sheet.assessment.congress_id in self.hats.watches and sheet.mandate_id not in self.seats

    def result(self, sheet):
        """What he is told of the result: what was written down, or while it is open what it would be."""
        if sheet.state != sheet.State.TAKING or not self.reads_all(sheet):
            return NONE_YET
        if sheet.assessment.state == Assessment.State.CLOSED:
            return Result(sheet.points, sheet.grade, bool(sheet.grade) or sheet.points is not None)
        return result_of(sheet.assessment.method, list(sheet.markings.all()))

    def _rates(self, rater, sheet):
        if rater == R.DEPUTY:
            return sheet.mandate_id in self.seats
        if sheet.mandate_id in self.seats:
            return False
        if rater == R.GROUP:
            return sheet.mandate_id in self.led
        delegation = sheet.mandate.delegation
        return rater == R.TOWNSHIP and delegation is not None and delegation.township_id in self.hats.clerk_of
