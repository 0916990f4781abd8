"""Every rule the product knows, by code: what it is called, how its value is read, from which day a period runs."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from congress.rulebook.models import PERIOD_UNITS, Unit


class UnknownRule(LookupError):
    """No rule of that code stands in the profile."""


@dataclass(frozen=True)
class Code:
    """One entry of the rulebook: its label, its kind and, for a period, its first day and what it demands."""

    code: str
    label: str
    group: str
    unit: str = ""  # empty for a period, which may be of any period unit
    starts: str = ""
    demand: str = ""
    choices: tuple = ()
    is_told: bool = False  # stands there to be read: what the portal does never depends on it (供查阅)

    @property
    def is_period(self):
        return not self.unit

    @property
    def units(self):
        return sorted(PERIOD_UNITS) if self.is_period else [self.unit]

    def choice_label(self, value):
        return dict(self.choices).get(value, value)


PERIODS, INTAKE, HANDLING, ANSWER, EVALUATION, PUBLICITY, DUTIES, THRESHOLDS, PRIVACY = (
    _("期限"),
    _("提出与审查"),
    _("交办与办理"),
    _("答复"),
    _("评价与重新办理"),
    _("公开与报告"),
    _("代表履职"),
    _("人数与会议"),
    _("个人信息"),
)

_ALL = (
    Code("accept_notice", _("告知代表"), PERIODS, starts=_("收到建议之日"), demand=_("告知代表处理情况")),
    Code("assign", _("交办（闭会期间）"), PERIODS, starts=_("收到建议之日"), demand=_("交办")),
    Code("assign_session", _("交办（会议期间）"), PERIODS, starts=_("会议闭幕之日"), demand=_("交办")),
    Code("distribute", _("分办"), PERIODS, starts=_("收到交办之日"), demand=_("分办到承办单位")),
    Code("return", _("退办"), PERIODS, starts=_("收到交办之日"), demand=_("签收或者提出退办")),
    Code("reassign", _("重新交办"), PERIODS, starts=_("收到退办之日"), demand=_("重新确定承办单位")),
    Code("contact", _("首次联系代表"), PERIODS, starts=_("收到交办之日"), demand=_("联系代表、听取意见")),
    Code("co_opinion", _("会办意见"), PERIODS, starts=_("收到交办之日"), demand=_("把会办意见送主办单位")),
    Code(
        "co_opinion_redo",
        _("重提会办意见"),
        PERIODS,
        starts=_("主办单位退回会办意见之日"),
        demand=_("重新提出会办意见"),
        is_told=True,
    ),
    Code("reply", _("答复"), PERIODS, starts=_("交办之日"), demand=_("答复代表")),
    Code("reply_difficult", _("答复（涉及面广、难度大）"), PERIODS, starts=_("交办之日"), demand=_("答复代表")),
    Code("evaluation", _("代表评价"), PERIODS, starts=_("代表收到答复之日"), demand=_("评价办理情况")),
    Code("judge", _("研判"), PERIODS, starts=_("代表评价不满意之日"), demand=_("作出是否重新办理的研判")),
    Code("rehandle", _("重新办理"), PERIODS, starts=_("决定重新办理之日"), demand=_("重新办理并再次答复")),
    Code("promise", _("兑现承诺"), PERIODS, starts=_("答复之日"), demand=_("兑现承诺")),
    Code("look_back", _("回头看"), PERIODS, starts=_("承诺到期或者报告兑现之日"), demand=_("查看承诺是否兑现")),
    Code(
        "cosign_confirm", _("附议确认"), PERIODS, starts=_("发出附议邀请之日"), demand=_("确认是否附议"), is_told=True
    ),
    Code("objection_confirm", _("履职登记核对"), PERIODS, starts=_("登记告知代表之日"), demand=_("确认或者提出异议")),
    Code(
        "inspection_feedback",
        _("视察调研意见反馈"),
        PERIODS,
        starts=_("转交报告之日"),
        demand=_("向代表反馈研究处理情况"),
    ),
    Code("opinion_village", _("民情办理（村、社区）"), PERIODS, starts=_("交办之日"), demand=_("答复反映人")),
    Code("opinion_township", _("民情办理（乡镇、街道）"), PERIODS, starts=_("交办之日"), demand=_("答复反映人")),
    Code("opinion_county", _("民情办理（县级部门）"), PERIODS, starts=_("交办之日"), demand=_("答复反映人")),
    Code("opinion_taken_on", _("民情受理"), PERIODS, starts=_("收到之日"), demand=_("答复、交办或者引导")),
    Code("opinion_rate", _("群众评价"), PERIODS, starts=_("答复之日"), demand=_("评价答复")),
    Code("onboarding", _("新任代表岗前培训"), PERIODS, starts=_("代表资格开始之日"), demand=_("参加岗前培训")),
    Code("material_reading", _("学习资料阅读"), PERIODS, starts=_("推送之日"), demand=_("打开阅读")),
    Code(
        "session_notice", _("乡镇会议通知（提前）"), PERIODS, starts=_("通知之日"), demand=_("召开会议"), is_told=True
    ),
    Code("member_contact", _("联系代表"), PERIODS, starts=_("上次联系之日（没有的，分工之日）"), demand=_("联系代表")),
    Code("help_request", _("答复代表求助"), PERIODS, starts=_("代表求助之日"), demand=_("答复代表")),
    Code("township_plan", _("乡镇报送年度计划"), PERIODS, starts=_("上年末日"), demand=_("报送工作计划")),
    Code("township_work", _("乡镇年度视察、评议"), PERIODS, starts=_("上年末日"), demand=_("完成年度视察、评议")),
    Code("township_summary", _("乡镇报送年度总结"), PERIODS, starts=_("上年末日"), demand=_("报送工作总结")),
    Code(
        "submitters",
        _("可以提出建议的"),
        INTAKE,
        Unit.LIST,
        choices=(("one", _("代表一人")), ("joint", _("代表联名")), ("delegation", _("代表团（大会期间）"))),
        is_told=True,
    ),
    Code("cosigners_sign", _("附议人须逐一确认"), INTAKE, Unit.FLAG, is_told=True),
    Code("propose_department", _("代表可以建议承办单位"), INTAKE, Unit.FLAG, is_told=True),
    Code("object_department", _("代表可以对承办单位提出异议"), INTAKE, Unit.FLAG, is_told=True),
    Code("intake_reasons", _("不作为建议处理的情形"), INTAKE, Unit.LIST),
    Code(
        "withdraw_until",
        _("撤回"),
        INTAKE,
        Unit.CHOICE,
        choices=(("before_assignment", _("交办前可以撤回")), ("any_time", _("办结前都可以撤回，办理即行终止"))),
    ),
    Code("withdraw_written", _("撤回须书面提出"), INTAKE, Unit.FLAG, is_told=True),
    Code("withdraw_unanimous", _("联名建议须全体同意才能撤回"), INTAKE, Unit.FLAG),
    Code("revise_before_assignment", _("交办前代表可以修改"), INTAKE, Unit.FLAG, is_told=True),
    Code("batch_days", _("集中交办日（每月几日）"), HANDLING, Unit.LIST),
    Code("weekly_digest", _("每周一汇总上周情况，发给代表工作机构和领导"), HANDLING, Unit.FLAG),
    Code("contact_required", _("答复前必须有联系代表的记录"), HANDLING, Unit.FLAG),
    Code("refused_return_binds", _("退办未获同意的必须办理"), HANDLING, Unit.FLAG, is_told=True),
    Code("extension_allowed", _("可以申请延长答复期限"), HANDLING, Unit.FLAG),
    Code(
        "extension_needs",
        _("延长答复期限的条件"),
        HANDLING,
        Unit.CHOICE,
        choices=(
            ("inform", _("告知代表")),
            ("consent", _("交办机构同意")),
            ("consent_inform", _("交办机构同意并告知代表")),
            ("report_consent", _("书面报告并经交办机构同意")),
        ),
    ),
    Code("fast_track", _("高质量建议直通车"), HANDLING, Unit.FLAG, is_told=True),
    Code("assignment_public", _("承办单位向社会公开"), HANDLING, Unit.FLAG, is_told=True),
    Code("reminders", _("提醒与催办"), HANDLING, Unit.LIST),
    Code(
        "reply_form",
        _("答复方式"),
        ANSWER,
        Unit.CHOICE,
        choices=(
            ("letter", _("书面答复函")),
            ("letter_platform", _("书面答复函，同时在平台答复")),
            ("face_first", _("先当面答复，再送书面答复函")),
            ("face_or_letter", _("可以当面答复，代表要求的书面答复")),
            ("official_document", _("正式公文")),
        ),
        is_told=True,
    ),
    Code("head_signs", _("答复须由单位负责人签发"), ANSWER, Unit.FLAG, is_told=True),
    Code("answer_per_ask", _("逐条答复"), ANSWER, Unit.FLAG, is_told=True),
    Code(
        "reply_cosigners",
        _("联名建议答复"),
        ANSWER,
        Unit.CHOICE,
        choices=(
            ("each", _("分别答复每位代表")),
            ("lead", _("答复领衔代表，由其转告")),
            ("each_or_lead", _("分别答复，经同意可以由领衔代表转告")),
        ),
        is_told=True,
    ),
    Code("reply_copies", _("答复函抄送"), ANSWER, Unit.LIST),
    Code("result_scheme", _("办理结果分类"), ANSWER, Unit.LIST),
    Code("promise_ledger", _("承诺事项列入台账"), ANSWER, Unit.FLAG, is_told=True),
    Code("promise_report", _("承诺落实情况报告"), ANSWER, Unit.TEXT, is_told=True),
    Code("ratings", _("评价等次"), EVALUATION, Unit.LIST, is_told=True),
    Code("rate_attitude", _("办理态度单独评价"), EVALUATION, Unit.FLAG, is_told=True),
    Code("rate_each_cosigner", _("附议代表也分别评价"), EVALUATION, Unit.FLAG),
    Code("evaluation_sealed", _("评价期内对承办单位密封"), EVALUATION, Unit.FLAG),
    Code("evaluation_reminders", _("评价提醒次数"), EVALUATION, Unit.COUNT, is_told=True),
    Code("silent_excluded", _("提醒后仍未评价的不计入满意率基数"), EVALUATION, Unit.FLAG, is_told=True),
    Code("small_group", _("承办单位看到评价汇总所需的最少份数"), EVALUATION, Unit.COUNT),
    Code("judge_dissatisfied", _("不满意先由代表工作机构研判"), EVALUATION, Unit.FLAG),
    Code(
        "second_dissatisfaction",
        _("再次不满意"),
        EVALUATION,
        Unit.CHOICE,
        choices=(
            ("rehandle", _("继续重新办理")),
            ("meeting", _("代表工作机构召集双方当面沟通")),
            ("expert", _("组织专家评估")),
        ),
        is_told=True,
    ),
    Code(
        "publication",
        _("建议和答复公开"),
        PUBLICITY,
        Unit.CHOICE,
        choices=(
            ("open_checked", _("默认公开，公开前审查")),
            ("open", _("应当公开，涉密和隐私除外")),
            ("may", _("可以公开，代表认为不宜的不公开")),
            ("summary", _("公开办理情况")),
        ),
        is_told=True,
    ),
    Code("unit_report", _("承办单位报告办理情况"), PUBLICITY, Unit.TEXT, is_told=True),
    Code("committee_hears", _("常委会听取办理情况报告"), PUBLICITY, Unit.TEXT, is_told=True),
    Code(
        "duty_recorded_by",
        _("履职登记"),
        DUTIES,
        Unit.CHOICE,
        choices=(("organiser", _("由组织者登记，代表核对")), ("deputy", _("由代表登记"))),
        is_told=True,
    ),
    Code("group_activities", _("代表小组每年活动次数（至少）"), DUTIES, Unit.COUNT, is_told=True),
    Code("group_activities_quarter", _("代表小组每季度活动次数（至少）"), DUTIES, Unit.COUNT),
    Code("invitations_a_week", _("一周内邀请同一代表的次数（超过的提醒）"), DUTIES, Unit.COUNT),
    Code("pre_study", _("视察、调研、执法检查前须安排学习"), DUTIES, Unit.FLAG),
    Code("receptions", _("代表每年联系、接待群众次数（至少）"), DUTIES, Unit.COUNT),
    Code("station_receptions", _("联络站每月接待群众次数（至少）"), DUTIES, Unit.COUNT),
    Code("reception_notice_days", _("接待预告提前日数（至少）"), DUTIES, Unit.COUNT, is_told=True),
    Code("identity_display_rate", _("代表亮身份参与率（至少百分之几）"), DUTIES, Unit.COUNT),
    Code("opinion_reanswers", _("群众不满意退回再办次数（最多）"), DUTIES, Unit.COUNT),
    Code("duty_days", _("代表每年执行职务时间（至少几日）"), DUTIES, Unit.COUNT),
    Code("plan_aspects_least", _("年度履职计划的方面（至少）"), DUTIES, Unit.COUNT),
    Code("plan_aspects_most", _("年度履职计划的方面（至多）"), DUTIES, Unit.COUNT),
    Code("leader_contacts_least", _("主任、副主任联系代表人数（至少）"), DUTIES, Unit.COUNT),
    Code("leader_contacts_most", _("主任、副主任联系代表人数（至多）"), DUTIES, Unit.COUNT),
    Code("member_contacts_least", _("其他组成人员联系代表人数（至少）"), DUTIES, Unit.COUNT),
    Code("member_contacts_most", _("其他组成人员联系代表人数（至多）"), DUTIES, Unit.COUNT),
    Code("debriefing_rate", _("代表述职率（至少百分之几）"), DUTIES, Unit.COUNT),
    Code("debriefing_fails_above", _("述职测评末档票超过有效票百分之几为未通过"), DUTIES, Unit.COUNT),
    Code(
        "debriefing_wording",
        _("述职测评等次"),
        DUTIES,
        Unit.CHOICE,
        choices=(
            ("satisfied", _("满意、基本满意、不满意")),
            ("competent", _("优秀、称职、不称职")),
            ("competent4", _("优秀、称职、基本称职、不称职")),
        ),
    ),
    Code("confidants_most", _("受理保密报告的人员（至多）"), DUTIES, Unit.COUNT),
    Code("protected_report_days", _("保密报告几日没有受理的提醒"), DUTIES, Unit.COUNT),
    Code("briefings_quarter", _("代表每季度收到工作简报份数（至少）"), DUTIES, Unit.COUNT),
    Code("quota_warning_days", _("季度定额提前几日提醒"), DUTIES, Unit.COUNT),
    Code("township_inspections", _("乡镇每年视察检查次数（至少）"), DUTIES, Unit.COUNT),
    Code("township_work_reviews", _("乡镇每年评议站所次数（至少）"), DUTIES, Unit.COUNT),
    Code("motion_min_cosigners", _("议案联名人数（含领衔，至少）"), THRESHOLDS, Unit.COUNT),
    Code("interpellation_min", _("质询案联名人数（至少）"), THRESHOLDS, Unit.COUNT, is_told=True),
    Code("group_min_members", _("代表小组人数（至少）"), THRESHOLDS, Unit.COUNT, is_told=True),
    Code("unapproved_absences", _("未经批准缺席几次会议代表资格终止"), THRESHOLDS, Unit.COUNT),
    Code("sessions_a_year", _("每年会议次数（至少）"), THRESHOLDS, Unit.COUNT),
    Code("presidium_meetings", _("乡镇主席团每年会议次数（至少）"), THRESHOLDS, Unit.COUNT),
    Code("import_days", _("上传的表格、照片没有确认的，保留日数（至多）"), PRIVACY, Unit.COUNT),
    Code("opinion_contact_days", _("民情办结后反映人称呼、电话的保留日数（至多）"), PRIVACY, Unit.COUNT),
)
CODES = {each.code: each for each in _ALL}


def code_of(code):
    try:
        return CODES[code]
    except KeyError:
        raise UnknownRule(code) from None
