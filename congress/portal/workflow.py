"""The check before something is made public (公开审查); a story, and the consent of whom it tells of (代表风采)."""

from django.utils.translation import gettext_lazy as _

from congress.portal.models import Publication, Story
from congress.procedure.workflow import Procedure, Step, describe

S, T = Publication.State, Story.State

PUBLICATION = Procedure(
    "publication",
    Step("publish", _("公开"), frozenset({S.PENDING, S.WITHHELD}), S.PUBLISHED, "portal.publish", _("%(part)s向社会公开")),
    Step("withhold", _("不予公开"), frozenset({S.PENDING, S.PUBLISHED}), S.WITHHELD, "portal.publish", _("%(part)s不予公开：%(reason)s")),
    Step("take_down", _("撤下"), frozenset({S.PENDING, S.PUBLISHED}), S.WITHHELD, "portal.recheck", _("建议已撤回，%(part)s不再公开"), is_button=False),
    Step("recheck", _("再审查"), frozenset({S.PUBLISHED, S.WITHHELD}), S.PENDING, "portal.recheck", _("重新办理，新的%(part)s公开以前再审查"), is_button=False),
)  # fmt: skip

_TELL, _AGREE = "portal.tell_story", "portal.agree_to_story"
STORY = Procedure(
    "story",
    Step("revise", _("修改"), frozenset(T), T.DRAFT, _TELL, _("修改《%(title)s》，公开以前重新征得代表同意")),
    Step("ask", _("请代表同意"), frozenset({T.DRAFT, T.WITHDRAWN}), T.ASKED, _TELL, _("请%(deputy)s代表看《%(title)s》全文，同意后公开")),
    Step("agree", _("同意公开"), frozenset({T.ASKED}), T.AGREED, _AGREE, _("%(deputy)s代表看过全文，同意公开")),
    Step("decline", _("不同意"), frozenset({T.ASKED}), T.DRAFT, _AGREE, _("%(deputy)s代表不同意公开：%(reason)s")),
    Step("publish", _("公开"), frozenset({T.AGREED}), T.PUBLISHED, _TELL, _("《%(title)s》向社会公开")),
    Step("take_back", _("收回同意"), frozenset(Story.CONSENTED), T.WITHDRAWN, _AGREE, _("%(deputy)s代表收回同意，不再公开%(why)s")),
    Step("withdraw", _("撤下"), frozenset({T.DRAFT, T.ASKED, *Story.CONSENTED}), T.WITHDRAWN, _TELL, _("撤下：%(reason)s")),
)  # fmt: skip

describe(
    story_write=_("起草《%(title)s》"),
    profile_show=_("%(who)s亮身份"),
    profile_show_for=_("代%(who)s亮身份，依据：%(basis)s"),
    profile_hide=_("%(who)s收起公开页"),
    profile_cards=_("导出%(what)s的联系卡，共%(count)s张"),
)
