"""The papers of the record: the certificate for an employer, the archive (履职证明、履职档案)."""

from django.utils.translation import gettext as _

from congress.kit.dates import said
from congress.kit.documents import CENTRED, KAI, SIZE_4, Paper


def certificate_text(certificate):
    """The sentence of the certificate, the same on paper and on the page."""
    seat = certificate.mandate
    return _(
        "%(name)s同志系%(congress)s代表。自%(first)s至%(last)s，该同志依法执行代表职务 %(count)s 次，"
        "共 %(days)s 天（详见附表）。"
        "根据《中华人民共和国全国人民代表大会和地方各级人民代表大会代表法》，代表按照本级人民代表大会或者其常务委员会的要求"
        "执行代表职务，所在单位必须给予时间保障，按正常出勤对待，享受所在单位的工资和其他待遇。特此证明。"
    ) % {
        "name": seat.deputy.name,
        "congress": certificate.congress.name,
        "first": said(certificate.first),
        "last": said(certificate.last),
        "count": len(certificate.lines),
        "days": certificate.days,
    }


def certificate_paper(certificate):
    """F28: to whom, who, from when to when, which activities, how many hours."""
    paper = Paper()
    paper.title(_("代表履职证明"))
    paper.line(str(certificate), font=KAI, size=SIZE_4, align=CENTRED)
    paper.line()
    paper.line(_("%s：") % certificate.addressee)
    paper.body(certificate_text(certificate))
    congress = certificate.congress
    paper.signed(f"{congress.name}{congress.office_name}", certificate.issued_on)
    paper.line()
    paper.heading(_("附：履职情况"))
    heads = [_("日期"), _("履职事项"), _("内容"), _("地点"), _("学时、工时")]
    rows = [[line["on"], line["kind"], line["title"], line["place"], line["hours"]] for line in certificate.lines]
    paper.table([str(head) for head in heads], rows, widths=(24, 28, 62, 28, 14))
    if congress.office_phone:
        paper.line(_("联系电话：%s") % congress.office_phone, size=SIZE_4)
    return paper.content()


def archive_paper(archive, *, on):
    """The archive of a year as it is bound: who, the figures, then part by part (§5.5)."""
    paper = Paper()
    seat = archive.seat
    paper.title(_("代表履职档案"))
    period = _("%s年度") % archive.year if archive.year else _("本届")
    paper.line(f"{seat.congress.name}　{period}", font=KAI, size=SIZE_4, align=CENTRED)
    paper.heading(_("基本情况"))
    paper.body("\n".join(f"{label}：{value}" for label, value in basics(seat) if value))
    paper.body(figures_text(archive))
    for section in archive.sections:
        title = _("%(title)s（%(count)s）") % {"title": section.title, "count": section.done}
        paper.heading(title)
        if not section.rows:
            paper.body(_("没有记录。"))
            continue
        heads = [_("日期"), _("履职事项"), _("内容"), _("地点"), _("履行情况")]
        rows = [
            [f"{row.held_on:%Y-%m-%d}", row.get_kind_display(), row.title, row.place, _outcome(row)]
            for row in section.rows
        ]
        paper.table([str(head) for head in heads], rows, widths=(24, 28, 60, 26, 18))
    paper.signed(f"{seat.congress.name}{seat.congress.office_name}", on)
    return paper.content()


def basics(seat):
    """The head of an archive, as the roll knows it; no personal number is in it."""
    deputy = seat.deputy
    return [
        (_("姓名"), deputy.name),
        (_("性别"), deputy.get_sex_display()),
        (_("民族"), deputy.people),
        (_("党派"), deputy.party),
        (_("学历"), deputy.education),
        (_("单位及职务"), deputy.position_held),
        (_("代表团"), f"{seat.delegation or ''}"),
        (_("选区、选举单位"), f"{seat.constituency or ''}"),
        (_("代表证号"), seat.certificate_number),
        (_("届次"), f"{seat.term}"),
        (_("任期开始"), f"{seat.started_on:%Y-%m-%d}"),
    ]


def figures_text(archive):
    return _(
        "已核定履职 %(done)s 次，履职 %(days)s 天（每年至少 %(needed)s 天）；请假 %(leave)s 次，缺席 %(absent)s 次。"
        "领衔提出议案建议 %(led)s 件，附议 %(signed)s 件，审议发言 %(spoke)s 次。"
    ) % {
        name: getattr(archive, name) for name in ("done", "days", "needed", "leave", "absent", "led", "signed", "spoke")
    }


def _outcome(row):
    return row.get_outcome_display() if row.state == row.State.SETTLED else row.get_state_display()
