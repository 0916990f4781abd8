"""Rating a reply, signed in or by one-time link, and judging a dissatisfied one (测评)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView

from congress.accounts.models import User
from congress.procedure.journal import AlreadyRecorded
from congress.procedure.taking import was_carried_out
from congress.procedure.views import StepView, add_errors
from congress.procedure.workflow import StepNotOpen
from deputies.roll.seats import seats_of
from suggestions.appraisals import actions
from suggestions.appraisals.forms import OrderForm, RatingForm, UpholdForm
from suggestions.appraisals.models import Judgement, Slip, Survey
from suggestions.appraisals.workflow import JUDGEMENT
from suggestions.docket.models import Answer


class RateView(FormView):
    """One slip: a deputy's own, or put down by the office from paper."""

    form_class = RatingForm
    template_name = "suggestions/appraisals/rate.html"

    @cached_property
    def slip(self):
        rows = Slip.objects.visible_to(self.request.user)
        slip = rows.filter(pk=self.kwargs["pk"]).select_related("survey__round__suggestion", "mandate__deputy").first()
        if slip is None:
            raise Http404
        return slip

    def get(self, request, *args, **kwargs):
        if self.slip.survey.state != Survey.State.OPEN and not self.get_form().is_late:
            return self.closed()
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"slip": self.slip, "on_paper": self.for_paper}

    def get_context_data(self, **kwargs):
        survey = self.slip.survey
        answers = Answer.objects.sent().filter(reply__assignment__round=survey.round)
        answers = answers.select_related("reply__assignment__organ", "ask")
        return super().get_context_data(
            slip=self.slip,
            survey=survey,
            suggestion=survey.suggestion,
            answers=list(answers.order_by("ask__number", "id")),
            by_link=self.by_link,
            for_paper=self.for_paper,
            **kwargs,
        )

    by_link = False

    @property
    def for_paper(self):
        """Whether the office writes for the deputy."""
        return not self.by_link and self.slip.mandate_id not in seats_of(self.request.user)

    def actor(self):
        """Who writes, and in whose name."""
        owner = self.slip.mandate.deputy.user
        return {"by": self.request.user, "on_behalf_of": owner if self.for_paper else None}

    def form_valid(self, form):
        try:
            rating = form.carry_out(on=timezone.localdate(), by_link=self.by_link, **self.actor())
        except ValidationError as error:
            add_errors(form, error)
            return self.form_invalid(form)
        except AlreadyRecorded:
            return self.thanked()
        except StepNotOpen:
            if was_carried_out(self.slip.survey, form.cleaned_data["request_key"]):
                return self.thanked()
            return self.closed()
        return self.thanked() if rating.is_current else self.kept_beside()

    def kept_beside(self):
        """The paper is older than what the deputy has said since."""
        words = _("意见表上的日期早于%s代表现在的评价：已经存档，不改变现在的评价。")
        messages.warning(self.request, words % self.slip.mandate.deputy.name)
        return redirect(self.slip.survey.suggestion.get_absolute_url())

    def thanked(self):
        if self.for_paper:
            messages.success(self.request, _("已录入%s代表的评价。") % self.slip.mandate.deputy.name)
        else:
            messages.success(self.request, _("已收到您的评价，谢谢。评价期内可以修改。"))
        return redirect(self.slip.survey.suggestion.get_absolute_url())

    def closed(self):
        context = {"survey": self.slip.survey, "suggestion": self.slip.survey.suggestion, "by_link": self.by_link}
        return render(self.request, "suggestions/appraisals/closed.html", context, status=409)


@method_decorator(login_not_required, name="dispatch")
class LinkView(RateView):
    """The slip behind a one-time link: looking consumes nothing (chats fetch links), only sending does."""

    by_link = True

    @cached_property
    def slip(self):
        slip = actions.slip_by_link(self.kwargs["token"])
        if slip is None:
            raise Http404
        return slip

    def actor(self):
        return {"by": User.objects.robot(), "on_behalf_of": self.slip.mandate.deputy.user}

    def thanked(self):
        return render(self.request, "suggestions/appraisals/thanks.html", {"survey": self.slip.survey})


class JudgeView(StepView):
    """Order a rework, or let the reply stand."""

    procedure = JUDGEMENT
    queryset = Judgement.objects.select_related("survey__round__suggestion__congress")
    forms_by_step = {"order": OrderForm, "uphold": UpholdForm}
    template_name = "suggestions/appraisals/judge.html"

    def get_context_data(self, **kwargs):
        survey = self.object.survey
        slip = survey.slips.filter(counts=True).select_related("mandate__deputy").first()
        return super().get_context_data(
            survey=survey, slip=slip, rating=slip.current_rating, suggestion=survey.suggestion, **kwargs
        )
