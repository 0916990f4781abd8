"""Who was there: the deputy's own scan, the organiser's list, and the end that fills in the rest (签到、到会登记)."""

from collections import Counter

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from congress.kit.dates import said_moment
from deputies.activities import codes
from deputies.activities.actions.duties import OUTCOME_OF_DUTY, withdraw_duties, write_duties
from deputies.activities.actions.raising import ask_for_rectification
from deputies.activities.models import Activity, Attendance, Invitation
from deputies.activities.workflow import ACTIVITY
from deputies.roll.models import Mandate

Outcome = Attendance.Outcome


class _AlreadySignedIn(Exception):
    """Another scan of the same deputy was faster."""


def check_in(activity, *, mandate, code, scanned_at, at, by):
    """A deputy signs in with the code on the organiser's screen: attendance and duty record in one act (扫码签到).

    `scanned_at` is when he opened the page of the code, `at` is now. Returns (attendance, whether it is new).
    """
    look_at(activity, mandate=mandate, code=code, scanned_at=scanned_at, at=at)
    standing = activity.attendances.filter(mandate=mandate, outcome=Outcome.PRESENT).first()
    if standing:
        return standing, False
    on = timezone.localdate(at)
    values = {"outcome": Outcome.PRESENT, "means": Attendance.Means.SCAN, "at": at, "by": by}
    try:
        with ACTIVITY.taking("check_in", activity, by=by, on=on):
            attendance, fresh = activity.attendances.get_or_create(mandate=mandate, defaults=values)
            if not fresh:
                if attendance.outcome == Outcome.PRESENT:
                    raise _AlreadySignedIn
                Attendance.objects.filter(pk=attendance.pk).update(**values)
            write_duties(activity, {mandate.pk: Outcome.PRESENT}, on=on, by=by)
    except _AlreadySignedIn:
        return activity.attendances.get(mandate=mandate), False
    return attendance, True


def look_at(activity, *, mandate, code, scanned_at, at):
    """Whether this deputy may sign in with this code at this moment; ValidationError says why not."""
    _must_be_open(activity, at=at)
    if not activity.invitations.filter(mandate=mandate).exists():
        raise ValidationError(_("您不在这次活动的名单里。请到签到处登记。"))
    if not codes.fits(activity, code, at=scanned_at):
        raise ValidationError(_("二维码已经换了。请再扫一次屏幕上的二维码。"))


def _must_be_open(activity, *, at):
    if activity.takes_check_ins(at=at):
        return
    if activity.state == Activity.State.CANCELLED:
        raise ValidationError(_("活动已经取消，不用签到。"))
    if activity.state == Activity.State.ANNOUNCED and at < activity.checkin_opens_at:
        raise ValidationError(
            _("签到还没有开始，%(time)s开始签到。") % {"time": said_moment(activity.checkin_opens_at)}
        )
    raise ValidationError(_("签到已经结束。到会的请找签到处补登。"))


def mark(activity, outcomes, *, rest=(), guests=None, shown=None, at, on, by, version=None):
    """The organiser's list (到会登记): {mandate id: outcome, empty to take a mark back}, {guest id: was there}.

    `shown` is what the page showed, {mandate id: outcome}: whoever signed in himself since then was there.
    Those of `rest` who have no mark were there, unless they have leave. Only what differs from what stands is written.
    Returns the figures of the whole list.
    """
    called = set(activity.invitations.values_list("mandate", flat=True))
    if not {*outcomes, *rest} <= called:
        raise ValidationError(_("名单里有没有邀请的代表，请先邀请。"))
    with ACTIVITY.taking("mark", activity, by=by, on=on, version=version) as taken:
        if shown is not None:
            signed_in = activity.attendances.filter(means=Attendance.Means.SCAN, outcome=Outcome.PRESENT)
            since = {pk for pk in signed_in.values_list("mandate", flat=True) if shown.get(pk) != Outcome.PRESENT}
            outcomes = {mandate: outcome for mandate, outcome in outcomes.items() if mandate not in since}
        if rest:
            taken_back = [mandate for mandate, outcome in outcomes.items() if not outcome]
            unmarked = _unmarked(activity, Outcome.PRESENT, taken_back=taken_back)
            outcomes = outcomes | {mandate: unmarked[mandate] for mandate in rest if mandate in unmarked}
        put_down(activity, outcomes, at=at, on=on, by=by)
        for is_present in (True, False):
            named = [pk for pk, present in (guests or {}).items() if present == is_present]
            activity.guests.filter(pk__in=named).update(is_present=is_present)
        figures = figures_of(activity)
        taken.facts.update(figures)
    return figures


