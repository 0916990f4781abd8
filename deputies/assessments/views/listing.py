"""The assessments, one of them with its sheets, and who is missing (考评清单、催评)."""

from django.core.exceptions import ValidationError
from django.db.models import Count, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView, View

from congress.kit.downloads import note_for, sheet_response
from congress.kit.numbers import row_numbers
from congress.kit.paging import page_of
from congress.kit.words import asked_words
from congress.organs.hats import hats_of
from congress.procedure.journal import AlreadyRecorded
from congress.procedure.views import StepView, add_errors
from deputies.assessments import actions
from deputies.assessments.chasing import owed
from deputies.assessments.forms import CancelForm, CloseForm, OpenForm, UrgeForm
from deputies.assessments.models import Assessment, Marking, Method, RatingSheet
from deputies.assessments.reading import Reading
from deputies.assessments.reports import MISSING, missing_rows, sheet_columns, sheet_rows
from deputies.assessments.rules import kept_by
from deputies.assessments.views.choosing import OfAssessment, OfAssessments
from deputies.assessments.workflow import ASSESSMENT
from deputies.roll.models import Delegation, Deputy

VIEWS = {
    "all": gettext_lazy("全部"),
    "lacking": gettext_lazy("没有评齐"),
    "complete": gettext_lazy("评齐"),
    "excused": gettext_lazy("不参加"),
}


class AssessmentList(OfAssessments, TemplateView):
    """Every assessment of which the reader reads sheets, with how far they are and what he himself owes."""

    template_name = "deputies/assessments/list.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        sheets = RatingSheet.objects.visible_to(user).taking()
        due = Marking.objects.due_from(user).open().waiting().ready()
        rows = Assessment.objects.visible_to(user).select_related("congress", "method")
        rows = rows.annotate(
            total=_number(sheets.filter(assessment=OuterRef("pk")), "assessment"),
            done=_number(sheets.complete().filter(assessment=OuterRef("pk")), "assessment"),
            due=_number(due.filter(sheet__assessment=OuterRef("pk")), "sheet__assessment"),
        )
        is_due = self.request.GET.get("due") == "1"  # as the reader's desk counts them
        if is_due:
            rows = rows.filter(due__gt=0)
        return super().get_context_data(
            page_obj=page_of(rows, self.request.GET.get("page")), kept=list(kept_by(user)), is_due=is_due, **kwargs
        )


def _number(rows, key):
    """How many of these rows belong to the outer one."""
    counted = rows.order_by().values(key).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


class OpenView(OfAssessments, FormView):
    """Open an assessment for everybody in office."""

    form_class = OpenForm
    template_name = "deputies/assessments/open.html"

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm("assessments.keep", self.congress):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"congress": self.congress, "today": self.today}

    def form_valid(self, form):
        try:
            assessment = form.carry_out(by=self.request.user)
        except AlreadyRecorded:
            return redirect("assessments:list")
        except ValidationError as error:
            add_errors(form, error)
            return self.form_invalid(form)
        return redirect(assessment)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            methods=Method.objects.in_force().filter(congress=self.congress).exists(), **kwargs
        )


class Sheets(OfAssessment):
    """The sheets of an assessment as the reader may read them, narrowed as the address says."""

    def dispatch(self, request, *args, **kwargs):
        hats = hats_of(request.user)
        if self.assessment and not (hats.watches or hats.clerk_of):
            return redirect("assessments:mine")  # a deputy's place is his phone
        return super().dispatch(request, *args, **kwargs)

    def base(self):
        return RatingSheet.objects.visible_to(self.request.user).filter(assessment=self.assessment)

    def narrowed(self, query):
        rows = self.base()
        words = asked_words(query.get("q"))
        delegation, lack = (row_numbers([query.get(name, "")]) for name in ("delegation", "lack"))
        if words:
            rows = rows.filter(Q(mandate__deputy__name__contains=words) | Q(mandate__deputy__pinyin__startswith=words))
        if delegation:
            rows = rows.filter(mandate__delegation=delegation[0])
        if lack:
            waiting = Marking.objects.waiting().filter(stage=lack[0])
            rows = rows.taking().filter(pk__in=waiting.values("sheet"))
        return self._viewed(rows, query.get("view"))

    @staticmethod
    def _viewed(rows, view):
        if view == "excused":
            return rows.filter(state=RatingSheet.State.EXCUSED)
        return {"lacking": rows.lacking, "complete": rows.complete}.get(view, rows.all)()

    def loaded(self, rows):
        rows = rows.select_related("mandate__deputy", "mandate__delegation").prefetch_related("markings__stage")
        rows = rows.defer(*Deputy.personal("mandate__deputy"))
        return rows.order_by("mandate__delegation__position", "mandate__deputy__strokes", "pk")

    def told(self, rows):
        """The same rows, each with what this reader is told of it."""
        reading = Reading(self.request.user)
        for row in rows:
            row.assessment = self.assessment
            row.shown = reading.markings(row)
            row.result = reading.result(row)
            row.cells = _cells(row.shown, self.stages)
        return rows


