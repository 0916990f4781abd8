"""Where the settings of a congress are found (设置)."""

from django.http import Http404
from django.views.generic import TemplateView

from congress.organs.hats import hats_of
from congress.organs.models import Congress


class SettingsView(TemplateView):
    """Doors to organs, terms, accounts, rules and calendar, for clerks and administrators."""

    template_name = "congress/dashboards/settings.html"

    def get_context_data(self, **kwargs):
        hats = hats_of(self.request.user)
        kept = hats.clerk_of | hats.administers
        if not kept:
            raise Http404
        congresses = list(Congress.objects.filter(pk__in=kept).order_by("pk"))
        for congress in congresses:
            congress.is_kept = self.request.user.has_perm("organs.keep", congress)
        return super().get_context_data(congresses=congresses, is_clerk=bool(hats.clerk_of), **kwargs)
