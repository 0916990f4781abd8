"""The letters of the docket: who hears of which step, and in what words (案卷的通知).

A letter to a department speaks of the case and never of its proposer: the flag of protection need not be asked.
"""

from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from congress.accounts.models import User
from congress.kit.dates import said_short
from congress.notices import recipients
from congress.notices.letters import Letter, on
from deputies.roll.models import Mandate
from suggestions.docket.models import Assignment, Cosigner


def deputies_of(case, *, mandates=None):
    """The accounts of the lead deputy and of those who have signed with him, or of the mandates that are named."""
    if mandates is None:
        signed = case.cosigners.filter(state=Cosigner.State.CONFIRMED).values_list("mandate", flat=True)
        mandates = [case.lead_id, *signed]
    return list(User.objects.filter(deputy__mandates__in=mandates).distinct().order_by("pk"))


def open_departments(case):
    """The organs that still hold a share of the case."""
    shares = Assignment.objects.filter(round__suggestion=case, state__in=Assignment.OPEN)
    return list(shares.values_list("organ_id", flat=True))


class ToOffice(Letter):
    """To the office of the congress whose case it is."""

    def recipients(self):
        return recipients.clerks(self.case.congress_id)


class ToDeputies(Letter):
    """To the lead deputy and the co-signers."""

    def recipients(self):
        return deputies_of(self.case)


class ToNamedDepartments(Letter):
    """To the departments that the entry names."""

    def recipients(self):
        return recipients.department(self.entry.facts["organs"])


class ToThatDepartment(Letter):
    """To the department of the share that the entry speaks of."""

    @property
    def organ_id(self):
        return self.entry.facts.get("organ_id") or self.entry.facts["organ"]

    def recipients(self):
        return recipients.department(self.organ_id)


@on("cosigner.invite")
class AskedToSign(Letter):
    title = _("%(who)s请您附议：%(case)s")
    body = _("请打开阅读全文，再确认是否附议。")

    def recipients(self):
        return deputies_of(self.case, mandates=self.entry.facts["mandates"])


@on("cosigner.void")
class AskedToSignAgain(AskedToSign):
    """To those who can still sign; who sits no more is not asked."""

    title = _("%(who)s改了内容，请您重新确认附议：%(case)s")
    body = _("您确认以后内容有改动，原来的确认不再算数。请打开阅读全文，再确认是否附议。")

    def recipients(self):
        return deputies_of(self.case, mandates=Mandate.objects.active().filter(pk__in=self.entry.facts["mandates"]))


@on("cosigner.confirm")
class Signed(Letter):
    """To the lead deputy, but for what stands on the paper that he handed in himself."""

    title = _("%(who)s已确认附议：%(case)s")

    def recipients(self):
        return [] if self.entry.facts.get("on_paper") else deputies_of(self.case, mandates=[self.case.lead_id])


@on("cosigner.decline")
class NotSigned(Signed):
    title = _("%(who)s未附议：%(case)s")


@on("suggestion.submit")
class NewPaper(ToOffice):
    title = _("收到%(kind)s，请审查：%(case)s")

    def words(self, reader):
        return super().words(reader) | {"kind": self.case.get_kind_display()}


@on("suggestion.register")
class Registered(ToDeputies):
    title = _("您的建议已立案，编为%(number)s：%(case)s")


@on("suggestion.return")
class Returned(ToDeputies):
    title = _("请修改后再提交：%(case)s")
    body = _("退回理由：%(reason)s")


@on("suggestion.reject")
class Rejected(ToDeputies):
    title = _("未作为建议受理：%(case)s")
    body = _("理由：%(reason)s")


@on("suggestion.turn_to_letter")
class TurnedToLetter(ToDeputies):
    title = _("已转作代表来信办理：%(case)s")
    body = _("理由：%(reason)s")


@on("suggestion.assign")
class PleaseHandle(Letter):
    """To the departments, or to the distributor where the case went through it."""

    title = _("请签收：%(case)s")
    body = _("%(who)s交办。请在期限内签收，不属于本单位职责的在退办期限内申请退办。")

    def recipients(self):
        first = Assignment.objects.filter(round__suggestion=self.case, round__number=1)
        distributor = first.filter(role=Assignment.Role.DISTRIBUTOR).order_by("pk").first()
        return recipients.department(distributor.organ_id if distributor else self.entry.facts["organs"])


@on("suggestion.assign")
class HasBeenAssigned(ToDeputies):
    title = _("您的建议已交办，主办单位是%(lead)s：%(case)s")


@on("share.distribute")
class Distributed(ToNamedDepartments):
    title = _("请签收：%(case)s")
    body = _("%(who)s分办。请在期限内签收，不属于本单位职责的在退办期限内申请退办。")


@on("suggestion.reassign")
class NowYours(ToNamedDepartments):
    title = _("改由贵单位办理，请签收：%(case)s")
    body = _("理由：%(reason)s")


@on("suggestion.reassign")
class HandlerChanged(ToDeputies):
    title = _("您的建议改由%(lead)s办理：%(case)s")


@on("share.succeed")
class TakenOver(ToNamedDepartments):
    title = _("%(organ)s在办的建议由贵单位接着办：%(case)s")
    body = _("%(organ)s已撤销，期限不变。")


@on("share.hand_back")
class HandBackToDecide(ToThatDepartment):
    """To whoever gave the share out: the distributor, or the office."""

    title = _("%(who)s申请退办，请决定：%(case)s")
    body = _("理由：%(reason)s")

    def recipients(self):
        share = Assignment.objects.filter(round__suggestion=self.case, organ=self.organ_id).order_by("-pk").first()
        if share and share.parent_id:
            return recipients.department(share.parent.organ_id)
        return recipients.clerks(self.case.congress_id)


