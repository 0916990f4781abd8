"""Who is told of a closed period, of its publication, of an objection and its answer (积分的通知)."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congress.accounts.models import User
from congress.kit.dates import said_short
from congress.notices import recipients
from congress.notices.letters import Letter, on
from deputies.roll.models import Mandate
from deputies.scores.models import Scheme


class ToScored(Letter):
    """To every deputy who was scored."""

    def recipients(self):
        return list(User.objects.filter(deputy__mandates__standings__close=self.case).distinct().order_by("pk"))

    def url(self, reader):
        return reverse("scores:mine")

    def words(self, reader):
        until = self.case.object_until
        return super().words(reader) | {"scheme": self.case.scheme.name, "until": said_short(until)}


@on("closing.close")
class PeriodClosed(ToScored):
    title = _("%(period)s积分已结转，请核对")
    body = _("%(scheme)s。觉得不对的，%(until)s前可以提出异议。")


@on("closing.publish")
class PeriodShown(ToScored):
    title = _("%(period)s积分已亮分")
    body = _("%(scheme)s，范围：%(shown)s。")


@on("scheme.stop")
class SchemeStopped(Letter):
    """To the deputies who were scored by it."""

    title = _("%(name)s停用，计分到%(until)s为止")
    body = _("已经结转的积分不变%(running)s。原因：%(why)s")

    def recipients(self):
        if self.case.subject != Scheme.Subject.DEPUTY:
            return []
        seats = Mandate.objects.active().filter(congress=self.case.congress_id)
        return list(User.objects.filter(deputy__mandates__in=seats, is_active=True).distinct().order_by("pk"))

    def url(self, reader):
        return reverse("scores:mine")


@on("objection.raise")
class Objected(Letter):
    title = _("%(who)s对积分提出异议")
    body = _("%(text)s")

    def recipients(self):
        return recipients.clerks(self.case.congress_id)


@on("objection.correct")
class Corrected(Letter):
    title = _("您的积分异议已更正：%(difference)s 分")
    body = _("%(finding)s")

    def recipients(self):
        return [self.case.raised_by]


@on("objection.uphold")
class Upheld(Corrected):
    title = _("您的积分异议已处理：维持原分")
