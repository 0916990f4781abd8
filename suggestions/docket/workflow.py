"""The lawful steps of a case and of each department's share (domain: 提、审、交、办、答、评)."""

from django.utils.translation import gettext_lazy as _

from congress.procedure.workflow import Procedure, Step, describe
from suggestions.docket.models import Assignment, Suggestion

S = Suggestion.State
A = Assignment.State


def _from(*states):
    return frozenset(states)


CASE = Procedure(
    "suggestion",
    Step("submit", _("提交"), _from(S.DRAFT, S.RETURNED), S.SUBMITTED, "docket.submit_suggestion", _("%(who)s提出建议")),
    Step("register", _("立案"), _from(S.SUBMITTED), S.REGISTERED, "docket.check_suggestion", _("%(who)s审查立案，编为%(number)s")),
    Step("return", _("退回修改"), _from(S.SUBMITTED), S.RETURNED, "docket.check_suggestion", _("%(who)s退回修改：%(reason)s")),
    Step("reject", _("不予受理"), _from(S.SUBMITTED), S.REJECTED, "docket.check_suggestion", _("%(who)s不予受理：%(reason)s")),
    Step("turn_to_letter", _("转代表来信"), _from(S.SUBMITTED), S.LETTER, "docket.check_suggestion", _("%(who)s转为代表来信：%(reason)s")),
    Step("assign", _("交办"), _from(S.REGISTERED), S.IN_HAND, "docket.assign_suggestion", _("%(who)s交办，主办%(lead)s%(co)s")),
    Step("reassign", _("改派"), _from(S.IN_HAND), S.IN_HAND, "docket.assign_suggestion", _("%(who)s改由%(lead)s办理"), is_button=False),
    Step("reply", _("答复代表"), _from(S.IN_HAND), S.REPLIED, "docket.complete_reply", _("答复送达代表，等待评价"), is_button=False),
    Step("rework", _("重新办理"), _from(S.REPLIED), S.IN_HAND, "docket.order_rework", _("%(who)s决定重新办理：%(reason)s"), is_button=False),
    Step("resume", _("恢复研判"), _from(S.CLOSED), S.REPLIED, "docket.close_suggestion", _("补录了评价期内的评价，等待研判"), is_button=False),
    Step("close", _("办结"), _from(S.REPLIED), S.CLOSED, "docket.close_suggestion", _("%(who)s办结%(reason)s"), is_button=False),
    Step("withdraw", _("撤回"), _from(S.SUBMITTED, S.RETURNED, S.REGISTERED, S.IN_HAND), S.WITHDRAWN, "docket.withdraw_suggestion", _("%(who)s撤回建议：%(reason)s")),
    Step("discard", _("删除草稿"), _from(S.DRAFT), None, "docket.discard_suggestion", _("%(who)s删除草稿《%(title)s》"), is_button=False),
    Step("correct", _("更正"), _from(*S) - _from(S.DRAFT), None, "docket.correct_suggestion", _("%(who)s更正：%(changes)s"), rewrites=True),
    Step("urge", _("催办"), _from(S.IN_HAND), None, "docket.urge_suggestion", _("%(who)s催办：%(reason)s")),
)  # fmt: skip

