"""The letters of the record; none is urgent, most of them reach a deputy in the digest of his day (履职的通知)."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congress.accounts.models import User
from congress.notices import recipients
from congress.notices.letters import Letter, on
from deputies.roll.models import DeputyGroup, Mandate


def accounts_of(mandates):
    return list(User.objects.filter(deputy__mandates__in=mandates).distinct().order_by("pk"))


class ToNamedDeputies(Letter):
    """To the deputies of whom an event says something; the page is his own, whatever the event."""

    def recipients(self):
        return accounts_of(self.entry.facts["mandates"])

    def url(self, reader):
        return reverse("duties:mine")


class ToTheDeputy(Letter):
    """To the deputy whose row it is."""

    def recipients(self):
        return accounts_of([self.case.mandate_id])

    def words(self, reader):
        return super().words(reader) | {"kind": self.case.get_kind_display(), "title": self.case.title}


class ToVerifiers(Letter):
    """To who checks a claim first: the leaders of his groups, else his township, else the office."""

    def words(self, reader):
        seat = self.case.mandate
        return super().words(reader) | {
            "name": seat.deputy.name,
            "kind": self.case.get_kind_display(),
            "title": self.case.title,
        }

    def recipients(self):
        seat = self.case.mandate
        groups = DeputyGroup.objects.filter(members=seat, leader__state=Mandate.State.ACTIVE).exclude(leader=seat)
        leaders = accounts_of(groups.values_list("leader", flat=True))
        township = seat.delegation.township_id if seat.delegation else None
        return leaders or recipients.clerks(township) or recipients.clerks(self.case.congress_id)


@on("duty.register")
class PleaseCheck(ToNamedDeputies):
    title = _("请核对您的履职登记：%(case)s")
    body = _("没有错的点“都没有错”，有错的提出异议。期满没有提出的，按登记核定。")


@on("duty.withdraw")
class TakenOff(ToNamedDeputies):
    title = _("履职登记已更正，您不在名单里：%(case)s")


@on("duty.object")
class Objected(Letter):
    """To the office, and to whoever organised the event."""

    title = _("%(who)s对履职登记有异议，请核实：%(case)s")
    body = "%(objection)s"

    def recipients(self):
        return [*recipients.clerks(self.case.congress_id), self.case.registered_by]


@on("duty.correct", "duty.uphold", "duty.strike")
class Decided(ToTheDeputy):
    title = _("您的履职登记有了处理意见：%(title)s")
    body = "%(finding)s"


@on("duty.claim", "duty.resubmit")
class PleaseVerify(ToVerifiers):
    title = _("请核实%(name)s登记的%(kind)s：%(title)s")


@on("duty.verify")
class Verified(ToTheDeputy):
    title = _("您登记的%(kind)s已核实：%(title)s")


@on("duty.refuse")
class Refused(ToTheDeputy):
    title = _("您登记的%(kind)s没有认可：%(title)s")
    body = _("理由：%(finding)s可以补充后重报。")


@on("duty.certify")
class CertificateIssued(ToTheDeputy):
    title = _("已为您出具%(number)s")

    def words(self, reader):
        return Letter.words(self, reader)
