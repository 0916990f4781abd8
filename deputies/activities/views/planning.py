"""Planning, changing, and calling deputies (筹备、修改、邀请)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View

from congress.kit.numbers import row_number
from congress.procedure.views import add_errors
from congress.procedure.workflow import StepNotOpen
from deputies.activities import actions
from deputies.activities.audience import by_turn, candidates_of, loads_of
from deputies.activities.forms.lists import AudienceForm, InviteForm
from deputies.activities.forms.planning import ActivityForm
from deputies.activities.kinds import OBSERVED
from deputies.activities.models import Activity, Invitation
from deputies.activities.organisers import place_of, places_of
from deputies.activities.workflow import ACTIVITY


def organised(user, pk, step):
    """The activity, where this user may take that step on it; else 404."""
    activity = get_object_or_404(
        Activity.objects.visible_to(user).select_related("congress", "organ", "guide", "term"), pk=pk
    )
    if not user.has_perm(ACTIVITY[step].perm, activity):
        raise Http404
    return activity


class PlanView(FormView):
    """A new activity; deputies are called on the next page."""

    form_class = ActivityForm
    template_name = "deputies/activities/plan.html"
    activity = None

    @cached_property
    def places(self):
        return places_of(self.request.user)

    def dispatch(self, request, *args, **kwargs):
        if not self.places:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        own = {"places": self.places, "by": self.request.user, "on": timezone.localdate()}
        return super().get_form_kwargs() | own

    def form_valid(self, form):
        try:
            activity = self.carry_out(form)
        except ValidationError as refused:
            add_errors(form, refused)
            return self.form_invalid(form)
        except StepNotOpen:
            form.add_error(None, _("别人刚刚改过这次活动，没有保存。您填的还在下面，请另开一页看现在的安排再改。"))
            return self.form_invalid(form)
        return redirect(self.next_page(activity))

    def carry_out(self, form):
        with transaction.atomic():
            return form.carry_out()

    def next_page(self, activity):
        if activity.state == Activity.State.REQUESTED:
            messages.success(self.request, _("已报代表工作机构，同意后由他们邀请代表。"))
            return activity.get_absolute_url()
        messages.success(self.request, _("已存为筹备中。接着选定参加的代表。"))
        return f"{activity.get_absolute_url()}invite/"

    def get_context_data(self, **kwargs):
        asks_first = self.activity is None and all(place.asks_first for place in self.places)
        return super().get_context_data(activity=self.activity, asks_first=asks_first, **kwargs)


class ChangeView(PlanView):
    """What was planned, changed."""

    @cached_property
    def activity(self):
        return organised(self.request.user, self.kwargs["pk"], "change")

    @cached_property
    def places(self):
        return [place_of(self.activity, self.request.user)]

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.activity}

    def carry_out(self, form):
        return form.carry_change_out(Activity.objects.get(pk=self.activity.pk))

    def next_page(self, activity):
        messages.success(self.request, _("已修改。"))
        return activity.get_absolute_url()


class InviteView(TemplateView):
    """Whom to call: choose bodies, look at their load and turns, tick, call."""

    template_name = "deputies/activities/invite.html"

    @cached_property
    def activity(self):
        return organised(self.request.user, self.kwargs["pk"], "invite")

    def get_context_data(self, **kwargs):
        activity = self.activity
        asked = self.request.GET or self.usual()
        form = AudienceForm(asked, activity=activity)
        is_asked = bool(asked) and form.asks_for_somebody()
        rows, unknown = self.rows(form.cleaned_data) if is_asked else ([], [])
        part = Invitation.Part.OBSERVER if activity.kind in OBSERVED else Invitation.Part.MEMBER
        return super().get_context_data(
            activity=activity,
            form=form,
            is_asked=is_asked,
            is_usual=is_asked and not self.request.GET,
            asks_for_nobody=bool(self.request.GET) and form.is_valid() and not is_asked,
            rows=rows,
            unknown=unknown,
            parts=Invitation.Part.choices,
            part=part,
            called=activity.invitations.count(),
            warned=sum(1 for row in rows if row["load"]),
            **kwargs,
        )

    def usual(self):
        """What an organising group starts from: its own members, as long as nobody is called yet."""
        groups = list(self.activity.groups.values_list("pk", flat=True))
        if not groups or self.activity.invitations.exists():
            return None
        return MultiValueDict({"groups": groups})

    def rows(self, chosen):
        """([{seat, load, turns}], names that nobody bears): without those who are called already."""
        activity, today = self.activity, timezone.localdate()
        found, unknown = candidates_of(activity, chosen)
        seats = list(found)
        if chosen["observers"]:
            known = {seat.pk for seat in seats}
            proposed = by_turn(activity.congress, activity.term).exclude(pk__in=activity.invitations.values("mandate"))
            seats += [seat for seat in proposed[: chosen["observers"]] if seat.pk not in known]
        loads = loads_of(activity, seats, on=today)
        rows = [{"seat": seat, "load": loads.get(seat.pk), "turns": getattr(seat, "turns", None)} for seat in seats]
        rows.sort(key=lambda row: row["load"] is None)  # what wants a look stands on top
        return rows, unknown

    def post(self, request, pk):
        asked = request.POST.getlist("mandates")
        form = InviteForm(request.POST, asked=asked)
        if not form.is_valid():
            messages.error(request, _("请至少勾选一名代表。"))
            return redirect(request.get_full_path())
        try:
            count = actions.invite(
                self.activity,
                form.cleaned_data["mandates"],
                part=form.cleaned_data["part"],
                on=timezone.localdate(),
                by=request.user,
            )
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
            return redirect(request.get_full_path())
        except StepNotOpen:
            messages.error(request, _("活动的状态已经变了，没有邀请。"))
            return redirect(self.activity)
        messages.success(request, _("已邀请 %s 名代表。") % count if count else _("他们已经在名单里了。"))
        return redirect(self.activity)


class ReleaseView(View):
    """Take the call to one deputy back."""

    http_method_names = ["post"]

    def post(self, request, pk):
        activity = organised(request.user, pk, "release")
        call = get_object_or_404(activity.invitations, pk=row_number(request.POST.get("call")))
        try:
            gone = actions.release(activity, [call.mandate_id], on=timezone.localdate(), by=request.user)
        except StepNotOpen:
            gone = 0
        if gone:
            messages.success(request, _("已取消对%s代表的邀请。") % call.mandate.deputy.name)
        else:
            messages.error(request, _("已经签到或者活动已经结束，不能取消邀请。"))
        return redirect(activity)
