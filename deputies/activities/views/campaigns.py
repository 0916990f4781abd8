"""Campaigns, topics, projects, brands and drives, each with its activities and what came of it (主题活动、专项行动)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import DetailView, FormView, TemplateView, View

from congress.kit.paging import page_of
from congress.organs.hats import hats_of
from congress.organs.models import Congress
from congress.procedure.panels import panels_for
from congress.procedure.views import add_errors
from deputies.activities import actions
from deputies.activities.figures import HELD, campaigns_by_kind
from deputies.activities.forms.drives import CloseForm
from deputies.activities.forms.planning import CampaignForm
from deputies.activities.models import Activity, Attendance, Campaign, Raised
from deputies.activities.views.listing import LIGHTS, works_here

STAGE_LIGHTS = {Campaign.Stage.GROWING: "run", Campaign.Stage.NAMED: "done", Campaign.Stage.STOPPED: "end"}


def kept_by(user):
    """The congresses whose campaigns a user keeps; what `activities.keep_campaign` asks of one."""
    return Congress.objects.among(hats_of(user).clerk_of)


def asked_of(value, choices):
    """What the address asks for, where there is such a thing."""
    return value if value in choices.values else ""


class CampaignListView(TemplateView):
    """All of them, or those of one kind; the brands are a register by township, narrowed by their stage (品牌名录)."""

    template_name = "deputies/activities/campaigns.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        if not works_here(user):
            raise Http404
        rows = Campaign.objects.visible_to(user)
        kinds, stages = campaigns_by_kind(rows)
        kind = asked_of(self.request.GET.get("kind"), Campaign.Kind)
        is_register = kind == Campaign.Kind.BRAND
        stage = asked_of(self.request.GET.get("stage"), Campaign.Stage) if is_register else ""
        page = page_of(self.shown(rows, kind, stage), self.request.GET.get("page"))
        for each in page:
            each.light = STAGE_LIGHTS.get(each.stage, "")
        return super().get_context_data(
            page_obj=page,
            kind=kind,
            stage=stage,
            is_register=is_register,
            tabs=[
                ("", _("全部"), kinds.total()),
                *((code, label, kinds[code]) for code, label in Campaign.Kind.choices),
            ],
            stages=[(code, label, stages[code]) for code, label in Campaign.Stage.choices],
            may_keep=kept_by(user).exists(),
            **kwargs,
        )

    def shown(self, rows, kind, stage):
        order = ("congress__level", "congress__position") if kind == Campaign.Kind.BRAND else ()
        rows = rows.filter(**{name: value for name, value in (("kind", kind), ("stage", stage)) if value})
        rows = rows.annotate(held=Count("activities", filter=Q(activities__state__in=HELD)))
        return rows.select_related("congress").order_by(*order, "-starts_on", "-pk")


class CampaignView(DetailView):
    """One of them: its activities, who took part, what was raised and solved, and its outcome."""

    template_name = "deputies/activities/campaign.html"
    context_object_name = "campaign"

    def get_queryset(self):
        return Campaign.objects.visible_to(self.request.user).select_related("congress")

    def get_context_data(self, **kwargs):
        user, campaign = self.request.user, self.object
        own = campaign.activities.all()
        came = Attendance.objects.filter(activity__in=own.filter(state__in=HELD), outcome=Attendance.Outcome.PRESENT)
        said = Raised.objects.filter(activity__in=own, kind=Raised.Kind.OPINION)
        people = came.aggregate(times=Count("pk"), persons=Count("mandate__deputy", distinct=True))
        opinions = said.aggregate(all=Count("pk"), solved=Count("pk", filter=Q(is_solved=True)))
        rows = list(Activity.objects.visible_to(user).filter(campaign=campaign).select_related("organ"))
        for row in rows:
            row.light = LIGHTS[row.state]
        return super().get_context_data(
            light=STAGE_LIGHTS.get(campaign.stage, ""),
            rows=rows,
            held=own.filter(state__in=HELD).count(),
            people=people,
            opinions=opinions,
            may_keep=user.has_perm("activities.keep_campaign", campaign),
            panels=panels_for("activities.campaign", campaign, reader=user) if campaign.is_drive else [],
            today=(today := timezone.localdate()),
            is_running=campaign.is_running(on=today),
            **kwargs,
        )


class OfKeeper:
    """A page about a drive that the user keeps; another's is 404."""

    @cached_property
    def campaign(self):
        seen = Campaign.objects.visible_to(self.request.user).filter(kind=Campaign.Kind.DRIVE)
        found = get_object_or_404(seen.select_related("congress"), pk=self.kwargs["pk"])
        if not self.request.user.has_perm("activities.keep_campaign", found):
            raise Http404
        return found


class CloseView(OfKeeper, FormView):
    """The end of a drive: what came of it (结束)."""

    form_class = CloseForm
    template_name = "deputies/activities/campaign_close.html"

    def dispatch(self, request, *args, **kwargs):
        self.campaign  # noqa: B018  who does not keep it finds no page, whatever the method
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self):
        return {"outcome": self.campaign.outcome}

    def form_valid(self, form):
        drive = form.carry_out(self.campaign, on=timezone.localdate(), by=self.request.user)
        messages.success(self.request, _("“%s”已结束，不再归入新的建议和意见。") % drive.name)
        return redirect(drive)

    def get_context_data(self, **kwargs):
        return super().get_context_data(campaign=self.campaign, **kwargs)


class ReopenView(OfKeeper, View):
    """Take the end back (恢复)."""

    http_method_names = ["post"]

    def post(self, request, pk):
        drive = actions.reopen_campaign(self.campaign, on=timezone.localdate(), by=request.user)
        messages.success(request, _("“%s”已恢复，可以继续归入。") % drive.name)
        return redirect(drive)


class CampaignFormView(FormView):
    """A new campaign, or an old one changed."""

    form_class = CampaignForm
    template_name = "deputies/activities/campaign_form.html"

    @cached_property
    def campaign(self):
        if "pk" not in self.kwargs:
            return None
        found = get_object_or_404(Campaign.objects.visible_to(self.request.user), pk=self.kwargs["pk"])
        if not self.request.user.has_perm("activities.keep_campaign", found):
            raise Http404
        return found

    def get_form_kwargs(self):
        congresses = kept_by(self.request.user)
        if not congresses.exists():
            raise Http404
        return super().get_form_kwargs() | {"instance": self.campaign, "congresses": congresses}

    def get_initial(self):
        """The register of brands opens the form for a brand."""
        kind = asked_of(self.request.GET.get("kind"), Campaign.Kind)
        if self.campaign or not kind:
            return {}
        return {"kind": kind, "stage": Campaign.Stage.GROWING if kind == Campaign.Kind.BRAND else ""}

    def form_valid(self, form):
        said = {"on": timezone.localdate(), "by": self.request.user, "shown": self.request.POST.get("shown", "")}
        try:
            campaign = actions.keep_campaign(form.save(commit=False), **said)
        except ValidationError as refused:
            add_errors(form, refused)
            return self.form_invalid(form)
        messages.success(self.request, _("已存。"))
        return redirect(campaign)

    def get_context_data(self, **kwargs):
        shown = self.request.POST.get("shown") or (actions.mark_of_campaign(self.campaign) if self.campaign else "")
        return super().get_context_data(campaign=self.campaign, shown=shown, **kwargs)
