"""A township's proposals of themes for county groups, and what became of them (主题提议)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from congress.kit.paging import page_of
from congress.organs.hats import hats_of
from congress.organs.models import Congress
from congress.procedure.telling import history
from congress.procedure.views import StepView, add_errors
from deputies.activities.models import Activity
from deputies.roll.models import DeputyGroup
from deputies.roll.seats import active_seats_of
from liaison.opinions import forms, proposing
from liaison.opinions.models import Opinion, ThemeProposal
from liaison.opinions.views.gathering import OfPicked, theme_of_words
from liaison.opinions.workflow import PROPOSAL


class ProposeView(OfPicked, FormView):
    """The clerk of a township puts ticked opinions before a group of the county."""

    form_class = forms.ProposeForm
    template_name = "liaison/opinions/propose.html"

    def dispatch(self, request, *args, **kwargs):
        offices = hats_of(request.user).clerk_of
        if not offices:
            raise Http404
        if not self.asked:
            return self.ask_to_pick()
        self.congress = self.opinions[0].congress
        stations = {opinion.station.township_id for opinion in self.opinions if opinion.station}
        self.township = Congress.objects.filter(pk__in=stations & set(offices)).exclude(pk=self.congress.pk).first()
        if self.township is None:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        groups = DeputyGroup.objects.filter(congress=self.congress).select_related("leader__deputy")
        return super().get_form_kwargs() | {"groups": groups}

    def get_initial(self):
        return theme_of_words(self.opinions)

    def get_context_data(self, **kwargs):
        return super().get_context_data(congress=self.congress, **kwargs)

    def form_valid(self, form):
        told = {"township": self.township, "on": timezone.localdate(), "by": self.request.user}
        try:
            proposal = proposing.propose(self.opinions, **told, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
            return self.form_invalid(form)
        messages.success(self.request, _("已提议，等小组组长或者%s采纳。") % self.congress)
        return redirect(proposal.get_absolute_url())


class ProposalListView(TemplateView):
    """What waits to be taken or returned, and what was."""

    template_name = "liaison/opinions/proposals.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        if not (hats_of(user).watches or active_seats_of(user)):
            raise Http404
        seen = ThemeProposal.objects.visible_to(user)
        settled = self.request.GET.get("view") == "settled"
        waiting = seen.waiting().count()
        rows = seen.exclude(state=ThemeProposal.State.PROPOSED) if settled else seen.waiting()
        rows = rows.select_related("group", "township", "activity").annotate(count=Count("opinions"))
        return super().get_context_data(
            page_obj=page_of(rows.order_by("-proposed_on", "-pk"), self.request.GET.get("page")),
            waiting=waiting,
            settled=settled,
            **kwargs,
        )


class ProposalView(TemplateView):
    """One proposal: the words behind it, and the step that is open."""

    template_name = "liaison/opinions/proposal.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        rows = ThemeProposal.objects.visible_to(user).select_related(
            "group__leader__deputy", "township", "congress", "activity", "proposed_by"
        )
        proposal = get_object_or_404(rows, pk=self.kwargs["pk"])
        opinions = list(proposal.opinions.select_related("station").defer("name", "phone").order_by("heard_on", "pk"))
        readable = set(Opinion.objects.visible_to(user).filter(proposals=proposal).values_list("pk", flat=True))
        return super().get_context_data(
            proposal=proposal,
            opinions=[(opinion, opinion.pk in readable) for opinion in opinions],
            may_open=Activity.objects.visible_to(user).filter(pk=proposal.activity_id).exists(),
            steps=PROPOSAL.open_steps(proposal, user),
            history=history(proposal),
            **kwargs,
        )


class ProposalStepView(StepView):
    procedure = PROPOSAL
    queryset = ThemeProposal.objects.select_related("group", "township", "congress")
    forms_by_step = {
        "take": forms.TakeProposalForm,
        "return": forms.ReturnProposalForm,
        "withdraw": forms.WithdrawProposalForm,
    }
    template_name = "liaison/opinions/proposal_step.html"
