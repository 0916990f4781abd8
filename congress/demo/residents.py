"""What residents of the demonstration county said this year, what became of it, and what stands open to everybody."""

from datetime import time, timedelta

from congress.organs.models import Department
from congress.organs.roles import Role
from congress.portal import actions as portal
from congress.portal.models import Publication
from liaison.opinions import actions as opinions
from liaison.opinions import proposing
from liaison.opinions.models import Opinion
from liaison.receptions import actions as receptions
from liaison.stations import actions as stations
from liaison.stations.standard import standard
from suggestions.docket.models import Suggestion

SAID = (
    ("村口的路灯坏了两个多月，晚上老人不敢出门。", "路灯", "县城管局"),
    ("自来水下午总是没有水，要半夜接水。", "供水", "县水利局"),
    ("学校门口上下学堵车，没有人指挥。", "堵车", "县公安局"),
    ("河边垃圾堆了半个月，夏天味道很大。", "垃圾", "县城管局"),
    ("村道开裂，拖拉机翻过一次。", "村道", "县交通局"),
    ("老年食堂的饭菜涨价了，希望公示成本。", "", "县民政局"),
    ("卫生院拿不到治高血压的药，要跑县城。", "用药", "县卫健局"),
    ("宅基地确权的证一年了还没有发下来。", "", "县自然资源局"),
)
ASKED_FOR = {"取药": "用药", "供水": "供水", "公路": "村道", "路口": "堵车"}  # words of a title, topic of what was said
ANSWERS = ("已到现场处理，三天内完成。", "已列入本月计划，月底前办结。", "已与村委会商定，由村里组织实施。")
PLACES = (
    ("县人大代表服务中心", "centre", ""),
    ("果树种植代表工作室", "studio", "农业技术"),
    ("老陈法律代表工作室", "studio", "法律"),
    ("乡村医疗代表工作室", "studio", "卫生健康"),
    ("教育代表工作室", "studio", "教育"),
    ("农贸市场代表联系点", "contact_point", ""),
    ("爱心社代表服务群众联系点", "contact_point", ""),
)
# pattern, number, hours; who opens on market days can only say so
OPENINGS = {
    "centre": ("workdays", 0, time(8, 30), time(17, 30), ""),
    "studio": ("weekly", 3, time(14), time(17), ""),
    "contact_point": (None, 0, None, None, "赶集日 9:00—11:00"),
}
NUMBER = 96
PUBLISHED, SHOWN, GRADED = 60, 190, 12
_CONSENT = "本人书面同意书，存代表档案"