def _cells(shown, stages):
    """One cell a stage: the marking, or None where the reader is not told."""
    by_stage = {each.stage_id: each for each in shown}
    return [(stage, by_stage.get(stage.pk)) for stage in stages]


class AssessmentView(Sheets, TemplateView):
    """One assessment: how far each rater is, and the sheets."""

    template_name = "deputies/assessments/detail.html"

    def get_context_data(self, **kwargs):
        user, query, assessment = self.request.user, self.request.GET, self.assessment
        page = page_of(self.loaded(self.narrowed(query)), query.get("page"))
        self.told(page.object_list)
        base = self.base()
        due = Marking.objects.due_from(user).open().waiting().ready().filter(sheet__assessment=assessment)
        first_due = due.order_by("stage__position").values_list("stage", flat=True).first()
        view = query.get("view") if query.get("view") in VIEWS else "all"
        return super().get_context_data(
            page_obj=page,
            progress=self.progress(),
            first_due=first_due,
            due_count=due.count(),
            tabs=[(code, label, self._viewed(base, code).count()) for code, label in VIEWS.items()],
            view=view,
            asked={name: query.get(name, "") for name in ("q", "delegation", "lack")},
            delegations=Delegation.objects.filter(mandates__rating_sheets__in=base.order_by().values("pk")).distinct(),
            steps=[each for each in ASSESSMENT.open_steps(assessment, user) if each.is_button],
            may_export=user.has_perm("assessments.keep", assessment),
            reads_all=user.has_perm("assessments.view_all", assessment),
            full_marks=assessment.method.full_marks,
            export_pairs=[(name, query[name]) for name in ("q", "delegation", "lack", "view") if query.get(name)],
            **kwargs,
        )

    def progress(self):
        """[(stage, given, of, lacking, whether the reader may rate there)] over the sheets he reads."""
        mine = Marking.objects.filter(sheet__in=self.base().taking().order_by().values("pk")).order_by()
        counted = mine.values("stage").annotate(n=Count("pk"), given=Count("pk", filter=Q(state=Marking.State.GIVEN)))
        numbers = {row["stage"]: (row["given"], row["n"]) for row in counted}
        givable = Marking.objects.givable_by(self.request.user).filter(sheet__assessment=self.assessment)
        may = set(givable.order_by().values_list("stage", flat=True).distinct())
        told = [(stage, *numbers.get(stage.pk, (0, 0))) for stage in self.stages]
        return [(stage, given, total, total - given, stage.pk in may) for stage, given, total in told]


class ExportView(Sheets, View):
    """The sheets, or who is missing, as a workbook; the journal keeps who took it (导出)."""

    http_method_names = ["post"]

    def post(self, request, pk):
        assessment = self.assessment
        if not request.user.has_perm("assessments.keep", assessment):
            raise Http404
        if request.POST.get("what") == "missing":
            title, columns = _("%s催评名单") % assessment, MISSING
            rows = list(missing_rows(owed(assessment, request.user)))
        else:
            title, columns = f"{assessment}（{assessment.method}）", sheet_columns(self.stages)
            shown = self.told(list(self.loaded(self.narrowed(request.POST))))
            rows = list(sheet_rows(shown, self.stages))

        def note():
            actions.note_export(assessment, "assessment.export", count=len(rows), what=title, by=request.user)

        return sheet_response(title, columns, rows, note_for(request, len(rows)), note, name=f"{assessment}")


class ChaseView(Sheets, TemplateView):
    """Who is still missing, and one button that tells them."""

    template_name = "deputies/assessments/chase.html"

    def get_context_data(self, **kwargs):
        stages = owed(self.assessment, self.request.user)
        return super().get_context_data(
            owed=stages,
            count=sum(party.count for _stage, parties in stages for party in parties),
            today=timezone.localdate(),
            **kwargs,
        )


class AssessmentStepView(StepView):
    procedure = ASSESSMENT
    queryset = Assessment.objects.select_related("congress", "method")
    forms_by_step = {"urge": UrgeForm, "close": CloseForm, "cancel": CancelForm}
    template_name = "deputies/assessments/step.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            lacking=self.object.sheets.lacking().count(), complete=self.object.sheets.complete().count(), **kwargs
        )
