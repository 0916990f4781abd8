"""The letters of this room: who contacts whom from now on, whose contact is due, what was passed on (通知)."""

from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from congress.accounts.models import User
from congress.deadlines.readers import debtors
from congress.kit.dates import said
from congress.notices import recipients
from congress.notices.letters import Letter, on
from congress.organs.models import Membership
from congress.organs.roles import Role
from deputies.pledges.models import Tie


@debtors("pledges.tie")
def those_who_keep_in_touch(tie_ids):
    """A member owes his contact himself; a committee's is owed by those who serve it."""
    ties = Tie.objects.filter(pk__in=tie_ids).values_list("pk", "member__deputy__user", "committee")
    serving = {}
    committees = {committee for _tie, _user, committee in ties if committee}
    clerks = Membership.objects.filter(organ__in=committees, role=Role.COMMITTEE_CLERK)
    for organ, user in clerks.in_force(on=timezone.localdate()).values_list("organ", "user"):
        serving.setdefault(organ, []).append(user)
    return {tie: [user] if user else serving.get(committee, []) for tie, user, committee in ties}


class ToThePaired(Letter):
    """To the deputies whom the entry names as newly contacted."""

    def recipients(self):
        return list(User.objects.filter(deputy__mandates__in=self.entry.facts["added"]).order_by("pk"))

    def url(self, reader):
        return reverse("pledges:mine")


@on("contacts.allot")
class ContactedFromNowOn(ToThePaired):
    title = _("今后由%(keeper)s联系您")
    body = _("有意见和建议可以直接向联系人反映，他也会按期与您联系。")


@on("contacts.mentor")
class PairedFromNowOn(ToThePaired):
    title = _("您和%(keeper)s代表结对帮带")
    body = _("履职中有不清楚的，可以向他请教。")


@on("tie.follow")
class PassedOn(Letter):
    title = _("联系代表时提出的意见：%(where)s")
    body = _("%(text)s")

    def recipients(self):
        return recipients.clerks(self.case.congress_id)


@on("tie.follow")
class PleaseHandle(Letter):
    """To the department; it reads of the matter and not of who brought it up to whom."""

    title = _("请办理代表提出的意见：%(text)s")
    body = _("办好后登记结果，联系代表的同志会看到。")

    def recipients(self):
        department = self.entry.facts.get("department")
        return recipients.department(department) if department else []

    def url(self, reader):
        return reverse("pledges:matters")


@on("followup.settle")
class HasAResult(Letter):
    """To whoever keeps in touch with the deputy, and to the office."""

    title = _("转办的意见有了结果：%(text)s")
    body = "%(result)s"

    def recipients(self):
        keepers = those_who_keep_in_touch([self.case.pk])[self.case.pk]
        return [*User.objects.filter(pk__in=keepers).order_by("pk"), *recipients.clerks(self.case.congress_id)]


class ToTheSeat(Letter):
    """To the member whom the entry names."""

    def recipients(self):
        return list(User.objects.filter(deputy__mandates=self.entry.facts["seat"]))

    def url(self, reader):
        return reverse("pledges:mine")


@on("township.tie")
class LooksAfterFromNowOn(ToTheSeat):
    title = _("您挂钩联系%(township)s")
    body = _("自%(since)s起。该乡镇人大的工作情况在“我的承诺与联系”里看。")

    def words(self, reader):
        return super().words(reader) | {"since": said(date.fromisoformat(self.entry.facts["since"]))}


@on("township.tie")
class DoesSoNoLonger(ToTheSeat):
    """To the member who did before him."""

    title = _("%(township)s改由%(member)s挂钩联系")
    body = _("您不再挂钩联系这个乡镇。")

    def recipients(self):
        return list(User.objects.filter(deputy__mandates=self.entry.facts["seat_before"]))


@on("township.untie")
class LooksAfterNoMore(ToTheSeat):
    title = _("您不再挂钩联系%(township)s")
    body = _("以前挂钩的起止日期都留着。")


@on("township.tie", "township.untie")
class ToTheTownshipsOffice(Letter):
    """To the township's own office: who looks after it, or that nobody does."""

    title = _("本乡镇的挂钩联系人有变动")
    body = _("现在是谁、从哪天起，见“乡镇工作”。")

    def recipients(self):
        return recipients.clerks(self.case)

    def url(self, reader):
        return reverse("pledges:township_tie", args=[self.case.code])
