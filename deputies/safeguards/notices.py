"""The letters of this room: a deputy needs help, he is answered, somebody else answers from now on (通知)."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from congress.accounts.models import User
from congress.notices import recipients
from congress.notices.letters import Letter, on
from deputies.safeguards.models import Confidant


class ToHisOffice(Letter):
    """To the office that was to answer at that moment."""

    def recipients(self):
        return recipients.clerks(self.entry.facts["holder"])


class ToTheDeputy(Letter):
    def recipients(self):
        return list(User.objects.filter(deputy__mandates=self.case.mandate_id))


@on("help.ask", "help.ask_again")
class PleaseHelp(ToHisOffice):
    title = _("%(deputy)s代表求助：%(kind)s")
    body = _("%(text)s　请在%(due)s前答复。")


@on("help.pass_up")
class PassedUp(ToHisOffice):
    title = _("%(organ)s转来代表求助：%(deputy)s，%(kind)s")
    body = _("%(why)s　请在%(due)s前答复。")


@on("help.pass_up")
class AnotherAnswers(ToTheDeputy):
    title = _("您的求助转由%(to)s答复：%(kind)s")
    body = _("%(why)s　答复期限不变：%(due)s。")


@on("help.answer")
class Answered(ToTheDeputy):
    title = _("您的求助有答复了：%(kind)s")
    body = _("%(answer)s")


class ForYourEyesOnly(Letter):
    """Says that there is something and nothing of it: a letter may be read by others, on a screen or by the way."""

    title = _("有一份需要您本人查看的报告")
    body = _("登录后在平台里查看，请不要转发。")

    def words(self, reader):
        return {}


@on("protection.report", "protection.remind", "protection.withdraw")
class ToTheEntrusted(ForYourEyesOnly):
    def recipients(self):
        standing = Confidant.objects.filter(congress=self.case.congress_id).standing(on=timezone.localdate())
        return list(User.objects.filter(pk__in=standing.values("user")).order_by("pk"))


@on("protection.take_up", "protection.settle")
class ToWhoReported(ForYourEyesOnly):
    def recipients(self):
        return list(User.objects.filter(deputy__mandates=self.case.mandate_id))


@on("confidant.name")
class YouAreEntrusted(Letter):
    title = _("您被指定受理代表的保密报告")
    body = _("报告只有报告的代表本人和受理人员看得到，每次查看都会留痕。有报告时会通知您。")

    def recipients(self):
        return [self.case.user]
