"""A year of duties in the demonstration county: sessions, inspections, group activities, receptions (一年的履职).

Everything is carried out by the verbs that people use, on the day on which it would have been done.
"""

from datetime import datetime, time, timedelta
from itertools import cycle

from django.utils.timezone import make_aware

from congress.kit.periods import quarter_of
from congress.organs.roles import Role
from deputies.activities import actions as activities
from deputies.activities.kinds import Kind
from deputies.activities.models import Attendance, Campaign, Invitation
from deputies.duties import actions as duties
from deputies.duties.kinds import Kind as Duty
from deputies.duties.models import DutyRecord
from liaison.receptions import actions as receptions

# place in the list of townships, name, what it is about, how far it has come, days before today, what came of it
BRANDS = (
    (1, "石桥夜话", "代表每月到村头院坝听意见", Campaign.Stage.NAMED, 640, "听取意见 210 条，当场解决 64 条。"),
    (2, "云峰马背宣讲", "代表上山讲法规、讲政策", Campaign.Stage.GROWING, 150, ""),
    (3, "柳溪河长代表", "代表和河长一起巡河", Campaign.Stage.STOPPED, 900, "并入“青石河治理”专题。"),
)
# kind, title, theme, place, days before today, how many deputies are called, what was raised there
HELD = (
    (Kind.INSPECTION, "视察农村饮水安全", "农村饮水工程水质和管护", "青石河水厂", 250, 30,
     ("县水利局", "水源地围栏破损两处，请尽快修复。")),
    (Kind.INSPECTION, "视察校园食堂", "食堂原料采购和陪餐制度", "县第二中学", 80, 24,
     ("县教体局", "食堂公示的采购价与市场价相差较大，请核查。")),
    (Kind.LAW_INSPECTION, "检查水法贯彻实施情况", "取水许可和水源保护", "县水利局", 200, 18,
     ("县水利局", "三家洗沙场没有取水许可，请依法处理。")),
    (Kind.LAW_INSPECTION, "检查安全生产法贯彻实施情况", "小型企业安全生产责任", "工业园区", 140, 16, None),
    (Kind.LAW_INSPECTION, "检查食品安全法贯彻实施情况", "农村集市和小作坊", "石桥镇集市", 60, 20, None),
    (Kind.RESEARCH, "调研村集体经济", "空壳村怎么起步", "云峰镇", 220, 12,
     ("县农业农村局", "请对村集体出租资产的合同作一次清理。")),
    (Kind.RESEARCH, "调研基层医疗", "乡镇卫生院的药品和医生", "柳溪镇卫生院", 120, 10, None),
    (Kind.WORK_REVIEW, "评议县住建局工作", "老旧小区改造", "县人大会议室", 100, 25,
     ("县住建局", "改造项目的工期和质量要向住户公示。")),
    (Kind.COURT_HEARING, "旁听行政案件庭审", "行政机关负责人出庭应诉", "县人民法院", 150, 15, None),
    (Kind.BRIEFING, "上半年政情通报会", "通报上半年经济运行和民生实事", "县人大会议室", 130, 60, None),
    (Kind.EXCHANGE, "代表履职经验交流会", "怎样提出高质量的建议", "县人大会议室", 70, 45, None),
    (Kind.VOLUNTEERING, "护河志愿服务", "青石河清滩", "青石河", 40, 28, None),
)  # fmt: skip
OF_THE_RIVER = ("视察农村饮水安全", "检查水法贯彻实施情况", "护河志愿服务")
STANDING_MEETINGS = (300, 240, 180, 120, 60, 20)  # days before today; observers sit in
OBSERVERS = 5
GROUP_THEMES = ("走访困难群众", "察看道路和路灯", "学习代表法", "座谈村级治理", "督促建议办理")
ABSENT, EXCUSED = 0.05, 0.06  # how many of those called stay away, or are excused
WITHOUT_WAGE = ("种粮大户", "农民专业合作社理事长")
VISITS = 6  # every so manyth time the deputies went out to a village
RECEPTION_GAPS = 7  # every so manyth reception was missed: the grid shows where


def statute_of(kind, title):
    """The law whose observance an inspection looks at, as its title names it: 检查水法贯彻实施情况 → 水法."""
    return title.removeprefix("检查").removesuffix("贯彻实施情况") if kind == Kind.LAW_INSPECTION else ""


