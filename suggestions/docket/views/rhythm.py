"""The office's rhythm: the batch that is assigned next, and what is due as a text for a group (集中交办、到期清单)."""

from datetime import timedelta

from django.http import Http404
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from congress.kit.dates import asked_day
from congress.organs.hats import hats_of
from congress.organs.models import Congress
from suggestions.docket import batches
from suggestions.docket.identity import lead_name
from suggestions.docket.models import Suggestion
from suggestions.docket.reminding import due_shares, texts

S = Suggestion.State
MOST = 300  # as many as the bulk assignment takes
DAYS_AHEAD = 7


class BatchView(TemplateView):
    """What waits for the next day of collective assignment, with one button to assign it all (本期集中交办)."""

    template_name = "suggestions/docket/batch.html"

    def dispatch(self, request, *args, **kwargs):
        self.congresses = list(Congress.objects.filter(pk__in=hats_of(request.user).clerk_of).order_by("pk"))
        if not self.congresses:
            raise Http404
        wanted = request.GET.get("congress", "")
        self.congress = next((each for each in self.congresses if each.code == wanted), self.congresses[0])
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        today = timezone.localdate()
        days = batches.of(self.congress, on=today)
        here = Suggestion.objects.filter(batches.waiting_where(), congress=self.congress)
        rows = here.filter(state=S.REGISTERED).select_related("lead__deputy", "proposed_department")
        shown = list(rows.order_by("submitted_on", "pk")[:MOST]) if days else []
        day = days.coming(today)
        return super().get_context_data(
            congress=self.congress,
            congresses=self.congresses,
            day=day,
            days_left=(day - today).days if day else None,
            rows=[(case, lead_name(case), batches.has_missed(case, days, on=today)) for case in shown],
            missed=sum(batches.has_missed(case, days, on=today) for case in shown),
            unchecked=here.filter(state=S.SUBMITTED).count() if days else 0,
            **kwargs,
        )


class DueTextView(TemplateView):
    """What is due in these days, one plain text a department (到期清单·复制到工作群)."""

    template_name = "suggestions/docket/due_text.html"

    def dispatch(self, request, *args, **kwargs):
        hats = hats_of(request.user)
        if not (hats.clerk_of or hats.departments):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def today(self):
        return timezone.localdate()

    def get_context_data(self, **kwargs):
        first = asked_day(self.request.GET.get("due_from"))
        last = asked_day(self.request.GET.get("due_to")) or (first or self.today) + timedelta(days=DAYS_AHEAD)
        shares = due_shares(self.request.user, first=first, last=last)
        told = texts(shares, today=self.today)
        return super().get_context_data(
            first=f"{first or ''}",
            last=f"{last}",
            texts=told,
            whole="\n\n".join(text for _organ, _count, text in told),
            total=len(shares),
            **kwargs,
        )
