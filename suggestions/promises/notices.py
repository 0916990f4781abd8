"""The letters of the ledger. None names the deputy: departments read them too (承诺的通知)."""

from django.utils.translation import gettext_lazy as _

from congress.notices import recipients
from congress.notices.letters import Letter, on
from suggestions.docket.notices import deputies_of


class ToOffice(Letter):
    def recipients(self):
        return recipients.clerks(self.case.congress_id)


class ToDepartment(Letter):
    def recipients(self):
        return recipients.department(self.case.organ_id)


class ToDeputies(Letter):
    def recipients(self):
        return deputies_of(self.case.suggestion)


@on("promise.report")
class PleaseLook(ToOffice):
    title = _("%(organ)s报告承诺已兑现，请回头看：%(case)s")


@on("promise.report")
class SaidToBeKept(ToDeputies):
    title = _("%(organ)s说承诺已兑现，请您看看：%(case)s")
    body = _("打开可以看兑现情况和照片，也可以说一句：已看到，或者没有兑现。")


@on("promise.ask_extension")
class PleaseDecide(ToOffice):
    title = _("%(organ)s申请承诺延期，请决定：%(case)s")
    body = _("从%(was)s延到%(until)s。理由：%(reason)s")


@on("promise.grant")
class PutOff(ToDepartment):
    title = _("承诺同意延到%(until)s：%(case)s")


@on("promise.grant")
class PutOffForDeputies(ToDeputies):
    title = _("承诺从%(was)s延到%(until)s：%(case)s")


@on("promise.refuse")
class HeldToTheDay(ToDepartment):
    title = _("承诺不同意延期：%(case)s")
    body = _("理由：%(reason)s")


@on("promise.look_back")
class FoundKept(ToDeputies):
    title = _("回头看：承诺已兑现：%(case)s")
    body = "%(words)s"


@on("promise.find_partly", "promise.find_broken")
class NotYetKept(ToDepartment):
    title = _("回头看：承诺还没有全部兑现，%(by_when)s：%(case)s")
    body = "%(words)s"
    is_urgent = True


@on("promise.find_partly", "promise.find_broken")
class NotYetKeptForDeputies(ToDeputies):
    title = _("回头看：承诺还没有全部兑现，%(by_when)s：%(case)s")
    body = "%(words)s"


@on("promise.call")
class LookBackDue(ToOffice):
    """Of what a report calls for the office has heard by the letter of the report."""

    title = _("%(cause)s，请回头看：%(case)s")

    def recipients(self):
        return [] if self.entry.facts.get("by_report") else super().recipients()


@on("promise.succeed")
class TakenOver(ToDepartment):
    title = _("%(gone)s的承诺由贵单位接着兑现：%(case)s")
    body = _("%(gone)s已撤销，期限不变。")


@on("promise.speak")
class DeputySpoke(ToOffice):
    """What the deputy says goes to the office; a department reads it in the ledger, without his name."""

    title = _("代表说：%(said)s：%(case)s")
