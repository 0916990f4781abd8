"""Activation slips: to whom, and the printed sheet, which is shown once (激活单)."""

import segno
from django.conf import settings
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from congress.dashboards.office import actions
from congress.dashboards.office.people import chosen, departments_without_account, deputies_without_account
from congress.dashboards.office.views.base import OfficeMixin
from congress.kit.numbers import row_numbers


@method_decorator(never_cache, name="dispatch")
class Issue(OfficeMixin, TemplateView):
    """Choose whom to issue for; the answer to the POST is the sheet itself, and nothing else holds the codes."""

    template_name = "congress/dashboards/office/issue.html"

    def get_context_data(self, **kwargs):
        ids = self.request.GET.getlist("account")
        return super().get_context_data(
            deputies=deputies_without_account(self.congress),
            departments=departments_without_account(self.congress, on=self.today),
            chosen=self.allowed(ids),
            asked=len(ids),
            days=settings.ACTIVATION_DAYS,
            **kwargs,
        )

    def allowed(self, ids):
        """Of the accounts picked those which this clerk may cut a key for."""
        people = chosen(self.congress, row_numbers(ids), on=self.today)
        return [each for each in people if self.request.user.has_perm("organs.reset_account", each.user)]

    def post(self, request, *args, **kwargs):
        group = request.POST.get("group")
        if group == "deputies":
            people = deputies_without_account(self.congress)
        elif group == "departments":
            people = departments_without_account(self.congress, on=self.today)
        elif group == "chosen":
            people = self.allowed(request.POST.getlist("account"))
        else:
            raise Http404
        if not people:
            return HttpResponseRedirect(self.address("issue"))
        slips = actions.issue_accounts(people, on=self.today, at=timezone.now(), **self.act)
        sheet = [{"slip": slip, "drawing": self.drawing(slip)} for slip in slips]
        context = self.get_context_data(
            sheet=sheet, activate_at=request.build_absolute_uri(reverse("accounts:activate"))
        )
        return render(request, "congress/dashboards/office/slips.html", context)

    def drawing(self, slip):
        """The address with the login name; the code itself is typed, so a photographed QR opens nothing."""
        address = self.request.build_absolute_uri(f"{reverse('accounts:activate')}?name={slip.user.username}")
        return mark_safe(segno.make(address, error="m").svg_inline(scale=3, border=0, omitsize=True))  # segno's own SVG
