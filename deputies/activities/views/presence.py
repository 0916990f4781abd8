"""Signing in: the screen with its code, the deputy's scan, the organiser's list, guests and photos (签到、名单)."""

from datetime import timedelta

import segno
from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from congress.accounts.middleware import before_sign_in
from congress.kit.numbers import row_numbers
from congress.procedure.workflow import StepNotOpen
from deputies.activities import actions, codes
from deputies.activities.forms.lists import GuestForm, PhotosForm
from deputies.activities.models import Activity, Attendance
from deputies.activities.views.planning import organised
from deputies.roll.models import Mandate
from deputies.roll.seats import active_seats_of

REFRESH = 15  # seconds: a code on the screen is never older than the half minute for which it stands
TICKET_FOR = 300  # seconds in which a deputy who opened the page in time may press the button
_TICKET = "activities.check_in"
_SCANNED = "activities.scanned"


class ScreenView(TemplateView):
    """The code for the projector; it renews itself, with or without a script (签到屏)."""

    template_name = "deputies/activities/screen.html"

    @cached_property
    def activity(self):
        return organised(self.request.user, self.kwargs["pk"], "mark")

    def get_context_data(self, **kwargs):
        activity, now = self.activity, timezone.now()
        present = activity.attendances.filter(outcome=Attendance.Outcome.PRESENT)
        latest = present.filter(means=Attendance.Means.SCAN).select_related("mandate__deputy").order_by("-at")[:6]
        return super().get_context_data(
            activity=activity,
            is_open=activity.takes_check_ins(at=now),
            is_early=activity.state == Activity.State.ANNOUNCED and now < activity.checkin_opens_at,
            code=self.drawing(now),
            present=present.count(),
            called=activity.invitations.count(),
            latest=[each.mandate.deputy.name for each in latest],
            refresh=REFRESH,
            **kwargs,
        )

    def drawing(self, now):
        address = reverse("activities:check_in", args=[self.activity.pk, codes.code_at(self.activity, now)])
        code = segno.make(self.request.build_absolute_uri(address), error="m", micro=False)
        return mark_safe(code.svg_inline(scale=10, border=2, omitsize=True))  # our own address and nothing else


class ScreenPartView(ScreenView):
    """The part of the screen that changes."""

    template_name = "deputies/activities/_screen.html"


def _remember_scan(request, pk, code):
    """Who has to sign in at the portal first has scanned in time all the same: the moment waits in his session."""
    activity, now = Activity.objects.filter(pk=pk).first(), timezone.now()
    if activity and codes.fits(activity, code, at=now):
        request.session[_SCANNED] = [activity.pk, code, now.isoformat()]


@method_decorator(before_sign_in(_remember_scan), name="dispatch")
class CheckInView(View):
    """The deputy's side of the code: one page, one button (扫码签到)."""

    template_name = "deputies/activities/check_in.html"

    @cached_property
    def activity(self):
        return get_object_or_404(Activity.objects.select_related("congress", "organ"), pk=self.kwargs["pk"])

    @cached_property
    def seat(self):
        """The seat with which this reader is called, else the one he has at all."""
        seats = Mandate.objects.filter(pk__in=active_seats_of(self.request.user)).select_related("deputy")
        return seats.filter(invitations__activity=self.activity).first() or seats.first()

    def scanned_at(self, code, now):
        """When he scanned this code: just now, or before he signed in."""
        activity, scanned, moment = self.request.session.get(_SCANNED, (None, "", ""))
        if (activity, scanned) != (self.activity.pk, code):
            return now
        before = parse_datetime(moment)
        return before if now - before <= timedelta(seconds=TICKET_FOR) else now

    def get(self, request, pk, code):
        now = timezone.now()
        standing = self.standing()
        if standing:
            return self.show(standing=standing)
        scanned_at = self.scanned_at(code, now)
        self.must_be_told(code, scanned_at)
        problem = self.problem(code, scanned_at, now)
        if problem:
            return self.show(problem=problem, status=409)
        ticket = signing.dumps([self.activity.pk, request.user.pk, code, scanned_at.isoformat()], salt=_TICKET)
        return self.show(ticket=ticket)

    def must_be_told(self, code, at):
        """Title, time and place are for who stands before the screen, and for those who read the activity anyway."""
        if codes.fits(self.activity, code, at=at):
            return
        if not Activity.objects.visible_to(self.request.user).filter(pk=self.activity.pk).exists():
            raise Http404

    def problem(self, code, scanned_at, now):
        """Why he cannot sign in, in words; the same judge as the action's, asked before the button is shown."""
        if self.seat is None:
            return _("只有人大代表本人能扫码签到。其他人员请找签到处登记。")
        try:
            actions.look_at(self.activity, mandate=self.seat, code=code, scanned_at=scanned_at, at=now)
        except ValidationError as refused:
            return " ".join(refused.messages)
        return ""

    def standing(self):
        if self.seat is None:
            return None
        return self.activity.attendances.filter(mandate=self.seat, outcome=Attendance.Outcome.PRESENT).first()

    def post(self, request, pk, code):
        try:
            activity, user, scanned, moment = signing.loads(
                request.POST.get("ticket", ""), salt=_TICKET, max_age=TICKET_FOR
            )
        except signing.BadSignature:
            self.must_be_told(code, timezone.now())
            return self.show(problem=_("页面开得太久了。请再扫一次屏幕上的二维码。"), status=409)
        if (activity, user, scanned) != (self.activity.pk, request.user.pk, code) or self.seat is None:
            raise Http404
        try:
            standing, is_new = actions.check_in(
                self.activity,
                mandate=self.seat,
                code=code,
                scanned_at=parse_datetime(moment),
                at=timezone.now(),
                by=request.user,
            )
        except ValidationError as refused:
            return self.show(problem=" ".join(refused.messages), status=409)
        except (StepNotOpen, PermissionDenied):
            return self.show(problem=_("现在不能签到。请找签到处。"), status=409)
        return self.show(standing=standing, is_new=is_new)

    def show(self, *, status=200, **context):
        context = {"standing": None, "problem": "", "ticket": "", "is_new": False} | context
        context |= {"activity": self.activity, "seat": self.seat}
        return render(self.request, self.template_name, context, status=status)