SHARE = Procedure(
    "share",
    Step("distribute", _("分办"), _from(A.TO_DISTRIBUTE), A.DISTRIBUTED, "docket.distribute_share", _("%(who)s分办给%(lead)s%(co)s")),
    Step("accept", _("签收"), _from(A.ASSIGNED), A.IN_HAND, "docket.handle_share", _("%(who)s签收")),
    Step("hand_back", _("申请退办"), _from(A.ASSIGNED), A.HANDED_BACK, "docket.handle_share", _("%(who)s申请退办：%(reason)s")),
    Step("keep", _("不同意退办"), _from(A.HANDED_BACK), A.IN_HAND, "docket.decide_hand_back", _("%(who)s不同意%(organ)s退办：%(reason)s")),
    Step("release", _("同意退办"), _from(A.HANDED_BACK), A.RELEASED, "docket.decide_hand_back", _("%(who)s同意%(organ)s退办，改由%(lead)s办理")),
    Step("excuse", _("不再会办"), _from(A.ASSIGNED, A.IN_HAND, A.HANDED_BACK), A.RELEASED, "docket.decide_hand_back", _("%(who)s同意%(organ)s不再会办：%(reason)s"), is_button=False),
    Step("contact", _("记录面商"), _from(A.IN_HAND, A.DRAFTED), None, "docket.handle_share", _("%(who)s%(method)s代表，听取意见"), tells_of_before=True),
    Step("give_opinion", _("提交会办意见"), _from(A.IN_HAND), A.DONE, "docket.give_opinion", _("%(who)s提交会办意见")),
    Step("draft", _("送审签"), _from(A.IN_HAND), A.DRAFTED, "docket.draft_reply", _("%(who)s拟好答复，送负责人签发")),
    Step("send_back", _("退回重拟"), _from(A.DRAFTED), A.IN_HAND, "docket.sign_reply", _("%(who)s退回重拟：%(reason)s")),
    Step("sign", _("签发答复"), _from(A.DRAFTED), A.DONE, "docket.sign_reply", _("%(who)s签发答复%(number)s")),
    Step("ask_extension", _("申请延期"), _from(A.IN_HAND, A.DRAFTED), None, "docket.ask_extension", _("%(who)s申请把答复期限从%(was)s延到%(until)s：%(reason)s"), when=Assignment.may_ask_for_time),
    Step("tell_extension", _("延期"), _from(A.IN_HAND, A.DRAFTED), None, "docket.ask_extension", _("%(who)s告知代表，答复期限从%(was)s延到%(until)s：%(reason)s"), is_button=False, when=Assignment.may_ask_for_time),
    Step("grant_extension", _("同意延期"), _from(A.IN_HAND, A.DRAFTED), None, "docket.decide_extension", _("%(who)s同意%(organ)s延期，答复期限从%(was)s延到%(until)s"), when=Assignment.has_asked_for_time),
    Step("refuse_extension", _("不同意延期"), _from(A.IN_HAND, A.DRAFTED), None, "docket.decide_extension", _("%(who)s不同意%(organ)s延期：%(reason)s"), when=Assignment.has_asked_for_time),
    Step("call_difficult", _("改按难度大的期限"), _from(A.ASSIGNED, A.IN_HAND, A.DRAFTED), None, "docket.decide_extension", _("%(who)s认定涉及面广、办理难度大，%(organ)s的答复期限从%(was)s延到%(until)s：%(reason)s"), when=Assignment.may_be_called_difficult),
    Step("replace", _("更正承办单位"), _from(A.ASSIGNED, A.IN_HAND, A.HANDED_BACK, A.TO_DISTRIBUTE), A.RELEASED, "docket.decide_hand_back", _("%(who)s更正承办单位：%(organ)s改为%(lead)s"), is_button=False),
    Step("succeed", _("移交承接单位"), _from(*Assignment.OPEN, A.DISTRIBUTED), None, "docket.succeed_share", _("%(organ)s已撤销，由%(lead)s接办，期限不变"), is_button=False),
    Step("end", _("终止"), _from(*Assignment.OPEN), A.ENDED, "docket.end_share", _("%(organ)s不再承办"), is_button=False),
)  # fmt: skip

describe(
    cosigner_invite=_("%(who)s邀请%(names)s附议"),
    cosigner_confirm=_("%(who)s确认附议"),
    cosigner_decline=_("%(who)s未附议"),
    cosigner_void=_("%(who)s改动了内容，%(names)s须重新确认附议"),
    cosigner_release=_("%(who)s不再请%(names)s附议"),
    docket_record=_("%(who)s代录纸质件《%(title)s》"),
    suggestion_imported=_("%(who)s从旧件《%(file)s》第%(row)s行导入"),
    oldpapers_upload=_("上传旧件"),
    oldpapers_decide=_("改动旧件导入的取舍，%(rows)s行"),
    oldpapers_confirm=_("确认导入旧件"),
    oldpapers_apply=_("导入旧件"),
    oldpapers_drop=_("放弃导入旧件"),
    oldpapers_undo=_("撤销导入旧件：%(reason)s"),
    docket_digest=_("上周收到%(received)s件，交办%(assigned)s件，答复%(replied)s件"),
    names_link=_("%(who)s把原件上的“%(name)s”关联到%(to)s，共%(count)s件"),
    names_leave=_("%(who)s决定原件上的“%(name)s”照原样保留，共%(count)s件"),
    docket_export=_("%(who)s导出建议清单，共%(count)s件"),
)
