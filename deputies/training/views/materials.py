"""The library: papers, their sending, and who has opened them (学习资料)."""

from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View

from congress.files.actions import store
from congress.files.models import StoredFile
from congress.kit.downloads import note_for, sheet_response
from congress.kit.paging import page_of
from congress.procedure.telling import history
from deputies.training import reports
from deputies.training.actions import materials
from deputies.training.forms.common import plain
from deputies.training.forms.materials import MaterialForm
from deputies.training.models import Material
from deputies.training.views.common import Keeping, Staff, Stepping, export_noted
from deputies.training.workflow import MATERIAL

VIEWS = {
    "all": gettext_lazy("全部"),
    "unopened": gettext_lazy("没有打开"),
    "opened": gettext_lazy("已经打开"),
}


def files_of(material):
    return StoredFile.objects.filter(case_kind=material._meta.label_lower, case_id=material.pk).order_by("pk")


class MaterialsView(Staff, TemplateView):
    """The library, with how many have opened each paper."""

    template_name = "deputies/training/materials.html"
    door = "materials"

    def get_context_data(self, **kwargs):
        opened = Count("receipts", filter=Q(receipts__opened_at__isnull=False))
        rows = Material.objects.filter(congress=self.congress).prefetch_related("groups")
        rows = rows.annotate(sent=Count("receipts"), opened=opened).order_by("-id")
        return super().get_context_data(page_obj=page_of(rows, self.request.GET.get("page")), **kwargs)


class OfMaterial(Staff):
    """One paper of a congress that the reader may read."""

    door = "materials"

    @cached_property
    def material(self):
        rows = Material.objects.visible_to(self.request.user).select_related("congress", "created_by")
        return rows.filter(pk=self.kwargs["pk"]).first()

    @cached_property
    def congress(self):
        """That of the thing itself; what somebody sees who does not read of its congress has no page here."""
        if self.material is None or self.material.congress not in self.congresses:
            raise Http404
        return self.material.congress

    def copies(self, view):
        rows = self.material.receipts.select_related("mandate__deputy", "mandate__delegation", "reader")
        if view == "unopened":
            rows = rows.unopened()
        elif view == "opened":
            rows = rows.filter(opened_at__isnull=False)
        return rows.order_by("opened_at", "mandate__deputy__strokes", "pk")


class MaterialView(OfMaterial, TemplateView):
    """One paper: what it says, whom it reached, who has not opened it."""

    template_name = "deputies/training/material.html"

    def get_context_data(self, **kwargs):
        material = self.material
        counts = material.receipts.aggregate(all=Count("pk"), opened=Count("pk", filter=Q(opened_at__isnull=False)))
        counts["unopened"] = counts["all"] - counts["opened"]
        asked = self.request.GET.get("view")
        view = asked if asked in VIEWS else "unopened" if counts["unopened"] else "all"
        return super().get_context_data(
            material=material,
            files=files_of(material),
            steps=[step for step in MATERIAL.open_steps(material, self.request.user) if self.offers(step, counts)],
            counts=counts,
            tabs=[(code, label, counts[code]) for code, label in VIEWS.items()],
            view=view,
            page_obj=page_of(self.copies(view), self.request.GET.get("page")),
            is_late=bool(material.read_by_date and material.read_by_date < self.today and counts["unopened"]),
            history=history(material),
            **kwargs,
        )

    @staticmethod
    def offers(step, counts):
        return step.name != "push_again" or counts["unopened"]


class ReceiptsExportView(OfMaterial, View):
    """Who has and who has not opened it, as a workbook."""

    def post(self, request, pk, **kwargs):
        rows = [reports.copy_row(copy) for copy in self.copies(request.POST.get("view"))]
        title = _("“%s”阅读情况") % self.material.title
        note = export_noted(request, self.congress, title, len(rows))
        return sheet_response(title, reports.COPIES, rows, note_for(request, len(rows)), note, name=_("阅读情况"))


class MaterialFormView(Keeping):
    """Write a paper."""

    form_class = MaterialForm
    model = Material
    door = "materials"

    def get_initial(self):
        return {"has_files": bool(self.object.pk) and files_of(self.object).exists()}

    def keep(self, form):
        material, upload = form.instance, form.cleaned_data["file"]
        if material.pk is None:
            material.created_by = self.request.user
        said = {"groups": form.cleaned_data["groups"], "attach": self.attaching(upload) if upload else None}
        return materials.keep_material(material, **said, **self.doing())

    def attaching(self, upload):
        """What stores the upload with its paper; a file that may not be stored is refused beside its field."""

        def attach(material):
            try:
                store(upload, congress=self.congress, by=self.request.user, case=material)
            except ValidationError as refused:
                raise ValidationError({"file": refused.messages}) from refused

        return attach


class MaterialStepView(Stepping):
    """Send a paper, send it again, take it back."""

    procedure = MATERIAL
    queryset = Material.objects.select_related("congress")
    forms_by_step = {
        "push": plain(materials.push),
        "push_again": plain(materials.push_again),
        "withdraw": plain(materials.withdraw),
    }
    notes = {
        "push_again": gettext_lazy("只通知还没有打开的人，打开过的不打扰。"),
        "withdraw": gettext_lazy("撤回后手机上不再显示，阅读记录保留；改好可以再推送。"),
    }

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if self.step.name == "push":
            words = {
                "who": self.object.audience_words(),
                "url": reverse("training:change_material", args=[self.object.pk]),
            }
            context["step_note"] = _("推送给：%(who)s。每人在手机上收到通知，打开时间记入阅读情况。") % words
        return context
