"""The letters of a debriefing: you are to report, the result is out (述职的通知)."""

from django.urls import reverse
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
        reporting = self.case.statements.reporting().values("mandate")
        return list(User.objects.filter(deputy__mandates__in=reporting).distinct().order_by("pk"))


@on("debriefing.hold", "debriefing.take_off")
class NotReported(Letter):
    """To whoever was planned and did not report."""

    title = _("登记为没有述职，另行安排：%(case)s")
    body = _("已提交的报告保留，下次述职可以直接用。登记不对的，请与代表工作机构联系。")

    def recipients(self):
        return list(User.objects.filter(deputy__mandates__in=self.entry.facts.get("missed", ())).order_by("pk"))

    def url(self, reader):
        return reverse("debriefings:mine")


@on("debriefing.publish")
class ResultIsOut(ToThoseWhoReport):
    title = _("测评结果已公布：%(case)s")
    body = _("公布方式：%(how)s。您可以查看自己的测评票数。")


@on("debriefing.cancel")
class Cancelled(ToThoseWhoReport):
    title = _("述职取消：%(case)s")
    body = _("%(reason)s")
