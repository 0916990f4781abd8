"""What deputies of the demonstration county asked for, what was spent on their work, what two were told (履职保障)."""

from datetime import date, timedelta
from decimal import Decimal

from django.core.files.base import ContentFile

from congress.kit.documents import Paper
from deputies.activities.models import Activity
from deputies.safeguards import actions as safeguards
from deputies.safeguards.models import HelpRequest, ProtectedReport

K = HelpRequest.Kind
SHOWN = "石桥镇"  # the township whose clerk can sign in
# seat, asked so many days ago, kind, text, what became of it [(step, days ago, words)]
ASKED = (
    (0, 41, K.TIME, "单位生产忙，县里组织的水利视察两天假没有批。", (
        ("answer", 40, "已与单位主要负责人通话，按代表法准假两天，工资照发；县人大的通知函今天送到单位。"),
    )),
    (0, 1, K.MATERIAL, "准备提农村饮水的建议，想看去年全县水质抽检的结果。", ()),
    (1, 26, K.CONTACT, "反映的公交站点问题，交通局电话一直没有人接。", (
        ("answer", 25, "已联系交通局办公室，运输股分管同志会与您联系。"),
        ("ask_again", 15, "过了十天，还没有人联系我。"),
        ("answer", 14, "镇人大同志今天陪您到局里，站点下月初现场勘察，通知您参加。"),
    )),
    (1, 2, K.MONEY, "小组外出调研的租车费，镇里说没有这项经费。", (
        ("pass_up", 1, "镇里代表活动经费没有列租车费，请县里明确能不能列支。"),
    )),
    (2, 12, K.PLATFORM, "换了手机，平台登录不上。", (("withdraw", 11, ""),)),
)  # fmt: skip
OF_SHOWN = (
    (9, K.TIME, "农忙时节，合作社走不开，能不能把小组活动改到晚上。"),
    (1, K.CONTACT, "村里变压器超负荷，想请供电所的同志一起到现场看看，联系不上。"),
)  # the days ago, of deputies of the township whose clerk can sign in; the first has waited too long

COUNTY_MONEY, TOWNSHIP_MONEY = Decimal(300000), Decimal(50000)
UNFUNDED, ABOVE = 13, 4  # the place of a township without a budget, of one that spent more than it had
SPENT_ABOVE = Decimal(51800)
SPENT = (
    ((3, 12), "4200", "视察春耕备耕租车、误餐"),
    ((4, 20), "3600", "主席团会议材料印制"),
    ((5, 14), "4500", "视察村道养护租车、误餐"),
)  # of every township, (month, day); 12,300 together
OF_COUNTY = (((2, 24), "38600", "全县代表履职培训班场租、资料"), ((3, 18), "12480.50", "代表小组活动补助"))
WRONG = ((3, 18), "12840.50", "代表小组活动补助", "金额记错，另记一笔。")

REPORTED = (
    (0, 2, "sent", "所在单位分管负责人", "提了关于车间粉尘的建议以后，被调离原岗位。"),
    (1, 15, "taken_up", "某施工单位", "视察工地以后接到威胁电话。"),
    (1, 90, "settled", "所在单位", "参加代表小组活动三天，被按旷工扣发工资。"),
    (2, 60, "withdrawn", "村里个别人", "在村务公开栏贴条辱骂。"),
)
SETTLED = "已约谈单位主要负责人，补发三天工资，书面向代表道歉。"


