"""The lawful steps of a seat: begun with the term (代表法 Art. 2), suspended (Art. 61), restored, ended (Arts. 62-63)."""

from django.utils.translation import gettext_lazy as _

from congress.procedure.workflow import Procedure, Step, describe
from deputies.roll.models import Mandate

S = Mandate.State

SEAT = Procedure(
    "mandate",
    Step("begin", _("就任"), frozenset({S.ELECT}), S.ACTIVE, "roll.begin", _("本届首次会议举行，开始执行代表职务"), is_button=False),
    Step("suspend", _("暂停执行代表职务"), frozenset({S.ACTIVE}), S.SUSPENDED, "roll.keep", _("暂时停止执行代表职务")),
    Step("resume", _("恢复执行代表职务"), frozenset({S.SUSPENDED}), S.ACTIVE, "roll.keep", _("恢复执行代表职务")),
    Step("end", _("终止代表资格"), Mandate.HELD | {S.ELECT}, S.ENDED, "roll.keep", _("代表资格终止")),
)  # fmt: skip

describe(
    mandate_create=_("登入名册"),
    mandate_change=_("改动名册资料"),
    mandate_portrait=_("换了照片"),
    mandate_expertise=_("说明自己的专长"),
    mandate_reveal=_("查看个人信息"),
    roll_portraits=_("批量换了 %(count)s 张代表照片"),
    import_upload=_("上传名册"),
    import_decide=_("改动导入的取舍，%(rows)s 行"),
    import_confirm=_("确认导入名册"),
    import_apply=_("导入名册"),
    import_drop=_("放弃导入"),
    import_undo=_("撤销导入"),
    roll_export=_("导出名册"),
    roll_body=_("改动代表团、小组或者选区"),
)
