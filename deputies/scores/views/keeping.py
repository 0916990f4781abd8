"""What kind of deputy each one is counted as, and the list that the law asks for (代表类别、法定情形)."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from congress.kit.numbers import row_number
from congress.kit.paging import page_of
from congress.kit.words import asked_words
from congress.rulebook.book import rules_for
from deputies.activities.figures import unapproved_absences
from deputies.roll.importing import current_term
from deputies.roll.models import Deputy, Mandate
from deputies.scores import actions
from deputies.scores.models import DeputyKind
from deputies.scores.views.choosing import OfScheme
from deputies.scores.views.listing import PER_PAGE


class KindsView(OfScheme, TemplateView):
    """What kind of deputy each one is counted as, for norms that are fair; the office says it (代表类别)."""

    template_name = "deputies/scores/kinds.html"

    def seats(self):
        rows = Mandate.objects.active().filter(congress=self.congress)
        rows = rows.select_related("deputy", "delegation", "kind_row").defer(*Deputy.personal())
        words = asked_words(self.request.GET.get("q"))
        return rows.filter(deputy__name__contains=words) if words else rows

    def dispatch(self, request, *args, **kwargs):
        self.choose(request.POST if request.method == "POST" else request.GET)
        if not request.user.has_perm("scores.keep", self.congress):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        rows = self.seats().order_by("delegation__position", "deputy__strokes", "pk")
        return super().get_context_data(
            congress=self.congress,
            kinds=DeputyKind.choices,
            page_obj=page_of(rows, self.request.GET.get("page"), per_page=PER_PAGE),
            words=self.request.GET.get("q", ""),
            **kwargs,
        )

    def post(self, request):
        named = {key.removeprefix("kind_"): value for key, value in request.POST.items() if key.startswith("kind_")}
        told = {pk: kind for name, kind in named.items() if (pk := row_number(name)) and kind in DeputyKind.values}
        mine = set(Mandate.objects.filter(congress=self.congress, pk__in=told).values_list("pk", flat=True))
        changed = actions.place_kinds(
            self.congress,
            {pk: kind for pk, kind in told.items() if pk in mine},
            on=timezone.localdate(),
            by=request.user,
        )
        messages.success(request, _("已保存，改动 %s 名代表。") % changed)
        return redirect(f"{reverse('scores:kinds')}?{urlencode({'congress': self.congress.code})}")


class GroundsView(OfScheme, TemplateView):
    """Who stayed away from sessions without leave: the one list that the law asks for; nothing follows by itself."""

    template_name = "deputies/scores/grounds.html"

    def get_context_data(self, **kwargs):
        self.choose(self.request.GET)
        today = timezone.localdate()
        threshold = rules_for(self.congress, on=today).count("unapproved_absences")
        term = current_term(self.congress, on=today)
        found = unapproved_absences(self.congress, term, least=threshold) if term else []
        return super().get_context_data(congress=self.congress, threshold=threshold, found=found, **kwargs)