class Safeguarding:
    """Writes the requests for help and the money of one county."""

    def __init__(self, county):
        self.county, self.today = county, county.today

    def write_all(self):
        for place, ago, kind, text, after in ASKED:
            request = self._ask(self.county.mandates[place], ago, kind, text)
            for step, days, words in after:
                self._go_on(request, step, days, words)
        theirs = [each for each in self.county.mandates[3:] if each.delegation.township.region == SHOWN]
        for seat, told in zip(theirs, OF_SHOWN, strict=False):
            self._ask(seat, *told)
        self._report()
        self._fund(self.county.congress, COUNTY_MONEY, OF_COUNTY, wrong=WRONG)
        for place, township in enumerate(self.county.townships):
            if place != UNFUNDED:
                self._fund(township, TOWNSHIP_MONEY, SPENT, above=SPENT_ABOVE if place == ABOVE else None)

    def _report(self):
        """A leader names two; of three reports one lies, one is taken up, one is settled, and one was taken back."""
        leader, today = self.county.accounts["leader"], self.today
        two = [self.county.accounts[login] for login in ("clerk", "committee")]
        for each in two:
            safeguards.name_confidant(self.county.congress, each, on=self.county.day(200), by=leader)
        for place, ago, until, against, text in REPORTED:
            seat, on = self.county.mandates[place], self.county.day(ago)
            report = safeguards.report(
                seat, kind=ProtectedReport.Kind.REVENGE, against=against, text=text, wish="请依法核实处理。", on=on
            )
            if until == "withdrawn":
                safeguards.withdraw_report(report, on=on, by=seat.deputy.user)
            if until in ("taken_up", "settled"):
                safeguards.note_opened(report, on=on, by=two[0])
                safeguards.take_up(report, on=on, by=two[0])
            if until == "settled":
                safeguards.settle(report, result=SETTLED, on=min(on + timedelta(days=20), today), by=two[1])

    def _fund(self, congress, amount, spent, *, wrong=None, above=None):
        """The budget of this year with its paper, and what was spent of it until today."""
        by, year = self._clerk(congress), self.today.year
        day = date(year, 1, 18)
        if day >= self.today:
            return
        budget = safeguards.set_budget(
            congress, year=year, amount=amount, paper=self._paper(congress, amount, day), on=day, by=by
        )
        for when, sum_, purpose in spent:
            self._spend(budget, date(year, *when), Decimal(sum_), purpose, by)
        if wrong:
            *told, why = wrong
            struck = self._spend(budget, date(year, *told[0]), Decimal(told[1]), told[2], by)
            if struck:
                safeguards.strike(struck, why=why, on=struck.spent_on, by=by)
        if above and date(year, 6, 1) < self.today:
            self._spend(budget, date(year, 6, 1), above - budget.spent_so_far(), "代表活动室设备更新", by)

    def _spend(self, budget, on, amount, purpose, by):
        if on >= self.today:
            return None
        held = Activity.objects.filter(congress=budget.congress, starts_at__date=on).order_by("pk").first()
        return safeguards.record(
            budget, spent_on=on, amount=amount, purpose=purpose, activity=held, papers=[self._voucher(purpose, on)],
            on=on, by=by, knows_it_is_above=True,
        )  # fmt: skip

    def _voucher(self, purpose, on):
        paper = Paper()
        paper.title(purpose)
        paper.signed("经办人签字", on)
        return ContentFile(paper.content(), name="签领单.docx")

    def _clerk(self, congress):
        return self.county.township_clerk(congress) if congress.is_township else self.county.accounts["clerk"]

    def _paper(self, congress, amount, day):
        paper = Paper()
        paper.title(f"关于下达{day.year}年代表活动经费的通知")
        paper.body(f"下达{congress.short_name}{day.year}年代表活动经费{amount:.0f}元，专款专用。")
        paper.signed("青禾县财政局", day)
        return ContentFile(paper.content(), name=f"{day.year}年代表活动经费.docx")

    def _ask(self, seat, ago, kind, text):
        by = seat.deputy.user or self.county.township_clerk(seat.delegation.township)
        return safeguards.ask(seat, kind=kind, text=text, on=self.county.day(ago), by=by)

    def _go_on(self, request, step, ago, words):
        on, deputy = self.county.day(ago), request.mandate.deputy.user
        office = self.county.township_clerk(request.holder)
        if step == "answer":
            safeguards.answer(request, answer=words, on=on, by=office)
        elif step == "ask_again":
            safeguards.ask_again(request, text=words, on=on, by=deputy)
        elif step == "pass_up":
            safeguards.pass_up(request, why=words, on=on, by=office)
        else:
            safeguards.withdraw(request, on=on, by=deputy)
