"""Calling deputies, telling them, calling it off (邀请、通知、取消)."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from congress.procedure import journal
from congress.rulebook.book import rules_for
from deputies.activities.actions.duties import withdraw_duties
from deputies.activities.kinds import STUDIED_BEFORE
from deputies.activities.models import Activity, Guest, Invitation
from deputies.activities.workflow import ACTIVITY
from deputies.roll.models import Mandate

WINDOW = timedelta(minutes=30)  # check-in opens and closes this long before and after the beginning, unless said


def invite(activity, mandates, *, part=Invitation.Part.MEMBER, on, by, version=None):
    """Call deputies of this congress or of the townships below it; who is called already stays as he is.

    A person who sits in two congresses is called once. Returns how many are new.
    """
    wanted = _callable(activity, mandates)
    standing = set(activity.invitations.values_list("mandate__deputy", flat=True))
    fresh = {}
    for mandate in sorted(wanted, key=lambda each: each.congress_id != activity.congress_id):
        if mandate.deputy_id not in standing:
            fresh.setdefault(mandate.deputy_id, mandate)
    if not fresh:
        return 0
    facts = {"count": len(fresh), "mandates": sorted(mandate.pk for mandate in fresh.values())}
    facts["later"] = activity.state == Activity.State.ANNOUNCED  # the others were told when it was announced
    with ACTIVITY.taking("invite", activity, by=by, on=on, version=version, facts=facts):
        Invitation.objects.bulk_create(
            Invitation(activity=activity, mandate=mandate, part=part) for mandate in fresh.values()
        )
    return len(fresh)


def _callable(activity, mandates):
    """The seats in force among them, in this congress or below; anything else is refused as a whole."""
    asked = {getattr(mandate, "pk", mandate) for mandate in mandates}
    found = list(
        Mandate.objects.active().filter(pk__in=asked, congress__in=_congresses_of(activity)).select_related("deputy")
    )
    if len(found) != len(asked):
        raise ValidationError({"mandates": _("名单里有人不是本级或所辖乡镇的在任代表，请重新选择。")})
    return found


def _congresses_of(activity):
    return [activity.congress_id, *activity.congress.children.filter(kind="congress").values_list("pk", flat=True)]


def release(activity, mandates, *, on, by):
    """Take the call back from deputies who have not signed in."""
    gone = activity.invitations.filter(mandate__in=mandates).exclude(mandate__in=activity.attendances.values("mandate"))
    pks = sorted(gone.values_list("mandate", flat=True))
    if not pks:
        return 0
    with ACTIVITY.taking("release", activity, by=by, on=on, facts={"count": len(pks), "mandates": pks}):
        gone.delete()
    return len(pks)


def add_guests(activity, people, *, kind, on, by):
    """Put those who are no deputies on the list: [(name, unit)]; who stands there already stays as he is."""
    standing = set(activity.guests.values_list("name", "unit"))
    fresh = [(name, unit) for name, unit in dict.fromkeys(people) if (name, unit) not in standing]
    if not fresh:
        return 0
    with ACTIVITY.taking(
        "add_guests", activity, by=by, on=on, facts={"names": "、".join(name for name, _unit in fresh)[:200]}
    ):
        Guest.objects.bulk_create(Guest(activity=activity, name=name, unit=unit, kind=kind) for name, unit in fresh)
    return len(fresh)


def lacks_study(activity, *, on):
    """Whether the study before an inspection is still missing, and no reason stands in its place (会前学习)."""
    if activity.pre_study.strip() or activity.pre_study_waiver.strip() or activity.kind not in STUDIED_BEFORE:
        return False
    return rules_for(activity.congress, on=on).flag("pre_study")


def announce(activity, *, pre_study="", pre_study_waiver="", on, by, version=None):
    """Tell the deputies who are called (发出通知). Refused while the theme is not passed, nobody is called, or the
    material for the study before an inspection is missing without a reason; either may be given with this step."""
    if activity.guide_id and activity.state == Activity.State.DRAFT:
        raise ValidationError(_("主题须先送%s审定，再发出通知。") % activity.guide.name)
    count = activity.invitations.count()
    if not count:
        raise ValidationError(_("还没有邀请代表。请先选定参加的代表。"))
    given = {"pre_study": pre_study.strip(), "pre_study_waiver": pre_study_waiver.strip()}
    study = {name: text for name, text in given.items() if text}
    if not study and lacks_study(activity, on=on):
        raise ValidationError(
            {"pre_study": _("视察、调研、执法检查前要组织学习：请填写材料，或者在下面写明不安排的理由。")}
        )
    window = {
        "checkin_opens_at": activity.checkin_opens_at or activity.starts_at - WINDOW,
        "checkin_closes_at": activity.checkin_closes_at or activity.starts_at + WINDOW,
    }
    with ACTIVITY.taking(
        "announce", activity, by=by, on=on, version=version, facts={"count": count}, announced_on=on, **window, **study
    ):
        return activity


@transaction.atomic
def cancel(activity, *, reason, on, by, version=None):
    """Call it off, with the reason that everybody called reads (取消)."""
    if not reason.strip():
        raise ValidationError({"reason": _("请写明取消的原因，代表看得到。")})
    with ACTIVITY.taking("cancel", activity, by=by, on=on, version=version, facts={"reason": reason}):
        withdraw_duties(activity, activity.attendances.values_list("mandate", flat=True), on=on, by=by)
        activity.attendances.all().delete()
    return activity


def remind(*, on, by):
    """The day before, everybody who is expected is reminded once; returns of how many activities."""
    told = 0
    tomorrow = on + timedelta(days=1)
    for activity in Activity.objects.filter(state=Activity.State.ANNOUNCED, starts_at__date=tomorrow).order_by("pk"):
        try:
            with transaction.atomic():
                journal.record(activity, "activity.remind", by=by, on=on, request_key=f"remind-{tomorrow}")
        except journal.AlreadyRecorded:
            continue
        told += 1
    return told
