"""One sheet, its steps, and the deputy's own page (考评表、我的考评)."""

from django.db.models import Count
from django.http import Http404
from django.utils import timezone
from django.views.generic import DetailView, TemplateView

from congress.organs.hats import hats_of
from congress.procedure.models import Entry
from congress.procedure.views import StepView
from congress.procedure.workflow import says
from deputies.assessments.forms import ExcuseForm, IncludeForm
from deputies.assessments.models import Assessment, Marking, RatingSheet, Stage
from deputies.assessments.reading import Reading
from deputies.assessments.workflow import SHEET
from deputies.roll.models import Deputy
from deputies.roll.seats import seats_of


class SheetView(DetailView):
    """One sheet: the dimensions down, the raters across, as far as the reader may read them."""

    template_name = "deputies/assessments/sheet.html"
    context_object_name = "sheet"

    def get_queryset(self):
        rows = RatingSheet.objects.visible_to(self.request.user)
        rows = rows.select_related(
            "assessment__congress", "assessment__method", "mandate__deputy", "mandate__delegation"
        )
        rows = rows.defer(*Deputy.personal("mandate__deputy"))
        return rows.prefetch_related("markings__stage", "markings__marks", "markings__given_by")

    def get_context_data(self, **kwargs):
        sheet, user = self.object, self.request.user
        reading, assessment = Reading(user), sheet.assessment
        shown = reading.markings(sheet)
        reads_all = user.has_perm("assessments.view_all", assessment) and sheet.mandate_id not in seats_of(user)
        entries = Entry.objects.of(sheet).select_related("by") if reads_all else []
        givable = set(Marking.objects.givable_by(user).filter(sheet=sheet).values_list("pk", flat=True))
        due = set(
            Marking.objects.due_from(user).open().waiting().ready().filter(sheet=sheet).values_list("pk", flat=True)
        )
        grade = next((each for each in assessment.method.grades if each["name"] == sheet.grade), None)
        return super().get_context_data(
            assessment=assessment,
            shown=shown,
            hidden=len(sheet.markings.all()) - len(shown),
            lines=_lines(assessment.method, shown),
            result=reading.result(sheet),
            full_marks=assessment.method.full_marks,
            givable=[each for each in shown if each.pk in givable],
            steps=SHEET.open_steps(sheet, user) if assessment.is_open else [],
            next_to_give=next((each for each in shown if each.pk in due), None),
            is_phone=not (hats_of(user).watches or hats_of(user).clerk_of),
            grade_text=grade["text"] if grade and reads_all else "",
            timeline=[
                {"on": each.on, "by": each.by, "says": says(each.verb) % each.facts, "before": each.facts.get("before")}
                for each in entries
            ],
            **kwargs,
        )


def _lines(method, shown):
    """[(dimension, [mark of each rater that gives points or None])]."""
    giving = [each for each in shown if each.stage.gives_points]
    marks = [{mark.dimension_id: mark.points for mark in each.marks.all()} for each in giving]
    return [(each, [row.get(each.pk) for row in marks]) for each in method.dimensions.all()]


class SheetStepView(StepView):
    procedure = SHEET
    queryset = RatingSheet.objects.select_related("assessment__congress", "mandate__deputy")
    forms_by_step = {"excuse": ExcuseForm, "include": IncludeForm}


class MineView(TemplateView):
    """The phone: rate yourself, rate your group's members, see what you were given."""

    template_name = "deputies/assessments/mine.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        seats = seats_of(user)
        if not seats:
            raise Http404
        rows = RatingSheet.objects.filter(mandate__in=seats).exclude(assessment__state=Assessment.State.CANCELLED)
        rows = rows.select_related("assessment__congress", "assessment__method", "mandate__delegation")
        rows = rows.prefetch_related("markings__stage").order_by("-assessment__first", "-pk")
        reading, own = Reading(user), Marking.objects.due_from(user).open()
        mine = set(own.filter(stage__rater=Stage.Rater.DEPUTY).values_list("pk", flat=True))
        sheets = list(rows)
        for each in sheets:
            each.result = reading.result(each)
            each.to_give = next((marking for marking in each.markings.all() if marking.pk in mine), None)
        groups = own.filter(stage__rater=Stage.Rater.GROUP).order_by().values("sheet__assessment", "stage")
        return super().get_context_data(
            open_sheets=[each for each in sheets if each.assessment.is_open],
            closed_sheets=[each for each in sheets if not each.assessment.is_open],
            groups=self.of_groups(groups, own),
            today=timezone.localdate(),
            **kwargs,
        )

    @staticmethod
    def of_groups(groups, own):
        """What the leader of a group has to rate: the assessment, its stage, how many wait, how many there are."""
        counted = list(groups.annotate(total=Count("pk")))
        waiting = dict(
            own.waiting().ready().filter(stage__rater=Stage.Rater.GROUP).order_by()
            .values_list("sheet__assessment").annotate(n=Count("pk"))
        )  # fmt: skip
        found = Assessment.objects.select_related("method").in_bulk([row["sheet__assessment"] for row in counted])
        return [
            {
                "assessment": found[row["sheet__assessment"]],
                "stage": row["stage"],
                "total": row["total"],
                "waiting": waiting.get(row["sheet__assessment"], 0),
            }
            for row in counted
        ]
