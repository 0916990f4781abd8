"""The letters of this room: a deputy needs help, he is answered, somebody else answers from now on (通知)."""

from django.utils.translation import gettext_lazy as _

from congress.accounts.models import User
from congress.notices import recipients
from congress.notices.letters import Letter, on


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
    body = _("%(text)s　请在 %(due)s 前答复。")


@on("help.pass_up")
class PassedUp(ToHisOffice):
    title = _("%(organ)s转来代表求助：%(deputy)s，%(kind)s")
    body = _("%(why)s　请在 %(due)s 前答复。")


@on("help.pass_up")
class AnotherAnswers(ToTheDeputy):
    title = _("您的求助转由%(to)s答复：%(kind)s")
    body = _("%(why)s　答复期限不变：%(due)s。")


@on("help.answer")
class Answered(ToTheDeputy):
    title = _("您的求助有答复了：%(kind)s")
    body = _("%(answer)s")
