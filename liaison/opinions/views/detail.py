"""One opinion: what was said, what became of it, and the step that is open (一件民情)."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from congress.procedure.views import StepView
from liaison.opinions import actions, forms
from liaison.opinions.identity import history_told, suggestion_told
from liaison.opinions.models import Opinion, photos_of
from liaison.opinions.workflow import OPINION


class OfOpinion:
    """A page of one opinion that the reader may see."""

    @cached_property
    def opinion(self):
        rows = Opinion.objects.visible_to(self.request.user).select_related(
            "station", "organ", "congress", "category", "addressed_to__deputy", "noted_by__deputy", "theme_of",
            "reception__activity", "recorded_by", "campaign",
        )  # fmt: skip
        found = rows.filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        return found


class OpinionDetailView(OfOpinion, TemplateView):
    template_name = "liaison/opinions/detail.html"

    def get_context_data(self, **kwargs):
        opinion, user = self.opinion, self.request.user
        handles = user.has_perm("opinions.handle", opinion)
        steps = [step for step in OPINION.open_steps(opinion, user) if step.is_button]
        return super().get_context_data(
            opinion=opinion,
            steps=[step for step in steps if step.name != "raise"],
            may_raise=any(step.name == "raise" for step in steps),
            photos=photos_of(opinion),
            proofs=opinion.proofs.all(),
            history=history_told(opinion, reader=user),
            names_deputy=user.has_perm("opinions.name_deputy", opinion),
            suggestion=suggestion_told(opinion, reader=user),
            shows_resident=handles,
            may_reveal=handles and bool(opinion.name or opinion.phone),
            revealed=kwargs.pop("revealed", False),
            **kwargs,
        )


class OpinionRevealView(OfOpinion, View):
    """Show once who said it, to whoever handles it; the journal keeps who looked."""

    def post(self, request, pk):
        if not request.user.has_perm("opinions.handle", self.opinion):
            raise Http404
        actions.reveal(self.opinion, on=timezone.localdate(), by=request.user)
        page = OpinionDetailView()
        page.setup(request, pk=pk)
        return render(request, page.template_name, page.get_context_data(revealed=True))


class OpinionStepView(StepView):
    procedure = OPINION
    queryset = Opinion.objects.select_related("station", "organ", "congress")
    forms_by_step = {
        "answer_at_once": forms.OnSpotForm,
        "escalate": forms.EscalateForm,
        "route": forms.RouteForm,
        "send_back": forms.SendBackForm,
        "answer": forms.AnswerForm,
        "guide": forms.GuideForm,
        "tell": forms.TellForm,
    }
    template_name = "liaison/opinions/step.html"


def code_told(request, code):
    """Tell the query code this once: it is kept nowhere."""
    messages.success(
        request, _("已登记。查询码 %s，请抄给反映人：凭它可以查进度、看答复、作评价。这个码只显示这一次。") % code
    )


def to_detail(opinion):
    return redirect(opinion.get_absolute_url())
