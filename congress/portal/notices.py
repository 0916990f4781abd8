"""The letters about a story: he is asked, the office hears what he said, he hears that it is public (通知)."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congress.accounts.models import User
from congress.notices import recipients
from congress.notices.letters import Letter, on


class ToWhomItTellsOf(Letter):
    def recipients(self):
        return list(User.objects.filter(deputy__mandates=self.case.mandate_id))

    def url(self, reader):
        return reverse("portal:own_story", args=[self.case.pk])


class ToTheOffice(Letter):
    def recipients(self):
        return recipients.clerks(self.case.congress_id)


@on("story.ask")
class PleaseRead(ToWhomItTellsOf):
    title = _("请您看看：《%(title)s》要公开")
    body = _("请看全文，同意、不同意都请点一下；您不同意就不公开。")


@on("story.publish")
class ItIsPublic(ToWhomItTellsOf):
    title = _("《%(title)s》已经公开")
    body = _("在您的公开页上看得到。不想再公开的，随时可以收回同意。")


@on("story.agree")
class HeAgreed(ToTheOffice):
    title = _("%(deputy)s代表同意公开《%(title)s》")
    body = _("可以点“公开”了。")


@on("story.decline")
class HeDeclined(ToTheOffice):
    title = _("%(deputy)s代表不同意公开《%(title)s》")
    body = _("%(reason)s")


@on("story.take_back")
class HeTookItBack(ToTheOffice):
    title = _("%(deputy)s代表收回同意：《%(title)s》")
    body = _("已从公开页上撤下%(why)s。")
