"""Bringing a roster in: upload, check, confirm, result, and back (名册导入)."""

from django.views.generic import ListView

from deputies.roll.models import Import
from deputies.roll.views.base import RollMixin


class ImportList(RollMixin, ListView):
    template_name = "deputies/roll/imports.html"
    for_keepers = True

    def get_queryset(self):
        return Import.objects.filter(congress=self.congress).select_related("file", "by", "term")
