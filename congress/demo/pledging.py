"""What deputies of the demonstration county set themselves, and who keeps in touch with whom (承诺、双联系)."""

from datetime import date, timedelta
from random import Random

from deputies.duties.kinds import Kind
from deputies.duties.models import DutyRecord
from deputies.pledges import actions as pledges
from deputies.pledges.actions import Promised
from deputies.pledges.models import ContactLog, FollowUp
from deputies.pledges.presets import BY_CODE

CARDS = ("12345", "wuyi", "siyi")
PLANS = 20
# aspect, what is promised, done by (month, day), what was done
PROMISES = (
    ("联系选民", "走访本选区选民五十名，建立意见台账", (6, 30), "已走访五十二名，意见分类登记。"),
    ("联系选民", "每季度到联络站接待一次", (12, 20), "四次接待都有记录。"),
    ("提出建议", "就村道养护提出一件有调研的建议", (3, 31), "建议已提交并交办。"),
    ("提出建议", "跟踪去年所提建议的落实", (9, 30), "承办单位已到现场办结。"),
    ("办实事", "协调安装村口路灯", (5, 31), "装好十二盏，已亮灯。"),
    ("办实事", "帮助两户困难家庭找到稳定工作", (10, 31), "两人已到县工业园区上班。"),
    ("学习履职", "参加全部集中培训", (11, 30), "培训全部参加。"),
)
SHOWN_BY = {
    "联系选民": (Kind.VISIT, Kind.RECEPTION), "提出建议": (Kind.SUGGESTION,), "办实事": (Kind.PRACTICAL_MATTER,),
    "学习履职": (Kind.TRAINING,),
}  # fmt: skip
KEPT_IN_TIME, KEPT_EARLY = 0.85, 0.2
WITHOUT = 2  # members to whom nobody was allotted yet
SINCE, LONG_SINCE = 150, 215  # days; every sixth member has had his since the spring and some are overdue
CONTACTED = 0.35
CONTENTS = (
    "征求对常委会听取水利工作报告的意见，代表反映灌渠淤积。",
    "了解代表参加小组活动的情况，听取对村道养护的意见。",
    "走访代表企业，了解用工和融资困难。",
    "邀请代表列席常委会会议，商定会前视察。",
)
PLACES = ("代表联络站", "代表家中", "村委会", "代表所在单位")
MENTORED = 12
UNTIED = {8, 12}  # places of the townships after which nobody looks
CHANGED = 2  # the place of one that was given to somebody else


