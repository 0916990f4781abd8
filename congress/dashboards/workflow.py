"""The sentences of what the desks put into the journal themselves."""

from django.utils.translation import gettext_lazy as _

from congress.procedure.workflow import describe

describe(
    journal_export=_("%(who)s导出日志 %(count)s 条"),
    account_export=_("%(who)s导出账号名单 %(count)s 人"),
    townships_export=_("%(who)s导出%(what)s %(count)s 行"),
)
