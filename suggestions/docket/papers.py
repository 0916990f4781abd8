"""The papers that the docket issues: the list of what a department is given, and the reply (交办清单、答复函)."""

from django.utils.translation import gettext as _

from congress.kit.dates import said
from congress.kit.documents import RIGHT_ALIGNED, SIZE_4, Paper
from congress.organs.models import chinese_number
from congress.rulebook.book import rules_for
from suggestions.docket.actions.checking import numbered
from suggestions.docket.actions.extending import LONGER
from suggestions.docket.identity import proposer_for_departments, salutation
from suggestions.docket.models import Assignment, Cosigner

Role = Assignment.Role


def session_in_full(case):
    """青禾县第十八届人民代表大会第五次会议, as a paper writes it."""
    session = case.session
    return _("%(region)s第%(term)s届人民代表大会第%(number)s次会议") % {
        "region": case.congress.region,
        "term": chinese_number(session.term.number),
        "number": chinese_number(session.number),
    }


# ---- 交办清单


def assignment_list(organ, shares, *, congress, on):
    """The list of the cases given to one department, with what it has to do by when, and its receipt."""
    paper = Paper(landscape=True)
    paper.title(_("代表建议交办清单"))
    count = {role: sum(share.role == role for share in shares) for role in Role.values} | {"all": len(shares)}
    paper.line(f"{organ.name}：")
    given = _(
        "现将下列代表建议交你单位办理，共 %(all)s 件：主办 %(lead)s 件，会办 %(co)s 件，分别办理 %(separate)s 件。"
    )
    paper.body(given % count)
    heads = [
        _("编号"),
        _("标题"),
        _("领衔代表"),
        _("类别"),
        _("承办方式"),
        _("主办、会办单位"),
        _("交办日期"),
        _("答复或会办意见期限"),
    ]
    rows = [_row(share) for share in shares]
    paper.table([str(head) for head in heads], rows, widths=(18, 74, 24, 22, 18, 42, 22, 22))
    paper.heading(_("办理要求"))
    for number, text in enumerate(_demands(congress, on=on), start=1):
        paper.line(f"{number}．{text}", indent=2)
    paper.signed(f"{congress.name}{congress.office_name}", on)
    paper.line(_("签收单位（盖章）：　　　　　　签收人：　　　　　　签收日期：　　年　月　日"))
    return paper.content()


def _row(share):
    case = share.suggestion
    shares = [each for each in share.round.assignments.all() if each.state != Assignment.State.RELEASED]
    leads = "、".join(each.unit for each in shares if each.answers)
    co = "、".join(each.unit for each in shares if each.role == Role.CO)
    return [
        case.printed_number,
        case.title,
        proposer_for_departments(case),
        case.category or "",
        share.get_role_display(),
        f"{leads}／{co}" if co else leads,
        f"{share.assigned_on:%Y-%m-%d}",
        f"{share.owed_on:%Y-%m-%d}" if share.owed_on else "",
    ]


def _demands(congress, *, on):
    rules = rules_for(congress, on=on)
    yield _(
        "收到后请在%s内签收；认为不属于本单位职责的，在同一期限内书面说明理由和依据申请退办，逾期应当办理。"
    ) % _long(rules, "return")
    yield _(
        "主办单位应在%(contact)s内联系代表、听取意见，在%(reply)s内（认定涉及面广、办理难度大的在%(longer)s内）逐条书面答复代表，"
        "答复由负责人签发。"
    ) % {
        "contact": _long(rules, "contact"),
        "reply": _long(rules, "reply"),
        "longer": _long(rules, LONGER),
    }
    yield _("会办单位应在%s内把会办意见送主办单位。") % _long(rules, "co_opinion")
    if congress.office_phone:
        yield _("联系单位：%(office)s，联系电话：%(phone)s。") % {
            "office": congress.office_name,
            "phone": congress.office_phone,
        }


def _long(rules, code):
    """How long a period is, in words: 10个工作日, 3个月."""
    rule = rules.period(code)
    units = {"workdays": _("%s个工作日"), "days": _("%s日"), "months": _("%s个月")}
    return units[rule.unit] % rule.value if rule.unit in units else _("规定日期")


# ---- 答复函


def reply_letter(reply, *, reader, kinds):
    """The reply as the deputy gets it; `kinds` are the result classes by code, `reader` whoever takes the paper."""
    share = reply.assignment
    case, unit = share.suggestion, share.full_unit
    cosigners = case.cosigners.filter(state=Cosigner.State.CONFIRMED).select_related("mandate__deputy")
    answers = list(reply.answers.select_related("ask"))
    paper = Paper()
    paper.letter_head(unit)
    codes = [each.result_class for each in answers if each.result_class in kinds]
    worst = max(codes, key=list(kinds).index, default="")
    if worst:
        paper.line(_("分类：%s") % worst, align=RIGHT_ALIGNED)
    paper.line(reply.document_number, align=RIGHT_ALIGNED)
    paper.line()
    number = numbered(case).replace(" ", "")
    paper.title(_("关于%(session)s%(number)s%(kind)s的答复") % {
        "session": session_in_full(case), "number": number, "kind": case.get_kind_display(),
    })  # fmt: skip
    paper.line(f"{salutation(case, reader=reader, cosigners=cosigners)}：")
    paper.body(reply.opening or _opening(case, number))
    for answer in answers:
        _answered(paper, answer)
    co = share.round.assignments.filter(role=Role.CO).exclude(opinion="").select_related("organ")
    for each in co if share.role == Role.LEAD else ():
        paper.body(_("%(organ)s会办意见：%(opinion)s") % {"organ": each.full_unit, "opinion": each.opinion})
    paper.body(reply.closing or _("感谢您对我们工作的关心和支持，欢迎继续监督。"))
    if reply.sent_on:
        paper.signed(unit, reply.sent_on)
    else:
        paper.line(_("（未签发）"), align=RIGHT_ALIGNED, right=2)
    if reply.contact_name or reply.contact_phone:
        people = {"name": reply.contact_name, "phone": reply.contact_phone}
        paper.line(_("（联系人：%(name)s　联系电话：%(phone)s）") % people, indent=2)
    copies = rules_for(case.congress, on=reply.sent_on or share.assigned_on).items("reply_copies")
    paper.line(_("抄送：%s") % "、".join(copies), size=SIZE_4)
    return paper.content()


def _opening(case, number):
    when = session_in_full(case)
    if case.period == case.Period.BETWEEN:
        when = _("%s闭会期间") % when
    else:
        when = _("%s上") % when
    return _("您在%(when)s提出的《%(title)s》（%(number)s）收悉，现答复如下：") % {
        "when": when,
        "title": case.title,
        "number": number,
    }


def _answered(paper, answer):
    ask = answer.ask
    paper.heading(f"{chinese_number(ask.number)}、{_('关于')}“{ask.text.rstrip('。')}”")
    paper.body(answer.text)
    if answer.promise:
        promised = _("承诺事项：%s") % answer.promise
        if answer.promised_on:
            promised += _("，%s前完成") % said(answer.promised_on)
        if answer.responsible:
            promised += _("，责任人%s") % answer.responsible
        paper.body(f"{promised}。")
    if answer.reason:
        paper.body(_("不能办理的原因：%s") % answer.reason)
