"""The open shares of an abolished department, before and after they go to its successor (移交承接单位)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from congress.organs.hats import hats_of
from congress.organs.leftovers import left_open
from congress.organs.models import Department
from congress.procedure.reactions import announce
from congress.procedure.workflow import StepNotOpen
from suggestions.docket import actions

MOST = 300  # shares moved by one click; what is left stands on the page again


class SuccessionView(TemplateView):
    """First what would move, then, after a yes, each share in a transaction of its own."""

    template_name = "suggestions/docket/succession.html"

    @cached_property
    def organ(self):
        gone = Department.objects.filter(
            congress__in=hats_of(self.request.user).clerk_of,
            valid_to__lte=timezone.localdate(),
            successor__isnull=False,
        )
        found = gone.select_related("successor", "congress").filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        return found

    def get_context_data(self, **kwargs):
        shares = list(actions.shares_to_hand_over(self.organ)[:MOST])
        left = left_open([self.organ]).get(self.organ.pk, ())
        return super().get_context_data(
            organ=self.organ,
            shares=shares,
            movable=sum(number for _words, number in left) - sum(share.is_taken for share in shares),
            others=[words % {"n": number} for words, number in left],
            **kwargs,
        )

    def in_hand(self):
        return sum(number for _words, number in left_open([self.organ]).get(self.organ.pk, ()))

    def post(self, request, pk):
        today, before = timezone.localdate(), self.in_hand()
        for share in actions.shares_to_hand_over(self.organ).filter(is_taken=False)[:MOST]:
            try:
                actions.succeed(share, on=today, by=request.user)
            except (ValidationError, StepNotOpen) as problem:
                words = problem.messages[0] if isinstance(problem, ValidationError) else _("刚刚被别人办过了。")
                messages.warning(request, f"{share.suggestion.title}：{words}")
        announce("department.succeeded", self.organ, on=today, by=request.user)
        if moved := before - self.in_hand():
            messages.success(
                request, _("%(n)s 件已移交%(organ)s，期限不变。") % {"n": moved, "organ": self.organ.successor}
            )
        return redirect("docket:succession", self.organ.pk)
