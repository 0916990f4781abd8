"""The list of deputies: conditions, search, order by strokes, export (名册)."""

from django.views.generic import ListView

from deputies.roll.models import Mandate
from deputies.roll.views.base import RollMixin


class RollList(RollMixin, ListView):
    template_name = "deputies/roll/list.html"
    paginate_by = 25

    def get_queryset(self):
        return Mandate.objects.visible_to(self.request.user).select_related("deputy").order_by("deputy__strokes")
