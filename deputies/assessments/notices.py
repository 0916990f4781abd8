"""The letters of an assessment: please rate, you are late, your result is out (考评的通知)."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congress.accounts.models import User
from congress.kit.dates import said_short
from congress.notices import recipients
from congress.notices.letters import Letter, on
from congress.organs.hats import hats_of
from deputies.assessments.models import Stage
from deputies.roll.models import DeputyGroup

R = Stage.Rater


def raters_of(markings):
    """The accounts of those from whom these ratings are due: deputies, leaders of groups, townships, the office."""
    told = ("stage__rater", "sheet__mandate", "sheet__mandate__delegation__township")
    waiting = list(markings.order_by().values_list(*told).distinct())
    mandates = {mandate for rater, mandate, _township in waiting if rater == R.DEPUTY}
    members = {mandate for rater, mandate, _township in waiting if rater == R.GROUP}
    townships = {township for rater, _mandate, township in waiting if rater == R.TOWNSHIP and township}
    leaders = DeputyGroup.objects.filter(members__in=members, leader__isnull=False)
    holders = Q(deputy__mandates__in=mandates) | Q(deputy__mandates__in=leaders.values("leader"))
    people = list(User.objects.filter(holders, is_active=True).distinct().order_by("pk"))
    people += recipients.clerks(list(townships)) if townships else []
    if any(rater in (R.OFFICE, R.MEETING) for rater, _mandate, _township in waiting):
        people += recipients.clerks(markings.values_list("sheet__assessment__congress", flat=True).first())
    return people


class PleaseRate(Letter):
    """To everybody from whom a rating is due now."""

    def recipients(self):
        return raters_of(self.case.missing())

    def url(self, reader):
        if hats_of(reader).deputy_in and not hats_of(reader).clerk_of:
            return reverse("assessments:mine")
        return self.case.get_absolute_url()

    def words(self, reader):
        due = self.case.due_on
        return super().words(reader) | {"until": said_short(due)}


@on("assessment.open")
class Opened(PleaseRate):
    title = _("请评定：%(case)s")
    body = _("%(until)s前评完。")


@on("assessment.urge", "assessment.remind")
class StillMissing(PleaseRate):
    title = _("还没有评完：%(case)s")
    body = _("%(until)s截止，请尽快评完。")


@on("assessment.close")
class ResultIsOut(Letter):
    """To every deputy who was assessed."""

    title = _("%(case)s已结束，请看您的考评表")

    def recipients(self):
        seats = self.case.sheets.taking().values("mandate")
        return list(User.objects.filter(deputy__mandates__in=seats, is_active=True).distinct().order_by("pk"))

    def url(self, reader):
        return reverse("assessments:mine")


@on("assessment.cancel")
class Cancelled(ResultIsOut):
    title = _("%(case)s取消了")
    body = _("%(reason)s")
