"""The office checks what goes public (公开审查)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from congress.kit.numbers import row_numbers
from congress.kit.paging import page_of
from congress.organs.hats import hats_of
from congress.portal import actions
from congress.portal.forms import CheckForm, KeptForm
from congress.portal.models import Publication
from congress.procedure.workflow import StepNotOpen
from suggestions.docket.identity import lead_name
from suggestions.docket.models import Suggestion
from suggestions.promises.models import LookBack

MOST = 100


class ReviewView(TemplateView):
    """What waits to be checked, and what was decided; many at once (公开审查)."""

    template_name = "congress/portal/review.html"

    def dispatch(self, request, *args, **kwargs):
        self.congresses = hats_of(request.user).clerk_of
        if not self.congresses:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        waiting = actions.to_check(self.congresses)
        decided = Suggestion.objects.filter(
            pk__in=Publication.objects.visible_to(self.request.user)
            .exclude(state="pending")
            .filter(look_back__isnull=True)
            .values("suggestion")
        )
        view = "decided" if self.request.GET.get("view") == "decided" else "waiting"
        rows = (waiting if view == "waiting" else decided).select_related("lead__deputy", "category")
        page = page_of(rows.order_by("-replied_on", "-pk"), self.request.GET.get("page"))
        cases = list(page.object_list)
        checks = {(each.suggestion_id, each.part): each for each in Publication.objects.filter(suggestion__in=cases)}
        page.object_list = [
            (
                case,
                lead_name(case),
                checks.get((case.pk, Publication.Part.TEXT)),
                checks.get((case.pk, Publication.Part.REPLY)),
            )
            for case in cases
        ]
        return super().get_context_data(
            page_obj=page,
            view=view,
            waiting=waiting.count(),
            decided=decided.count(),
            kept=actions.kept_to_check(self.congresses).count(),
            parts=[part for part in Publication.Part.choices if part[0] != Publication.Part.KEPT],
            **kwargs,
        )

    def post(self, request):
        form = CheckForm(request.POST)
        ids = row_numbers(request.POST.getlist("pick"))[:MOST]
        seen = Suggestion.objects.visible_to(request.user)
        cases = seen.filter(self.decidable(form), pk__in=ids, congress__in=self.congresses)
        if not form.is_valid() or not cases:
            messages.warning(request, _("请先勾选建议，再选公开什么。"))
            return redirect("portal:review")
        done, told = 0, []
        for case in cases.select_related("congress"):
            try:
                self.decide(case, form.cleaned_data)
                done += 1
            except ValidationError as error:
                told.extend(error.messages)
            except StepNotOpen:
                told.append(_("《%s》：已经审查过了。") % case.title)
        if done:
            messages.success(request, _("已审查 %s 件。") % done)
        for words in dict.fromkeys(told):
            messages.warning(request, words)
        return redirect(
            f"{reverse('portal:review')}?view={'decided' if request.GET.get('view') == 'decided' else 'waiting'}"
        )

    def decidable(self, form):
        """What is accepted; and whatever became of it, what everybody can read may be kept from them again."""
        accepted = Q(state__in=Suggestion.ACCEPTED)
        if form.data.get("act") == "withhold":
            return accepted | Q(pk__in=Publication.objects.readable().values("suggestion"))
        return accepted

    def decide(self, case, decision):
        today, by = timezone.localdate(), self.request.user
        if decision["act"] == "publish":
            actions.publish(case, decision["part"], on=today, by=by)
        else:
            actions.withhold(case, decision["part"], reason=decision["reason"], on=today, by=by)


class KeptReviewView(TemplateView):
    """The words and photos of promises that were found kept, each looked at by itself before it is public."""

    template_name = "congress/portal/review_kept.html"

    def dispatch(self, request, *args, **kwargs):
        self.congresses = hats_of(request.user).clerk_of
        if not self.congresses:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        waiting, decided = (of(self.congresses) for of in (actions.kept_to_check, actions.kept_decided))
        view = "decided" if self.request.GET.get("view") == "decided" else "waiting"
        rows = (waiting if view == "waiting" else decided).select_related(
            "promise__suggestion", "promise__organ", "report", "publication"
        )
        rows = rows.prefetch_related("photos", "report__photos").order_by("-checked_on", "-pk")
        return super().get_context_data(
            page_obj=page_of(rows, self.request.GET.get("page"), per_page=10),
            view=view,
            waiting=waiting.count(),
            decided=decided.count(),
            **kwargs,
        )

    def post(self, request):
        form = KeptForm(request.POST)
        ids = row_numbers([request.POST.get("look_back", "")])
        seen = LookBack.objects.filter(promise__congress__in=self.congresses, pk__in=ids)
        look_back = seen.select_related("promise__suggestion").first()
        if look_back is None or not form.is_valid():
            raise Http404
        try:
            self.decide(look_back, **form.cleaned_data)
        except ValidationError as error:
            for words in error.messages:
                messages.warning(request, words)
        except StepNotOpen:
            messages.warning(request, _("已经审查过了。"))
        return redirect("portal:review_kept")

    def decide(self, look_back, *, act, reason):
        today, by = timezone.localdate(), self.request.user
        if act == "publish":
            actions.publish_kept(look_back, on=today, by=by)
        else:
            actions.withhold_kept(look_back, reason=reason, on=today, by=by)
        messages.success(self.request, _("已审查。"))