def put_down(activity, outcomes, *, at, on, by):
    """Write marks and duty rows together, in the caller's transaction."""
    standing = {row.mandate_id: row for row in activity.attendances.all()}
    fresh, changed, gone = [], [], []
    for mandate, outcome in outcomes.items():
        row = standing.get(mandate)
        if not outcome:
            if row:
                gone.append(row)
        elif row is None:
            fresh.append(_listed(activity, mandate, outcome, at=at, by=by))
        elif row.outcome != outcome:
            row.outcome, row.means, row.at, row.by = outcome, Attendance.Means.LIST, at, by
            changed.append(row)
    Attendance.objects.bulk_create(fresh)
    Attendance.objects.bulk_update(changed, ["outcome", "means", "at", "by"])
    write_duties(activity, {row.mandate_id: row.outcome for row in [*fresh, *changed]}, on=on, by=by)
    if gone:
        Attendance.objects.filter(pk__in=[row.pk for row in gone]).delete()
        withdraw_duties(activity, [row.mandate_id for row in gone], on=on, by=by)


def _unmarked(activity, otherwise, *, taken_back=()):
    """What whoever was called and has no mark is put down as: excused where he has leave, `otherwise` where not.

    Whose seat had ended before the day is put down as nothing: he was no deputy any more.
    """
    marked = activity.attendances.exclude(mandate__in=taken_back)
    unmarked = unmarked_calls(activity, marked)
    excused = Invitation.State.LEAVE_GRANTED
    return {
        mandate: Outcome.LEAVE if state == excused else otherwise
        for mandate, state in unmarked.values_list("mandate", "state")
    }


def unmarked_calls(activity, marked=None):
    """The calls of those who sat on the day and have no mark; `marked` are the marks that count, all by default."""
    marked = activity.attendances.all() if marked is None else marked
    calls = activity.invitations.exclude(mandate__in=marked.values("mandate"))
    return calls.exclude(mandate__state=Mandate.State.ENDED, mandate__ended_on__lt=activity.held_on)


def _listed(activity, mandate, outcome, *, at, by):
    means = Attendance.Means.LIST
    return Attendance(activity=activity, mandate_id=mandate, outcome=outcome, means=means, at=at, by=by)


def figures_of(activity):
    """How many came, were excused, stayed away."""
    counted = Counter(activity.attendances.values_list("outcome", flat=True))
    return {outcome.value: counted[outcome.value] for outcome in Outcome}


@transaction.atomic
def hold(activity, *, at, on, by, version=None):
    """It took place (结束活动): whoever was called and has no mark is put down as excused or absent.

    A work review leaves its organ with a report on what it mends (整改情况报告).
    """
    if on < activity.held_on:
        raise ValidationError({"on": _("活动还没有到日期，不能结束。")})
    with ACTIVITY.taking("hold", activity, by=by, on=on, version=version) as taken:
        put_down(activity, _unmarked(activity, Outcome.ABSENT), at=at, on=on, by=by)
        taken.facts.update(figures_of(activity))
    ask_for_rectification(activity, on=on, by=by)
    return activity


@transaction.atomic
def correct(activity, mandate_id, duty_outcome, *, at, by):
    """The record was corrected after the deputy's objection: the list follows; a struck row leaves it."""
    if duty_outcome is None:
        activity.attendances.filter(mandate=mandate_id).delete()
        return
    values = {"outcome": OUTCOME_OF_DUTY[duty_outcome], "means": Attendance.Means.LIST, "at": at, "by": by}
    activity.attendances.update_or_create(mandate_id=mandate_id, defaults=values)
