"""The letters of training: a paper to read, a quiz to take, a training that is due (培训的通知)."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congress.accounts.models import User
from congress.kit.dates import said_moment
from congress.notices import recipients
from congress.notices.letters import Letter, on
from deputies.training.models import OnboardingCall
from deputies.training.people import seats_reached


def holders_of(mandates):
    """The accounts of the deputies who hold these seats."""
    return list(User.objects.filter(deputy__mandates__in=mandates, is_active=True).distinct().order_by("pk"))


@on("material.push", "material.push_again")
class PleaseRead(Letter):
    """To whoever has a copy that he has not opened."""

    title = _("请阅读：%(case)s")
    is_of_briefings = False

    def recipients(self):
        if self.case.is_briefing != self.is_of_briefings:
            return []
        copies = self.case.receipts.unopened()
        staff = list(User.objects.filter(pk__in=copies.values("reader"), is_active=True))
        return [*holders_of(copies.values("mandate")), *staff]

    def url(self, reader):
        return reverse("training:read", args=[self.case.pk])


@on("material.push", "material.push_again")
class ReadTheBriefing(PleaseRead):
    """The same of a briefing."""

    title = _("工作简报：%(case)s")
    is_of_briefings = True


@on("quiz.open")
class PleaseTake(Letter):
    """To the deputies of its audience."""

    title = _("请参加测验：%(case)s")
    body = _("%(begins)s开始，%(until)s截止，可答 %(tries)s 次，%(pass_mark)s 分及格。")

    def recipients(self):
        accounts = [account for _seat, account in seats_reached(self.case) if account]
        return list(User.objects.filter(pk__in=accounts, is_active=True).order_by("pk"))

    def words(self, reader):
        quiz = self.case
        told = {"begins": said_moment(quiz.opens_at), "until": said_moment(quiz.closes_at)}
        told |= {"tries": quiz.tries, "pass_mark": quiz.pass_mark}
        return super().words(reader) | told

    def url(self, reader):
        return reverse("training:take", args=[self.case.pk])


@on("onboarding.remind")
class TrainingDue(Letter):
    """To the new deputies themselves."""

    title = _("请尽早参加岗前培训")
    body = _("新任代表应当在期限内参加岗前培训。代表工作机构会通知您时间地点。")

    def recipients(self):
        return holders_of(self.entry.facts["mandates"])

    def url(self, reader):
        return reverse("training:mine")


@on("onboarding.remind")
class TrainingOwed(Letter):
    """To the office, which has to hold it."""

    title = _("%(count)s 名新任代表的岗前培训%(stage)s")
    body = _("请安排岗前培训。")

    def words(self, reader):
        stage = OnboardingCall.Stage(self.entry.facts["stage"]).label
        return super().words(reader) | {"stage": stage}

    def recipients(self):
        return recipients.clerks(self.case.pk)

    def url(self, reader):
        return reverse("training:onboarding")


@on("contest.settle")
class ResultsAreOut(Letter):
    """To everybody who entered."""

    title = _("成绩已公布：%(case)s")

    def recipients(self):
        return holders_of(self.case.entrants.values("mandate"))

    def url(self, reader):
        return reverse("training:mine")


@on("contest.select")
class YouAreIn(Letter):
    """To the finalists."""

    title = _("您已入围现场竞赛：%(case)s")

    def recipients(self):
        return holders_of(self.case.entrants.filter(is_finalist=True).values("mandate"))

    def url(self, reader):
        return reverse("training:mine")
