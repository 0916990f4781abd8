"""What deputies of the demonstration county asked for so that they can do their work, and who answered (履职保障)."""

from deputies.safeguards import actions as safeguards
from deputies.safeguards.models import HelpRequest

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


class Safeguarding:
    """Writes the requests for help of one county."""

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