class Year:
    """Writes a year of activities of one county."""

    def __init__(self, county):
        self.county = county
        self.random = county.random
        self.clerk = county.accounts["clerk"]
        self.seats = [seat for seat in county.mandates if seat.state == "active"]
        self.turn = cycle(self.seats)

    def write_all(self):
        self._sessions()
        self._standing_meetings()
        river = self._river()
        self._brands()
        for kind, title, theme, place, ago, called, raised in HELD:
            statute = statute_of(kind, title)
            campaign = river if title in OF_THE_RIVER else None
            more = {"raised": raised, "statute": statute, "campaign": campaign}
            self._held(kind, title, theme, place, ago, self._some(called), **more)
        self._groups()
        self._receptions()
        duties.lapse(on=self.county.today, by=self.county.robot)
        self._claims()
        self._incomes()
        self._ahead()

    def _river(self):
        """A topic that is followed over years (持续监督专题)."""
        river = Campaign(
            congress=self.county.congress, kind=Campaign.Kind.TOPIC, name="青石河治理",
            theme="水源保护、取水许可、河道清理", outcome="三家无证洗沙场已经停业，水源地围栏修复。",
            starts_on=self.county.today - timedelta(days=700),
        )  # fmt: skip
        return activities.keep_campaign(river, on=river.starts_on, by=self.clerk)

    def _brands(self):
        """What three townships are known for, kept by their own clerks (人大品牌)."""
        for place, name, theme, stage, ago, outcome in BRANDS:
            township = self.county.townships[place]
            brand = Campaign(
                congress=township, kind=Campaign.Kind.BRAND, stage=stage, name=name, theme=theme, outcome=outcome,
                starts_on=self.county.today - timedelta(days=ago),
            )  # fmt: skip
            activities.keep_campaign(brand, on=brand.starts_on, by=self.county.township_clerk(township))

    def _some(self, number):
        return [next(self.turn) for _each in range(number)]

    def _at(self, day, hour):
        return make_aware(datetime.combine(day, time(hour)))

    def _sessions(self):
        """The last two sessions, every deputy called, one absent twice without leave (代表法 Art. 62)."""
        for session in self.county.sessions[-2:]:
            self._held(
                Kind.SESSION, f"{self.county.congress.region}人大第{session.number}次会议", "听取和审议工作报告",
                "县会议中心", (self.county.today - session.opened_on).days, self.seats, session=session,
                never=self.seats[-1:],
            )  # fmt: skip

    def _standing_meetings(self):
        for number, ago in enumerate(STANDING_MEETINGS, start=1):
            self._held(
                Kind.STANDING_COMMITTEE, f"常委会第{30 + number}次会议", "听取和审议专项工作报告", "常委会会议室", ago,
                self._some(OBSERVERS), part=Invitation.Part.OBSERVER,
            )  # fmt: skip

    def _plan(self, kind, title, theme, place, day, seats, *, part=Invitation.Part.MEMBER, groups=(), **more):
        """Planned a fortnight ahead, called at once."""
        early = day - timedelta(days=14)
        activity = activities.plan(
            congress=more.pop("congress", self.county.congress), organ=more.pop("organ", self.county.congress),
            kind=kind, title=title, theme=theme, place=place, starts_at=self._at(day, 9), ends_at=self._at(day, 12),
            groups=groups, pre_study="有关法律法规和工作报告。", on=early, by=more.pop("by", self.clerk), **more,
        )  # fmt: skip
        by = activity.created_by
        activities.invite(activity, seats, part=part, on=early, by=by)
        if activity.guide_id is None:
            activities.announce(activity, on=early, by=by)
        return activity

    def _held(self, kind, title, theme, place, ago, seats, *, raised=None, never=(), **more):
        """Planned, attended, written up and put away."""
        day = self.county.today - timedelta(days=ago)
        activity = self._plan(kind, title, theme, place, day, seats, **more)
        self._attend(activity, seats, never=never)
        self._write_up(activity, raised)
        return activity

    def _attend(self, activity, seats, *, never=()):
        by, day = activity.created_by, activity.held_on
        outcomes = {seat.pk: self._outcome() for seat in seats} | dict.fromkeys(
            [seat.pk for seat in never], Attendance.Outcome.ABSENT
        )
        activities.mark(activity, outcomes, at=activity.starts_at, on=day, by=by)
        activities.hold(activity, at=activity.ends_at, on=day, by=by)

    def _outcome(self):
        lot = self.random.random()
        if lot < ABSENT:
            return Attendance.Outcome.ABSENT
        return Attendance.Outcome.LEAVE if lot < ABSENT + EXCUSED else Attendance.Outcome.PRESENT

    def _write_up(self, activity, raised):
        by, day = activity.created_by, activity.held_on
        if raised:
            unit, text = raised
            opinion = activities.raise_opinion(activity, text=text, on=day, by=by)
            activities.forward(opinion, organ=self.county.departments[unit], on=day + timedelta(days=2), by=by)
            if (self.county.today - day).days > 90:
                officer = self.county.member(self.county.departments[unit], Role.CASE_OFFICER)
                activities.answer(
                    opinion, feedback="已研究处理，并到现场核实。", is_solved=True, on=day + timedelta(days=40),
                    by=officer,
                )  # fmt: skip
        activities.write_up(
            activity, minutes="代表察看现场，听取情况介绍，并座谈交流。", on=day + timedelta(days=2), by=by
        )
        if (self.county.today - day).days > 30:
            activities.close(activity, report_heard=True, discussion_held=True, on=day + timedelta(days=3), by=by)

    def _groups(self):
        """Each group once a quarter; two of them miss one, so that the grid has something to say."""
        year = self.county.today.year
        for place, group in enumerate(self.county.groups):
            seats = [seat for seat in group.members.all() if seat.state == "active"]
            for quarter in range(1, quarter_of(self.county.today) + 1):
                day = self.county.today.replace(year=year, month=quarter * 3 - 2, day=8 + place)
                if day >= self.county.today or (place, quarter) in {(4, 2), (11, 3)}:
                    continue
                theme = GROUP_THEMES[(place + quarter) % len(GROUP_THEMES)]
                ago = (self.county.today - day).days
                self._held(
                    Kind.GROUP_ACTIVITY, f"{group.name}：{theme}", theme, group.name.removesuffix("代表小组"), ago,
                    seats, groups=[group],
                )  # fmt: skip

    def _receptions(self):
        """Each station once a month with two deputies in turn; here and there a month was missed."""
        today, number = self.county.today, 0
        for station in self.county.stations.values():
            turn = cycle([seat for seat in self.seats if seat.delegation.township == station.township])
            for month in range(1, today.month + 1):
                number += 1
                day = today.replace(month=month, day=15)
                if day >= today or number % RECEPTION_GAPS == 0:
                    continue
                village = f"{station.township.region}上湾村" if number % VISITS == 0 else ""
                reception = receptions.arrange(
                    station, kind=Kind.VISIT if village else Kind.RECEPTION, village=village, day=day,
                    starts=time(9), ends=time(11), mandates=[next(turn), next(turn)],
                    on=day - timedelta(days=5), by=self.clerk,
                )  # fmt: skip
                activity = reception.activity
                self._attend(activity, [call.mandate for call in activity.invitations.select_related("mandate")])
                self._write_up(activity, None)

    def _incomes(self):
        """Who lives on no fixed wage, so that the ledger of allowances has rows (代表法 Art. 42)."""
        without = {seat.pk: False for seat in self.seats if seat.deputy.position_held in WITHOUT_WAGE}
        duties.state_income(without, by=self.clerk, on=self.county.today)

    def _claims(self):
        """What deputies put down themselves: verified, waiting, and one refused; and two objections to rows."""
        today, clerk = self.county.today, self.clerk
        told = (
            (Duty.VISIT, "走访困难户", "石桥村"), (Duty.PATROL, "青石河巡查", "青石河左岸"),
            (Duty.ASSISTANCE, "帮助留守老人修缮房屋", "上湾村"), (Duty.PRACTICAL_MATTER, "协调解决村道照明", "新堡村"),
            (Duty.VOLUNTEERING, "护学岗执勤", "县第二小学"), (Duty.GRID, "参加网格巡查", "城关社区"),
        )  # fmt: skip
        records = []
        for number, seat in enumerate(self._with_accounts() * 6):
            kind, title, place = told[number % len(told)]
            day = today - timedelta(days=3 + number * 5)
            records.append(
                duties.claim(
                    seat, kind=kind, title=title, held_on=day, place=place, text="现场办理，有照片为证。",
                    key=f"demo-{number}", on=day, by=seat.deputy.user,
                )
            )  # fmt: skip
        duties.verify([record.pk for record in records[4:]], on=today, by=clerk)
        duties.refuse([records[3].pk], finding="请补充时间、地点和照片。", on=today, by=clerk)
        for seat in self._with_accounts()[:2]:
            row = (
                DutyRecord.objects.filter(mandate=seat, state=DutyRecord.State.SETTLED).exclude(source_id=None).first()
            )
            if row is not None:
                duties.object_to(row, objection="这一天我在医院，没有参加，应为请假。", on=today, by=seat.deputy.user)

    def _with_accounts(self):
        return [seat for seat in self.seats[:3] if seat.deputy.user_id]

    def _ahead(self):
        """What is coming: an inspection in a week, one today that is open for signing in."""
        today = self.county.today
        mine = self._with_accounts()
        soon = self._plan(
            Kind.INSPECTION, "视察冬季供暖", "老旧小区供暖和燃气安全", "城关镇", today + timedelta(days=7),
            mine + self._some(20),
        )  # fmt: skip
        calls = {call.mandate_id: call for call in soon.invitations.select_related("activity")}
        for seat in mine[1:2]:
            activities.reply(calls[seat.pk], on=today, by=seat.deputy.user)
        for seat in mine[2:3]:
            activities.ask_leave(calls[seat.pk], reason="外出参加农技培训。", on=today, by=seat.deputy.user)
        self._plan(
            Kind.GROUP_ACTIVITY, "走访养老服务站", "老年食堂怎么办好", "石桥镇养老服务站", today, mine + self._some(6)
        )
