"""The verbs of protected reports: name who is entrusted, report, look, take up, settle, withdraw (保密报告).

The journal names who did something, and others than the two read it. So what the deputy himself does is put down by
the robot, and no entry has a fact.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from congress.accounts.models import User
from congress.files.actions import store
from congress.organs.models import Congress, Membership
from congress.procedure import journal
from congress.rulebook.book import rules_for
from deputies.roll.models import Mandate
from deputies.safeguards.models import Confidant, ProtectedReport
from deputies.safeguards.models.protecting import STAFF
from deputies.safeguards.workflow import PROTECTION

PAPERS = ("pdf", "doc", "docx", "wps", "ofd", "jpg", "jpeg", "png")


def nameable(congress, *, on):
    """Who may be entrusted: those who work for the congress or lead it; no department, no auditor, no administrator."""
    serving = Membership.objects.in_force(on=on).filter(role__in=STAFF)
    own = serving.filter(organ=congress) | serving.filter(organ__congress=congress)
    return User.objects.filter(pk__in=own.values("user"), is_robot=False).order_by("name", "pk")


@transaction.atomic
def name_confidant(congress, user, *, on, by):
    """A leader entrusts somebody, never himself, and no more people than the rule allows (指定受理人员)."""
    if not by.has_perm("safeguards.name_confidants", congress):
        raise PermissionDenied("safeguards.name_confidants")
    if user == by:
        raise ValidationError({"user": _("不能指定自己，请由另一位领导指定。")})
    if not nameable(congress, on=on).filter(pk=user.pk).exists():
        raise ValidationError({"user": _("只能指定在本级人大工作的人员。")})
    Congress.objects.select_for_update().get(pk=congress.pk)  # two leaders at once name one after the other
    standing = Confidant.objects.filter(congress=congress).standing(on=on)
    if standing.filter(user=user).exists():
        raise ValidationError({"user": _("已经指定了%s。") % user.name})
    most = rules_for(congress, on=on).count("confidants_most")
    if standing.count() >= most:
        raise ValidationError({"user": _("最多指定 %s 人；要换人的，先解除一人。") % most})
    for gone in Confidant.objects.filter(congress=congress, until__isnull=True).exclude(pk__in=standing.values("pk")):
        _end(gone, on=on, by=by)  # who has left is not entrusted again by coming back
    confidant = Confidant.objects.create(congress=congress, user=user, named_on=on, named_by=by)
    journal.record(confidant, "confidant.name", by=by, on=on, facts={"name": user.name})
    return confidant


@transaction.atomic
def end_confidant(confidant, *, on, by):
    """He is entrusted no more, from this moment (解除指定)."""
    if not by.has_perm("safeguards.name_confidants", confidant):
        raise PermissionDenied("safeguards.name_confidants")
    _end(confidant, on=on, by=by)


def _end(confidant, *, on, by):
    if Confidant.objects.filter(pk=confidant.pk, until__isnull=True).update(until=on):
        journal.record(confidant, "confidant.end", by=by, on=on, facts={"name": confidant.user.name})


@transaction.atomic
def report(mandate, *, kind, against, text, wish="", happened_on=None, papers=(), on):
    """A deputy reports to those who are entrusted; nobody else learns of it, not even that he did (报告)."""
    missing = {
        "against": not against.strip() and _("请写涉及哪个单位、什么人。"),
        "text": not text.strip() and _("请写经过。"),
        "happened_on": happened_on is not None and happened_on > on and _("发生日期不能晚于今天。"),
    }
    if any(missing.values()):
        raise ValidationError({name: words for name, words in missing.items() if words})
    if mandate.state not in Mandate.HELD:
        raise ValidationError(_("代表资格已经终止，请当面反映。"))
    if not Confidant.objects.filter(congress=mandate.congress_id).standing(on=on).exists():
        raise ValidationError(_("现在没有受理人员，报告没有送出，请当面反映。"))
    robot = User.objects.robot()
    made = ProtectedReport.objects.create(
        congress=mandate.congress,
        mandate=mandate,
        kind=kind,
        sent_on=on,
        stepped_on=on,
        happened_on=happened_on,
        against=against.strip(),
        text=text.strip(),
        wish=wish.strip(),
    )
    for paper in papers:
        store(paper, congress=mandate.congress, by=robot, case=made, kinds=PAPERS)
    journal.record(made, "protection.report", by=robot, on=on)
    return made


def note_opened(report, *, on, by):
    """One of the two has looked at it (每次查看留痕)."""
    journal.record(report, "protection.open", by=by, on=on)


def take_up(report, *, on, by, version=None, request_key=""):
    """One of the two sees to it (受理)."""
    with PROTECTION.taking("take_up", report, by=by, on=on, version=version, request_key=request_key):
        return report


def remind(*, on):
    """Remind the two, once, of each report that lies longer than the rule allows; returns how many (提醒受理)."""
    lying, days = ProtectedReport.objects.filter(state=ProtectedReport.State.SENT), {}
    made = 0
    for each in lying.select_related("congress").order_by("pk"):
        if each.congress_id not in days:
            days[each.congress_id] = rules_for(each.congress, on=on).count("protected_report_days")
        if (on - each.sent_on).days > days[each.congress_id]:
            made += _remind(each, on=on)
    return made


def _remind(report, *, on):
    try:
        with transaction.atomic():
            journal.record(report, "protection.remind", by=User.objects.robot(), on=on, request_key="remind")
    except journal.AlreadyRecorded:
        return False
    return True


def settle(report, *, result, on, by, version=None, request_key=""):
    """What was done, for the deputy to read (登记处理结果)."""
    if not result.strip():
        raise ValidationError({"result": _("请写明查了什么、怎样处理。")})
    with PROTECTION.taking(
        "settle", report, by=by, on=on, version=version, request_key=request_key, result=result.strip()
    ):
        return report


def withdraw_report(report, *, on, by, version=None, request_key=""):
    """He takes it back; the robot puts it down, so that the journal names him nowhere (撤回)."""
    if not by.has_perm("safeguards.withdraw_report", report):
        raise PermissionDenied("safeguards.withdraw_report")
    robot = User.objects.robot()
    with PROTECTION.taking("withdraw", report, by=robot, on=on, version=version, request_key=request_key):
        return report