@on("share.keep")
class HandBackRefused(ToThatDepartment):
    title = _("退办未获同意，请继续办理：%(case)s")
    body = _("理由：%(reason)s")


@on("share.ask_extension")
class TimeToDecide(HandBackToDecide):
    title = _("%(who)s申请延期答复，请决定：%(case)s")
    body = _("从%(was)s延到%(until)s。理由：%(reason)s")


@on("share.tell_extension")
class TimeTaken(HandBackToDecide):
    title = _("%(who)s延期答复，已告知代表：%(case)s")
    body = _("从%(was)s延到%(until)s。理由：%(reason)s")


@on("share.grant_extension", "share.call_difficult")
class TimeGiven(ToThatDepartment):
    title = _("答复期限延到%(until)s：%(case)s")


@on("share.grant_extension", "share.tell_extension", "share.call_difficult")
class TimeGivenForDeputies(ToDeputies):
    title = _("%(organ)s的答复期限延到%(until)s：%(case)s")
    body = _("原来的期限是%(was)s。理由：%(reason)s")


@on("share.refuse_extension")
class TimeRefused(ToThatDepartment):
    title = _("没有同意延期，请按期答复：%(case)s")
    body = _("理由：%(reason)s")


@on("share.release", "share.replace")
class Relieved(ToThatDepartment):
    title = _("不再由贵单位办理：%(case)s")
    body = _("已改由%(lead)s办理。")


@on("share.excuse")
class Excused(ToThatDepartment):
    title = _("不再由贵单位会办：%(case)s")
    body = _("理由：%(reason)s")


class ToLeads(Letter):
    """To the department that leads and waits for the opinions."""

    def recipients(self):
        leads = Assignment.objects.filter(
            round__suggestion=self.case, role=Assignment.Role.LEAD, state__in=Assignment.OPEN
        )
        return recipients.department(list(leads.values_list("organ_id", flat=True)))


@on("share.excuse")
class NoOpinionToCome(ToLeads):
    title = _("%(organ)s不再会办：%(case)s")


@on("share.give_opinion")
class OpinionReceived(ToLeads):
    title = _("%(who)s提交了会办意见：%(case)s")


@on("share.draft")
class PleaseSign(ToThatDepartment):
    title = _("答复待签发：%(case)s")

    def recipients(self):
        return recipients.heads(self.organ_id)


@on("share.send_back")
class PleaseRewrite(ToThatDepartment):
    title = _("答复退回重拟：%(case)s")
    body = _("要求：%(reason)s")

    def recipients(self):
        return recipients.officers(self.organ_id)


@on("suggestion.reply")
class Answered(ToDeputies):
    title = _("您的建议已答复，请评价：%(case)s")
    body = _("请看答复内容，再评价办理态度和办理结果，一般不到半分钟。")


@on("suggestion.reply")
class AnswerSent(ToOffice):
    title = _("已答复代表：%(case)s")


@on("suggestion.rework")
class HandleAgain(ToNamedDepartments):
    title = _("请重新办理：%(case)s")
    body = _("还要办的：%(reason)s")
    is_urgent = True


@on("suggestion.rework")
class WillBeHandledAgain(ToDeputies):
    title = _("您的建议将重新办理：%(case)s")


@on("suggestion.close")
class Closed(ToDeputies):
    title = _("您的建议已办结：%(case)s")


@on("suggestion.withdraw")
class Withdrawn(Letter):
    """To the office, every department that had a hand in it, and those who signed, but for whoever took it back."""

    title = _("代表撤回建议，办理终止：%(case)s")

    def recipients(self):
        organs = Assignment.objects.filter(round__suggestion=self.case).values_list("organ_id", flat=True)
        signers = [each for each in deputies_of(self.case) if each.pk != self.entry.by_id]
        return [*recipients.clerks(self.case.congress_id), *recipients.department(list(organs)), *signers]


@on("suggestion.correct")
class Corrected(Letter):
    title = _("案卷已更正：%(case)s")
    body = "%(changes)s"

    def recipients(self):
        return [*deputies_of(self.case), *recipients.department(open_departments(self.case))]


@on("suggestion.urge")
class Urged(ToNamedDepartments):
    title = _("催办：%(case)s")
    body = _("%(who)s：%(reason)s")
    is_urgent = True


@on("docket.digest")
class WeekSummedUp(Letter):
    """To the office and the leaders; a week in which nothing happened and nothing waits is not told."""

    title = _("一周汇总（%(first)s至%(last)s）：收到%(received)s件，交办%(assigned)s件，答复%(replied)s件")
    body = _("待审查、待交办 %(waiting)s 件，本周到期 %(due)s 件，已超期 %(overdue)s 件%(missed_words)s。%(named)s")

    def recipients(self):
        told = ("received", "assigned", "replied", "waiting", "due", "overdue")
        if not any(self.entry.facts[name] for name in told):
            return []
        return [*recipients.clerks(self.case), *recipients.leaders(self.case)]

    def words(self, reader):
        facts = self.entry.facts
        lines = "\n".join(f"{each['number'] or '—'}　{each['title']}" for each in facts["papers"])
        missed = facts["missed"]
        return super().words(reader) | {
            "first": said_short(date.fromisoformat(facts["first"])),
            "last": said_short(date.fromisoformat(facts["last"])),
            "missed_words": gettext("，误了交办批次 %s 件") % missed if missed else "",
            "named": gettext("\n上周收到：\n%s") % lines if lines else "",
        }

    def url(self, reader):
        return (
            f"/suggestions/?view=all&received_from={self.entry.facts['first']}&received_to={self.entry.facts['last']}"
        )