class MarkView(TemplateView):
    """The organiser's list: a row a deputy, one save for all (到会登记)."""

    template_name = "deputies/activities/mark.html"

    @cached_property
    def activity(self):
        return organised(self.request.user, self.kwargs["pk"], "mark")

    def get_context_data(self, **kwargs):
        activity = self.activity
        marks = dict(activity.attendances.values_list("mandate", "outcome"))
        calls = activity.invitations.select_related("mandate__deputy", "mandate__delegation")
        rows = [{"call": call, "outcome": marks.get(call.mandate_id, "")} for call in calls]
        return super().get_context_data(
            activity=activity,
            rows=rows,
            guests=activity.guests.all(),
            outcomes=Attendance.Outcome.choices,
            guest_form=kwargs.pop("guest_form", None) or GuestForm(),
            **kwargs,
        )

    def post(self, request, pk):
        activity, posted = self.activity, request.POST
        outcomes, rest, shown = {}, [], {}
        for mandate in activity.invitations.values_list("mandate", flat=True):
            outcome, was = posted.get(f"mark-{mandate}"), posted.get(f"was-{mandate}", "")
            if outcome not in {*Attendance.Outcome.values, ""}:
                continue
            shown[mandate] = was
            if outcome != was:  # only what he changed: others may have signed in since he opened the page
                outcomes[mandate] = outcome
            if not outcome and posted.get("rest") == Attendance.Outcome.PRESENT:
                rest.append(mandate)
        present, was_present = (set(row_numbers(posted.getlist(name))) for name in ("guest", "was-guest"))
        guests = {guest: guest in present for guest in present ^ was_present}
        at, on = timezone.now(), timezone.localdate()
        try:
            actions.mark(activity, outcomes, rest=rest, guests=guests, shown=shown, at=at, on=on, by=request.user)
        except StepNotOpen:
            messages.error(request, _("活动已经归档或者取消，不能再登记。"))
            return redirect(activity)
        messages.success(request, _("已登记。"))
        away = [mandate for mandate, outcome in outcomes.items() if outcome != Attendance.Outcome.PRESENT]
        if came := activity.attendances.filter(mandate__in=away, outcome=Attendance.Outcome.PRESENT).count():
            messages.warning(request, _("有 %s 名代表在这一页打开以后扫码签到，仍按到会登记。") % came)
        return redirect(activity)


class GuestView(View):
    """Those who are no deputies are put on the list, several at once."""

    http_method_names = ["post"]

    def post(self, request, pk):
        activity = organised(request.user, pk, "add_guests")
        form = GuestForm(request.POST)
        back = reverse("activities:mark", args=[pk]) if "back" in request.POST else activity.get_absolute_url()
        if not form.is_valid():
            messages.error(request, " ".join(form.errors.get("lines", [_("请填写姓名。")])))
            return redirect(f"{back}#guests")
        said = form.cleaned_data
        try:
            count = actions.add_guests(
                activity, said["lines"], kind=said["kind"], on=timezone.localdate(), by=request.user
            )
        except StepNotOpen:
            messages.error(request, _("活动已经归档或者取消，不能再加人。"))
        else:
            messages.success(request, _("加了 %s 人。") % count if count else _("他们已经在名单里了。"))
        return redirect(f"{back}#guests")


class PhotosView(View):
    """Photos of the activity, without the place and device written in them."""

    http_method_names = ["post"]

    def post(self, request, pk):
        activity = organised(request.user, pk, "add_photos")
        form = PhotosForm(request.POST, request.FILES)
        if form.is_valid():
            photos = form.cleaned_data["photos"]
            actions.add_photos(activity, photos, on=timezone.localdate(), by=request.user)
            messages.success(request, _("已存 %s 张照片。") % len(photos))
        else:
            messages.error(request, " ".join(form.errors.get("photos", [])))
        return redirect(f"{activity.get_absolute_url()}#photos")
