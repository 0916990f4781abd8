"""What the townships of the demonstration county did in the year, and where one has fallen behind (乡镇工作)."""

from datetime import date
from random import Random

from django.core.files.base import ContentFile

from congress.demo.year import Year, statute_of
from congress.kit.documents import Paper
from deputies.activities.kinds import Kind
from deputies.pledges import actions as pledges
from deputies.pledges.models import TownshipPaper

SEATS = 9  # of a presidium
# kind, title, theme, place, (month, day); the townships in HASTE have not got so far yet
WORK = (
    (Kind.INSPECTION, "视察春耕备耕", "农资供应和灌渠清淤", "各村", (3, 12)),
    (Kind.INSPECTION, "视察村道养护", "破损路段和安全护栏", "各村", (5, 14)),
    (Kind.WORK_REVIEW, "评议派出所工作", "接处警和便民服务", "镇政府会议室", (6, 18)),
    (Kind.LAW_INSPECTION, "检查水法贯彻实施情况", "河道保洁和取水", "青石河沿岸", (8, 13)),
    (Kind.INSPECTION, "视察校园安全", "校车和食堂", "中心小学", (10, 15)),
    (Kind.WORK_REVIEW, "评议供电所工作", "故障抢修和收费公示", "镇政府会议室", (11, 12)),
    (Kind.TRAINING, "代表履职培训", "代表法和怎样写建议", "镇政府会议室", (4, 22)),
)
HASTE = {6: 3, 11: 4, 13: 1}  # {township: how much of the WORK it has done}
MISSED = {(3, 2), (9, 3), (13, 1), (13, 3)}  # (township, quarter) without a meeting of the presidium
PLAN_ON = (1, 12)
UNPLANNED, LATE, LATE_ON = {4, 13}, 9, (2, 26)


class Townships(Year):
    """Writes the year of every township by the verbs of its clerk."""

    def __init__(self, county):
        super().__init__(county)
        self.random = Random(73)  # its own, so that the other parts of the county stay as they are

    def write_all(self):
        for place, township in enumerate(self.county.townships):
            self.township, self.by = township, self.county.township_clerk(township)
            self.seats = list(township.mandates.filter(state="active")[:SEATS])
            self._presidium(place)
            for kind, title, theme, where, day in WORK[: HASTE.get(place, len(WORK))]:
                self._hold(kind, title, theme, where, day)
            self._send_plan(place)

    def _presidium(self, place):
        """Each quarter a meeting; some missed one (每季度一次)."""
        for quarter in (1, 2, 3, 4):
            if (place, quarter) not in MISSED:
                title = f"人大主席团第{quarter}季度会议"
                self._hold(Kind.PRESIDIUM, title, "研究季度工作", "镇政府会议室", (quarter * 3 - 2, 20))

    def _hold(self, kind, title, theme, where, day):
        ago = (self.county.today - date(self.county.today.year, *day)).days
        if ago > 0:
            self._held(
                kind, f"{self.township.region}{title}", theme, where, ago, self.seats,
                congress=self.township, organ=self.township, by=self.by, statute=statute_of(kind, title),
            )  # fmt: skip

    def _send_plan(self, place):
        """The plan of the year goes up to the county in January: one came late, two are owed still (W04)."""
        year = self.county.today.year
        day = date(year, *(LATE_ON if place == LATE else PLAN_ON))
        if place in UNPLANNED or day >= self.county.today:
            return
        paper = Paper()
        paper.title(f"{self.township.short_name}{year}年工作计划")
        paper.body("每季度召开一次主席团会议，组织视察检查四次，评议站所两次。")
        paper.signed(self.township.short_name, day)
        upload = ContentFile(paper.content(), name=f"{year}年工作计划.docx")
        pledges.send_paper(self.township, kind=TownshipPaper.Kind.PLAN, year=year, upload=upload, on=day, by=self.by)
