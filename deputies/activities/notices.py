"""The letters of activities: called, changed, called off, leave decided, tomorrow; opinions passed on and answered."""

from django.utils.translation import gettext_lazy as _

from congress.accounts.models import User
from congress.kit.dates import said, said_moment
from congress.notices import recipients
from congress.notices.letters import Letter, on
from congress.organs.models import Organ
from congress.organs.roles import Role
from deputies.activities.heading import seats_heading
from deputies.activities.models import Activity


def accounts_of(mandates):
    """The accounts of these seats."""
    return list(User.objects.filter(deputy__mandates__in=mandates).distinct().order_by("pk"))


def organisers_of(activity):
    """Who runs it: the office of its organ, else whoever planned it; a group's leader and a station's head too.

    What a department asked for is run by the office, once it has allowed it.
    """
    roles = {Organ.Kind.COMMITTEE: Role.COMMITTEE_CLERK, Organ.Kind.STATION: Role.STATION_KEEPER}
    kind = activity.organ.kind
    office = activity.congress_id if kind == Organ.Kind.DEPARTMENT else activity.organ_id
    found = recipients.serving(activity.organ_id, roles[kind]) if kind in roles else recipients.clerks(office)
    leaders = accounts_of(activity.groups.exclude(leader=None).values("leader"))
    heads = accounts_of(seats_heading(activity.organ))
    return list(dict.fromkeys([*found, *heads, *leaders])) or [activity.created_by]


class ToCalled(Letter):
    """To the deputies who are called."""

    def recipients(self):
        return accounts_of(self.case.invitations.expected().values("mandate"))

    def words(self, reader):
        return super().words(reader) | {
            "time": said_moment(self.case.starts_at),
            "place": self.case.place,
            "organ": self.case.held_by,
        }


class ToNamed(ToCalled):
    """To the deputies whom the entry names."""

    def recipients(self):
        return accounts_of(self.entry.facts["mandates"])


@on("activity.announce")
class YouAreCalled(ToCalled):
    title = _("请参加：%(case)s（%(time)s）")
    body = _("%(organ)s邀请您参加，地点：%(place)s。请打开回复参加，不能参加的请假。")


@on("activity.invite")
class CalledLater(ToNamed):
    title = _("请参加：%(case)s（%(time)s）")
    body = _("%(organ)s邀请您参加，地点：%(place)s。请打开回复参加，不能参加的请假。")

    def recipients(self):
        return super().recipients() if self.entry.facts["later"] else []


@on("activity.release")
class NoLongerCalled(ToNamed):
    title = _("不用参加了：%(case)s（%(time)s）")
    body = _("组织者取消了对您的邀请。")

    def recipients(self):
        return super().recipients() if self.case.announced_on else []

    def url(self, reader):
        return ""


@on("activity.change")
class Changed(ToCalled):
    title = _("活动有变动：%(case)s（%(time)s）")
    body = _("改动的是：%(changes)s。地点：%(place)s。")
    is_urgent = True

    def recipients(self):
        return super().recipients() if self.case.state == Activity.State.ANNOUNCED else []


@on("activity.cancel")
class CalledOff(ToCalled):
    title = _("活动取消：%(case)s（原定%(time)s）")
    body = _("原因：%(reason)s")
    is_urgent = True

    def recipients(self):
        return super().recipients() if self.case.announced_on else []


@on("activity.remind")
class Tomorrow(ToCalled):
    title = _("明天：%(case)s（%(time)s）")
    body = _("地点：%(place)s。到会后扫屏幕上的二维码签到。")


@on("activity.request")
class RequestToDecide(Letter):
    title = _("%(who)s申请邀请代表参加：%(case)s")
    body = _("请决定是否同意举办，同意后由代表工作机构邀请代表。")

    def recipients(self):
        return recipients.clerks(self.case.congress_id)


@on("activity.allow")
class Allowed(Letter):
    title = _("已同意举办：%(case)s")

    def recipients(self):
        return [self.case.created_by]


@on("activity.decline")
class Declined(Allowed):
    title = _("没有同意举办：%(case)s")
    body = _("理由：%(reason)s")


@on("activity.submit_theme")
class ThemeToPass(Letter):
    title = _("请审定主题：%(case)s")

    def recipients(self):
        return [self.case.guide]


@on("activity.approve_theme")
class ThemePassed(Letter):
    title = _("主题已审定，可以通知代表：%(case)s")

    def recipients(self):
        return organisers_of(self.case)


@on("activity.return_theme")
class ThemeReturned(ThemePassed):
    title = _("请修改主题：%(case)s")
    body = _("意见：%(reason)s")


@on("invitation.ask_leave")
class LeaveToDecide(Letter):
    title = _("%(who)s请假，请决定：%(case)s")
    body = _("事由：%(reason)s")

    def recipients(self):
        return organisers_of(self.case)


@on("invitation.grant_leave")
class LeaveGranted(ToNamed):
    title = _("已准假：%(case)s（%(time)s）")


@on("invitation.refuse_leave")
class LeaveRefused(ToNamed):
    title = _("没有准假，请参加：%(case)s（%(time)s）")
    body = _("%(answer)s")


@on("raised.forward")
class PleaseReport(Letter):
    """To the organ; it reads of the matter and not of who raised it."""

    title = _("请研究处理代表意见：%(case)s")
    body = _("请在%(due)s前把研究处理情况反馈给代表。")

    def recipients(self):
        return recipients.department(self.entry.facts["organ_id"])

    def words(self, reader):
        return super().words(reader) | {"due": said(self.case.due_on)}


@on("raised.succeed")
class GoOn(PleaseReport):
    title = _("%(gone)s已撤销，请接着研究处理代表意见：%(case)s")
    body = _("请在%(due)s前把研究处理情况反馈给代表，期限不变。")


@on("raised.answer")
class Reported(Letter):
    """To the deputies who were there, and to the organiser."""

    title = _("代表意见有反馈：%(case)s")
    body = _("%(organ)s：%(feedback)s")

    def recipients(self):
        activity = self.case.activity
        there = activity.attendances.filter(outcome="present").values("mandate")
        return [*accounts_of(there), *organisers_of(activity)]

    def words(self, reader):
        return super().words(reader) | {"organ": str(self.case.organ)}
