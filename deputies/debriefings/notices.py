"""The letters of a debriefing: you are to report, the result is out (述职的通知)."""

from django.utils.translation import gettext_lazy as _

from congress.accounts.models import User
from congress.notices.letters import Letter, on


@on("debriefing.arrange", "debriefing.change")
class YouReport(Letter):
    title = _("请您述职：%(case)s")
    body = _("述职日期：%(day)s。请提前提交述职报告。")

    def recipients(self):
        return list(User.objects.filter(deputy__mandates__in=self.entry.facts["added"]).order_by("pk"))


class ToThoseWhoReport(Letter):
    """To every deputy of the debriefing."""

    def recipients(self):
        return list(User.objects.filter(deputy__mandates__statements__debriefing=self.case).distinct().order_by("pk"))


@on("debriefing.publish")
class ResultIsOut(ToThoseWhoReport):
    title = _("测评结果已公布：%(case)s")
    body = _("公布方式：%(how)s。您可以查看自己的测评票数。")


@on("debriefing.cancel")
class Cancelled(ToThoseWhoReport):
    title = _("述职取消：%(case)s")
    body = _("%(reason)s")