class Pledging:
    """Writes the plans, the cards and the contacts of one county."""

    def __init__(self, county):
        self.county, self.congress, self.today = county, county.congress, county.today
        self.random = Random(51)  # its own, so that the other parts of the county stay as they are
        self.clerk = county.accounts["clerk"]
        self.seats = [seat for seat in county.mandates if seat.state == "active"]
        self.logs = []

    def write_all(self):
        for code in CARDS:
            pledges.adopt(BY_CODE[code], congress=self.congress, by=self.clerk)
        for number, seat in enumerate(self.seats[:PLANS]):
            self._plan(seat, number)
        self._contacts()
        self._follow()
        self._mentors()
        self._townships()

    def _who(self, seat):
        return seat.deputy.user or self.clerk

    def _plan(self, seat, number):
        """Two or three aspects, what was due mostly kept; every ninth deputy gave one up and says why."""
        year = self.today.year
        filed_on = min(date(year, 1, 12 + number % 15), self.today)
        chosen = [PROMISES[(number + step) % len(PROMISES)] for step in (0, 3, 6)]
        done = {text: words for _aspect, text, _day, words in chosen}
        plan = pledges.file_plan(
            seat, year=year, on=filed_on, by=self._who(seat),
            pledges=[Promised(aspect, text, date(year, *day)) for aspect, text, day, _words in chosen],
        )  # fmt: skip
        for place, pledge in enumerate(plan.pledges.select_related("plan__mandate__deputy")):
            is_due = pledge.due_on <= self.today
            if place == 1 and number % 9 == 8:
                reason = "原定的村道已列入县里统一改造，不再单独提出。"
                pledges.drop(pledge, reason=reason, on=self.today, by=self._who(seat))
            elif self.random.random() < (KEPT_IN_TIME if is_due else KEPT_EARLY):
                day = max(filed_on, min(pledge.due_on - timedelta(days=6), self.today))
                shown = self._shown(seat, pledge.aspect, until=day)
                pledges.keep(pledge, evidence=done[pledge.text], records=shown, on=day, by=self._who(seat))

    def _shown(self, seat, aspect, *, until):
        """The records by which those with an account show that they did it: of that aspect, and before that day."""
        if not seat.deputy.user_id:
            return ()
        done = DutyRecord.objects.filter(mandate=seat, kind__in=SHOWN_BY[aspect]).verified()
        return done.between(date(self.today.year, 1, 1), until).order_by("-held_on")[:2]

    def _contacts(self):
        members = [seat for seat in self.seats if seat.is_standing_member]
        others = sorted(
            (seat for seat in self.seats if not seat.is_standing_member), key=lambda seat: seat.delegation_id
        )
        pool = iter(others)
        for place, member in enumerate(members[:-WITHOUT]):
            since = self.today - timedelta(days=LONG_SINCE if place % 6 == 5 else SINCE)
            chosen = [seat for seat, _each in zip(pool, range(self.random.randint(4, 7)), strict=False)]
            if len(chosen) < 4:
                return
            for tie in pledges.allot(member, chosen, on=since, by=self.clerk):
                if place < 3 or self.random.random() < CONTACTED:
                    self._log(tie, self._who(member))

    def _log(self, tie, who):
        number = len(self.logs)
        day = self.today - timedelta(days=self.random.randint(2, SINCE - 10))
        method = (ContactLog.Method.VISIT, ContactLog.Method.TALK, ContactLog.Method.PHONE)[number % 3]
        self.logs.append(
            pledges.log(
                tie, held_on=day, method=method, place=PLACES[number % len(PLACES)],
                content=CONTENTS[number % len(CONTENTS)], on=day, by=who,
            )
        )  # fmt: skip

    def _follow(self):
        """What two contacts brought up: with a department and answered, and for the agenda of the chairpersons."""
        ditch, road = self.logs[:2]
        passed = pledges.follow(
            ditch, text="下湾支渠淤积，春灌前请清淤。", route=FollowUp.Route.DEPARTMENT,
            department=self.county.departments["县水利局"], on=ditch.held_on, by=self.clerk,
        )  # fmt: skip
        settled_on = min(ditch.held_on + timedelta(days=20), self.today)
        pledges.settle(passed, result="已清淤一千二百米，代表到场看过。", on=settled_on, by=self.clerk)
        pledges.follow(
            road, text="请听取一次村道养护情况的汇报。", route=FollowUp.Route.AGENDA,
            meeting=FollowUp.Meeting.CHAIRPERSONS, on=road.held_on, by=self.clerk,
        )  # fmt: skip

    def _mentors(self):
        """Re-elected deputies each help a new one along; deputies of the county help those of three townships."""
        since, experienced, fresh = self.today - timedelta(days=SINCE), [], []
        for seat in self.seats[3:]:
            (experienced if seat.is_re_elected else fresh).append(seat)
        for mentor, deputy in zip(experienced[:MENTORED], fresh, strict=False):
            pledges.pair(mentor, deputy, on=since, by=self.clerk)
        for township in self.county.townships[:3]:
            mentor = next((seat for seat in self.seats if seat.delegation.township == township), None)
            deputy = township.mandates.filter(state="active").select_related("congress", "deputy").first()
            if mentor and deputy:
                pledges.pair(mentor, deputy, on=since, by=self.clerk)

    def _townships(self):
        """Members of the committee each look after one or two townships; one changed, two have nobody (挂钩联系)."""
        members = [seat for seat in self.seats if seat.is_standing_member]
        first = date(self.today.year - 1, 12, 20)
        for place, township in enumerate(self.county.townships):
            if place in UNTIED:
                continue
            member = members[place % max(len(members) * 2 // 3, 1)]
            if place == CHANGED:
                pledges.tie_township(
                    township, members[-1], since=first - timedelta(days=400), on=self.today, by=self.clerk
                )
            pledges.tie_township(township, member, since=first, on=self.today, by=self.clerk)
