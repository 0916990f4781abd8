"""The library and the briefings: papers, their sending, who has opened them, who was told too little (资料、简报)."""

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
from congress.kit.numbers import row_number
from congress.kit.paging import page_of
from congress.kit.periods import quarter_of
from congress.procedure.telling import history
from deputies.training import reports
from deputies.training.actions import materials
from deputies.training.briefings import Briefed
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


BRIEFED = {
    "all": gettext_lazy("全部代表"),
    "short": gettext_lazy("份数不够"),
    "none": gettext_lazy("一份也没有"),
}
QUARTERS = (1, 2, 3, 4)


def door_of(material):
    """Where a paper stands in the room."""
    return "briefings" if material.is_briefing else "materials"


def files_of(material):
    return StoredFile.objects.filter(case_kind=material._meta.label_lower, case_id=material.pk).order_by("pk")


class MaterialsView(Staff, TemplateView):
    """The library, with how many have opened each paper."""

    template_name = "deputies/training/materials.html"
    door = "materials"
    papers = Material.objects.study

    def get_context_data(self, **kwargs):
        opened = Count("receipts", filter=Q(receipts__opened_at__isnull=False))
        rows = self.papers().filter(congress=self.congress).prefetch_related("groups")
        rows = rows.annotate(sent=Count("receipts"), opened=opened).order_by("-id")
        return super().get_context_data(page_obj=page_of(rows, self.request.GET.get("page")), **kwargs)


class BriefingsView(MaterialsView):
    """The briefings that an office sent to its deputies, and how many of them got too few in this quarter."""

    template_name = "deputies/training/briefings.html"
    door = "briefings"
    papers = Material.objects.briefings

    def get_context_data(self, **kwargs):
        quarter = quarter_of(self.today)
        briefed = Briefed(self.congress, self.today.year, quarter, self.today)
        return super().get_context_data(briefed=briefed, **kwargs)


class OfQuarter(Staff):
    """One congress in one quarter; the running one where the address names none, or one that is still to come."""

    door = "briefings"

    @cached_property
    def briefed(self):
        running = self.today.year, quarter_of(self.today)
        asked = self.year, row_number(self.query.get("quarter")) or running[1]
        is_known = asked[1] in QUARTERS and asked <= running
        return Briefed(self.congress, *(asked if is_known else running), self.today)

    @cached_property
    def view(self):
        asked = self.query.get("view")
        return asked if asked in BRIEFED else "all"

    @property
    def seats(self):
        return {"all": self.briefed.seats, "short": self.briefed.lacking, "none": self.briefed.without}[self.view]


class BriefedView(OfQuarter, TemplateView):
    """Every deputy with the briefings that he got in a quarter against what the rules ask; who got none is marked."""

    template_name = "deputies/training/briefed.html"

    def get_context_data(self, **kwargs):
        briefed, context = self.briefed, super().get_context_data(**kwargs)
        return context | {
            "briefed": briefed,
            "page_obj": page_of(self.seats, self.request.GET.get("page")),
            "tabs": [(code, label, briefed.counts[code]) for code, label in BRIEFED.items()],
            "view": self.view,
            "quarters": QUARTERS,
            "years": [self.today.year, self.today.year - 1, self.today.year - 2],
            "year": briefed.year,
        }


class BriefedExportView(OfQuarter, View):
    """The same as a workbook; the journal keeps who took it."""

    http_method_names = ["post"]

    def post(self, request):
        rows = [reports.briefed_row(seat, self.briefed) for seat in self.seats]
        words = {"congress": self.congress, "year": self.briefed.year, "quarter": self.briefed.quarter}
        title = _("%(congress)s%(year)s年第%(quarter)s季度代表收到工作简报情况") % words
        note = export_noted(request, self.congress, title, len(rows))
        return sheet_response(title, reports.BRIEFED, rows, note_for(request, len(rows)), note, name=_("简报情况"))


class OfMaterial(Staff):
    """One paper of a congress that the reader may read."""

    @property
    def door(self):
        return door_of(self.material)

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
    """Write a paper; `kind` is that of a new one."""

    form_class = MaterialForm
    model = Material
    kind = Material.Kind.STUDY

    @property
    def door(self):
        return door_of(self.object)

    @property
    def noun(self):
        return self.object.get_kind_display()

    def fresh(self):
        """A briefing is for all deputies of the congress, unless somebody says otherwise."""
        return Material(congress=self.congress, kind=self.kind, to_deputies=self.kind == Material.Kind.BRIEFING)

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