class Residents:
    """Writes the opinions of one county, and opens its public pages."""

    def __init__(self, county):
        self.county = county
        self.random = county.random
        self.clerk = county.accounts["clerk"]
        self.stations = list(county.stations.values())

    def write_all(self):
        for number in range(NUMBER):
            self._opinion(number)
        self._raised()
        self._public()
        self._grades()
        self._other_places()
        self._proposed()
        self._receptions_ahead()

    def _opinion(self, number):
        text, topic, unit = SAID[number % len(SAID)]
        station = self.stations[number % len(self.stations)]
        day = self.county.today - timedelta(days=(NUMBER - number) * 2)
        deputy = self.county.mandates[number % 3] if number % 5 == 0 else None
        channel = (Opinion.Channel.CODE, Opinion.Channel.RECEPTION, Opinion.Channel.PHONE)[number % 3]
        opinion, _code = opinions.receive(
            congress=self.county.congress, station=station, text=text, channel=channel, topic=topic,
            place=station.township.region, on=day, by=self.county.robot if channel == "code" else self.clerk,
            consented=channel == "code", addressed_to=deputy if channel == "code" else None,
            noted_by=deputy if channel != "code" else None, name="刘桂香" if number % 4 == 0 else "",
            phone="13900000000" if number % 4 == 0 else "",
        )  # fmt: skip
        self._handle(opinion, number, unit, day)

    def _handle(self, opinion, number, unit, day):
        """Old ones are answered and mostly rated, the young ones stand at every stage."""
        stage, answer = number % 6, ANSWERS[number % len(ANSWERS)]
        is_old = (self.county.today - day).days > 40
        organ, officer = self.county.departments[unit], self.clerk
        if stage == 3:
            organ = self._near(opinion.station, number)
        else:
            officer = self.county.member(organ, Role.CASE_OFFICER)
        if stage == 0 and not is_old:
            return
        if stage in (0, 1):
            opinions.answer_at_once(opinion, text=answer, on=day, by=self.clerk)
        elif stage == 2:
            opinions.guide(
                opinion, where="信访工作机构", text="请带身份证和材料到县信访局一楼。", on=day, by=self.clerk
            )
        else:
            opinions.route(opinion, organ=organ, on=day + timedelta(days=1), by=self.clerk)
            if is_old or stage == 4:
                later = min(day + timedelta(days=12), self.county.today)
                opinions.answer(opinion, text=answer, on=later, by=officer)
        if is_old and opinion.state == Opinion.State.ANSWERED and number % 8 == 4:
            opinions.tell(
                opinion, grade=Opinion.Grade.SATISFIED, words="路过看见修好了", by=self.clerk,
                on=min(opinion.stepped_on + timedelta(days=5), self.county.today),
            )  # fmt: skip
        elif is_old and opinion.state == Opinion.State.ANSWERED and number % 4:
            grade = Opinion.Grade.BASIC if number % 7 == 0 else Opinion.Grade.SATISFIED
            opinions.rate(
                opinion, grade=grade, words="谢谢", on=min(opinion.stepped_on + timedelta(days=3), self.county.today)
            )

    def _near(self, station, number):
        """What is settled nearby: by the station with its village, or by an office of the town."""
        offices = Department.objects.filter(congress=station.township)
        return (number % 4 == 1 and offices.first()) or station

    def _other_places(self):
        """A service centre, studios by profession, and contact points stand in the same list as the stations."""
        today, seats, townships = self.county.today, self.county.mandates, self.county.townships
        for place, (name, kind, profession) in enumerate(PLACES):
            township = townships[place % len(townships)]
            station = stations.found(
                self.county.congress, name=name, short_name=name, type=kind, profession=profession,
                township=township, head=seats[(place * 7 + 3) % len(seats)],
                address=f"{township.region}文化广场", on=today - timedelta(days=200), by=self.clerk,
            )  # fmt: skip
            self._open(station, *OPENINGS[kind])
        closed = {
            "day": today + timedelta(days=12),
            "is_open": False,
            "starts": None,
            "ends": None,
            "remark": "换届选举",
        }
        by_month = {"pattern": "monthly", "number": 15, "starts": time(9), "ends": time(11), "on_rest": "move"}
        stations.set_openings(
            self.stations[0],
            openings=[by_month],
            exceptions=[closed],
            remark="急事随时可以打电话",
            on=today,
            by=self.clerk,
        )

    def _open(self, station, pattern, number, starts, ends, remark):
        opening = {"pattern": pattern, "number": number, "starts": starts, "ends": ends, "on_rest": "move"}
        stations.set_openings(
            station, openings=[opening] if pattern else [], exceptions=[], remark=remark,
            on=station.valid_from, by=self.clerk,
        )  # fmt: skip

    def _raised(self):
        """Three of one topic stand behind a suggestion about it that has been answered with a promise."""
        replied = Suggestion.objects.filter(congress=self.county.congress, state="replied", result_class="B")
        for words, topic in ASKED_FOR.items():
            case = replied.filter(title__contains=words).order_by("pk").first()
            if case is None:
                continue
            heard = Opinion.objects.filter(topic=topic, state=Opinion.State.CLOSED, stepped_on__lte=case.submitted_on)
            for opinion in heard[:3]:
                opinions.link(opinion, case, on=case.submitted_on, by=self.clerk)
            return

    def _proposed(self):
        """A township puts what it hears most before the county's group at its station; another was told no."""
        today, county = self.county.today, self.county
        for station, topic, reason in (
            (self.stations[1], "供水", ""),
            (self.stations[2], "垃圾", "县里已列入民生实事"),
        ):
            words = list(Opinion.objects.filter(station=station).exclude(state=Opinion.State.WITHDRAWN)[:3])
            hosting = station.hostings.first()
            if not words or hosting is None:
                continue
            proposal = proposing.propose(
                words, township=station.township, group=hosting.group, theme=f"解决群众反映的{topic}问题",
                words="群众反映集中，请小组到村里看看。", on=today - timedelta(days=6),
                by=county.township_clerk(station.township),
            )  # fmt: skip
            if reason:
                proposing.send_back(proposal, reason=reason, on=today - timedelta(days=3), by=self.clerk)

    def _public(self):
        """Last year's cases are public; more than half of the deputies show who they are (亮身份)."""
        today = self.county.today
        closed = Suggestion.objects.filter(congress=self.county.congress, state="closed", wishes_publication=True)
        for case in closed.order_by("pk")[:PUBLISHED]:
            portal.publish(case, Publication.Part.TEXT, on=today, by=self.clerk)
            if case.replied_on:
                portal.publish(case, Publication.Part.REPLY, on=today, by=self.clerk)
        for seat in self.county.mandates[:SHOWN]:
            portal.show(seat, basis=_CONSENT, on=today - timedelta(days=60), by=self.clerk)

    def _grades(self):
        items, _grades = standard()
        for place, station in enumerate(self.stations[:GRADED]):
            ticked = [item.code for item in items if self.random.random() < 0.95 - place * 0.03]
            stations.grade(station, ticked=ticked, on=self.county.today - timedelta(days=30), by=self.clerk)

    def _receptions_ahead(self):
        """The next round at each station, announced on the public page."""
        today = self.county.today
        for place, station in enumerate(self.stations):
            seats = [seat for seat in self.county.mandates if seat.delegation.township == station.township]
            receptions.arrange(
                station, day=today + timedelta(days=4 + place), starts=time(9), ends=time(11), mandates=seats[:2],
                on=today, by=self.clerk,
            )  # fmt: skip
