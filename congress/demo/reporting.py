"""Deputies of the demonstration county reporting to their voters: three times done, once ahead (代表述职)."""

from datetime import timedelta
from random import Random

from deputies.debriefings import actions as debriefings
from deputies.debriefings.models import Debriefing
from deputies.debriefings.wordings import usual_arrangement
from deputies.duties import actions as duties

HELD = ((205, False, Debriefing.Mode.ORAL), (118, True, Debriefing.Mode.ORAL), (44, False, Debriefing.Mode.WRITTEN))
AHEAD = 12  # days
REPORTING = 8  # deputies each time
REPORT = """各位选民：

一年来，我参加代表大会和小组活动，走访选民，听取大家对道路、饮水、就医的意见，提出建议{number}件，督促解决村道照明等实事。

不足是学习法律不够，走访外出务工人员家庭不多。下一步，我将每月到联络站接待一次，把大家的意见记清楚、跟到底。

报告完毕，请选民评议。"""
HANDED_OUT, SPOILT = 46, (2, 1)  # slips; how many did not come back, how many of the others did not count
HOW = "在联络站公示栏和县人大网站公布，并书面告知本人"


class Reporting:
    """Writes the debriefings of one county."""

    def __init__(self, county):
        self.county, self.today = county, county.today
        self.random = Random(58)  # its own, so that the other parts of the county stay as they are
        self.clerk = county.accounts["clerk"]

    def write_all(self):
        """The groups of the deputies who can sign in: two of them have their results, one will report soon."""
        first, soon, third = (self._group_of(seat) for seat in self.county.mandates[:3])
        for group, (ago, by_aspects, mode) in zip((first, self.county.groups[-1], third), HELD, strict=True):
            day = self.today - timedelta(days=ago)
            planned = self._arrange(group, day, on=day - timedelta(days=20), by_aspects=by_aspects, mode=mode)
            self._held(planned, day)
        self._arrange(soon, self.today + timedelta(days=AHEAD), on=self.today - timedelta(days=5))
        duties.lapse(on=self.today, by=self.county.robot)

    def _group_of(self, seat):
        return next(group for group in self.county.groups if group.township == seat.delegation.township)

    def _arrange(self, group, day, *, on, **more):
        """The deputies who can sign in come first."""
        seats = group.members.filter(state="active").select_related("congress").order_by("pk")[:REPORTING]
        planned = Debriefing(
            congress=self.county.congress, term=self.county.term, group=group, planned_on=day,
            title=f"{group.name.removesuffix('代表小组')}代表向选民述职测评会", place="便民服务中心二楼会议室",
            chair=f"{group.leader.deputy.name}（组长）", arrangement=usual_arrangement(is_direct=True),
            created_by=self.clerk, **more,
        )  # fmt: skip
        return debriefings.arrange(planned, seats, on=on, by=self.clerk)

    def _held(self, planned, day):
        later = day + timedelta(days=2)
        for number, statement in enumerate(self._statements(planned)):
            debriefings.hand_in(
                statement, text=REPORT.format(number=number % 3 + 1), on=day - timedelta(days=3),
                by=statement.mandate.deputy.user or self.clerk,
            )  # fmt: skip
        debriefings.hold(planned, on=day, by=self.clerk)
        for statement in self._statements(planned):
            returned = HANDED_OUT - self.random.randint(0, SPOILT[0])
            valid = returned - self.random.randint(0, SPOILT[1])
            counts = {}
            for aspect, _label in planned.aspects:
                counts |= self._slips(planned, aspect, valid)
            debriefings.tally(
                statement, handed_out=HANDED_OUT, returned=returned, valid=valid, counts=counts, on=later,
                by=self.clerk,
            )  # fmt: skip
        debriefings.evaluate(planned, on=later, by=self.clerk)
        debriefings.publish(planned, how=HOW, on=day + timedelta(days=5), by=self.clerk)

    def _statements(self, planned):
        return planned.statements.select_related("debriefing__congress", "mandate__deputy__user")

    def _slips(self, planned, aspect, valid):
        """Most are content, a few less so, hardly anybody is not; the sum is the number of valid slips."""
        best, middle, worst = (grade for grade, _words in planned.grades)
        against = self.random.choice((0, 0, 0, 1, 2, 3))
        so_so = self.random.randint(2, 9)
        return {(aspect, best): valid - so_so - against, (aspect, middle): so_so, (aspect, worst): against}
