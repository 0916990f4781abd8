"""How deputies of the demonstration county kept in touch with residents this year, and the cards it fills (联系群众).

Most of it comes by the sheets that the office enters for each delegation; who has an account puts it down himself.
"""

from datetime import date, timedelta
from random import Random

from deputies.duties import actions as duties
from deputies.duties.kinds import Kind

# one sheet a month and delegation: kind, what was done, where, how many (households, times)
SHEETS = (
    (Kind.VISIT, "走访慰问困难群众", "上湾村", 4),
    (Kind.VISIT, "走访选民，宣讲人代会精神", "新堡村", 6),
    (Kind.PATROL, "河道巡查", "青石河沿岸", 1),
    (Kind.VISIT, "走访种粮大户，了解春耕农资", "各村", 5),
    (Kind.VOLUNTEERING, "村庄清洁志愿服务", "集镇", 1),
    (Kind.VISIT, "走访选民，听取对村道养护的意见", "各村", 6),
    (Kind.ASSISTANCE, "帮扶困难学生", "中心小学", 1),
    (Kind.GRID, "参加网格防汛巡查", "各网格", 1),
    (Kind.VISIT, "走访企业和个体户", "集镇", 4),
    (Kind.ASSISTANCE, "帮助缺劳力户秋收", "各村", 1),
    (Kind.VISIT, "走访留守老人", "下湾村", 5),
    (Kind.VISIT, "走访选民，征求对代表建议的意见", "各村", 6),
)
SHEET_DAY = 18
# how likely somebody stands on a sheet, and how many are like that
DILIGENCE, OF_HUNDRED = (0.06, 0.3, 0.6), (12, 66, 22)
# of each account: kind, what was done, where, how many, days before today
CLAIMS = (
    (
        (Kind.VISIT, "走访创业户：返乡青年的果园", "石桥村", 1, 48), (Kind.VISIT, "走访本选区选民", "石桥村", 18, 31),
        (Kind.VISIT, "走访本选区选民", "上湾村", 16, 54), (Kind.VISIT, "走访本选区选民", "下湾村", 14, 83),
        (Kind.ASSISTANCE, "帮助困难户修缮房屋", "石桥村", 1, 46),
        (Kind.ASSISTANCE, "帮助困难户销售柑橘", "上湾村", 1, 24),
        (Kind.PRACTICAL_MATTER, "协调安装村口路灯", "上湾村", 1, 62),
        (Kind.PRACTICAL_MATTER, "争取到健身器材一套", "石桥村", 1, 90),
        (Kind.PRACTICAL_MATTER, "协调修复灌渠闸门", "下湾村", 1, 37),
        (Kind.REPORT, "关于石桥镇灌渠管护的调研报告", "石桥镇", 1, 40),
    ),
    (
        (Kind.VISIT, "走访创业户：电商服务点", "集镇", 1, 33), (Kind.VISIT, "走访本选区选民", "新堡村", 20, 45),
        (Kind.VISIT, "走访本选区选民", "集镇", 23, 71), (Kind.ASSISTANCE, "帮助困难户申请临时救助", "新堡村", 1, 27),
        (Kind.ASSISTANCE, "帮助困难学生购买学习用品", "中心小学", 1, 66),
        (Kind.PRACTICAL_MATTER, "协调开通村级快递点", "新堡村", 1, 52),
        (Kind.PRACTICAL_MATTER, "协调疏通集镇下水道", "集镇", 1, 78),
        (Kind.PRACTICAL_MATTER, "协调增设校门口减速带", "中心小学", 1, 95),
        (Kind.PUBLICITY, "向县里推荐竹编合作项目", "云峰镇", 1, 58),
    ),
)  # fmt: skip


class Reaching:
    """Writes what the deputies of one county did among residents."""

    def __init__(self, county):
        self.county, self.congress, self.today = county, county.congress, county.today
        self.random = Random(35)  # its own, so that the other parts of the county stay as they are
        self.clerk = county.accounts["clerk"]
        self.new_year = date(self.today.year, 1, 1)

    def write_all(self):
        by_delegation = {}
        for seat in self.county.mandates:
            if not seat.deputy.user_id and seat.state == "active":
                diligence = self.random.choices(DILIGENCE, OF_HUNDRED)[0]
                by_delegation.setdefault(seat.delegation, []).append((seat, diligence))
        for place, (delegation, seats) in enumerate(by_delegation.items()):
            for month in range(1, self.today.month + 1):
                self._sheet(delegation, seats, place, month)
        duties.lapse(on=self.today, by=self.county.robot)
        for seat, done in zip(self.county.mandates, CLAIMS, strict=False):
            self._claims(seat, done)

    def _sheet(self, delegation, seats, place, month):
        kind, title, where, quantity = SHEETS[(month + place) % len(SHEETS)]
        held_on = date(self.today.year, month, SHEET_DAY - place % 9)
        names = [seat.certificate_number for seat, diligence in seats if self.random.random() < diligence]
        if held_on >= self.today or not names:
            return
        duties.enter(
            self.congress, kind=kind, title=title, held_on=held_on, place=f"{delegation.township.region}{where}",
            quantity=quantity, names="、".join(names), key=f"demo-{place}-{month}",
            on=min(held_on + timedelta(days=3), self.today), by=self.clerk,
        )  # fmt: skip

    def _claims(self, seat, done):
        """Put down by himself on the day, vouched for by the office: enough for a whole card, or nearly."""
        records = []
        for number, (kind, title, place, quantity, ago) in enumerate(done):
            day = max(self.today - timedelta(days=ago), self.new_year)
            records.append(
                duties.claim(
                    seat, kind=kind, title=title, held_on=day, place=place, quantity=quantity,
                    text="有照片和登记簿为证。", is_another=True, key=f"card-{number}", on=day, by=seat.deputy.user,
                )
            )  # fmt: skip
        duties.verify([record.pk for record in records], on=self.today, by=self.clerk)
