"""The check before something is made public (公开审查)."""

from django.utils.translation import gettext_lazy as _

from congress.portal.models import Publication
from congress.procedure.workflow import Procedure, Step, describe

S = Publication.State

PUBLICATION = Procedure(
    "publication",
    Step("publish", _("公开"), frozenset({S.PENDING, S.WITHHELD}), S.PUBLISHED, "portal.publish", _("%(part)s向社会公开")),
    Step("withhold", _("不予公开"), frozenset({S.PENDING, S.PUBLISHED}), S.WITHHELD, "portal.publish", _("%(part)s不予公开：%(reason)s")),
    Step("take_down", _("撤下"), frozenset({S.PENDING, S.PUBLISHED}), S.WITHHELD, "portal.recheck", _("建议已撤回，%(part)s不再公开"), is_button=False),
    Step("recheck", _("再审查"), frozenset({S.PUBLISHED, S.WITHHELD}), S.PENDING, "portal.recheck", _("重新办理，新的%(part)s公开以前再审查"), is_button=False),
)  # fmt: skip

describe(
    profile_show=_("%(who)s亮身份"),
    profile_show_for=_("代%(who)s亮身份，依据：%(basis)s"),
    profile_hide=_("%(who)s收起公开页"),
    profile_cards=_("导出%(what)s的联系卡，共%(count)s张"),
)
