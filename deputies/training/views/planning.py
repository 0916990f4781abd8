"""The year's plan: the overview of the room, its lines, and holding a session (年度计划)."""

from datetime import datetime, time, timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView

from congress.procedure.views import add_errors
from congress.rulebook.codes import UnknownRule
from deputies.activities.models import Activity
from deputies.roll.importing import current_term
from deputies.training import figures
from deputies.training.actions import planning
from deputies.training.forms.common import plain
from deputies.training.forms.planning import HoldForm, LessonForm, LineForm
from deputies.training.models import Contest, Lesson, Material, PlanLine, Quiz, TrainingPlan
from deputies.training.onboarding import gaps_of
from deputies.training.views.common import Keeping, Staff, Stepping
from deputies.training.workflow import PLAN

GAPS_SHOWN = 5
A = Activity.State


def gaps_or_none(congress, *, on):
    """The onboarding gaps; none where there is no term yet, or no rule asks for it."""
    term = current_term(congress, on=on)
    if term is None:
        return []
    try:
        return gaps_of(congress, term, on=on)
    except UnknownRule:
        return []


class OverviewView(Staff, TemplateView):
    """The plan of the year with what was held of it, the figures, and what is missing."""

    template_name = "deputies/training/list.html"
    door = "list"

    def get_context_data(self, **kwargs):
        sessions = figures.sessions_of(self.congress, figures.Period.of_year(self.year))
        gaps = gaps_or_none(self.congress, on=self.today)
        plan = TrainingPlan.objects.filter(congress=self.congress, year=self.year).first()
        return super().get_context_data(
            plan=plan,
            steps=PLAN.open_steps(plan, self.request.user) if plan else [],
            lines=self.lines(plan),
            total=figures.total_of(sessions),
            unsorted=sessions.filter(lesson=None).exclude(kind=figures.ActivityKind.EXCHANGE).count(),
            gaps=gaps[:GAPS_SHOWN],
            gap_count=len(gaps),
            past_count=sum(gap.is_past for gap in gaps),
            unread=self.unread(),
            quizzes=Quiz.objects.filter(congress=self.congress, state=Quiz.State.OPEN).order_by("closes_at")[:3],
            contests=Contest.objects.filter(
                congress=self.congress, state__in=(Contest.State.WRITTEN, Contest.State.LIVE)
            )[:3],
            years=[self.year + 1, self.year, self.year - 1],
            **kwargs,
        )

    def unread(self):
        """How many papers lie with readers who did not open them in time."""
        rows = Material.objects.study().filter(congress=self.congress, state=Material.State.PUSHED)
        late = rows.filter(read_by_date__lt=self.today, receipts__opened_at__isnull=True)
        return late.distinct().count()

    def lines(self, plan):
        """Each line with its sessions: held, ahead, and still to be planned."""
        if plan is None:
            return []
        lines = list(plan.lines.prefetch_related("groups"))
        lessons = Lesson.objects.filter(line__in=lines).select_related("activity").order_by("activity__starts_at")
        by_line = {}
        for lesson in lessons:
            by_line.setdefault(lesson.line_id, []).append(lesson.activity)
        for line in lines:
            found = [each for each in by_line.get(line.pk, []) if each.state != A.CANCELLED]
            line.planned = found
            line.held = sum(each.state in {A.HELD, A.CLOSED} for each in found)
            line.light = _light(line, found, year=plan.year, today=self.today)
        return lines


def _light(line, found, *, year, today):
    """done: all held; run: some planned; late: its month has gone by."""
    if line.held >= line.sessions:
        return "done"
    is_past = (year, line.month) < (today.year, today.month)
    return "late" if is_past else "run" if found else "draft"


class LineView(Keeping):
    """Write one line of the plan, or take it out."""

    form_class = LineForm
    model = PlanLine
    door = "list"
    has_page = False

    @cached_property
    def year(self):
        year = self.kwargs.get("year") or self.object.plan.year
        if not 2000 <= year <= 2100:
            raise Http404
        return year

    def fresh(self):
        plan = TrainingPlan.objects.filter(congress=self.congress, year=self.year).first()
        plan = plan or TrainingPlan(congress=self.congress, year=self.year)
        return PlanLine(plan=plan, month=timezone.localdate().month)

    def keep(self, form):
        line = form.instance
        if line.plan_id is None:
            line.plan = planning.plan_of(self.congress, self.year)
        return planning.keep_line(line, groups=form.cleaned_data["groups"], **self.doing())

    def post(self, request, *args, **kwargs):
        if "remove" not in request.POST or "pk" not in kwargs:
            return super().post(request, *args, **kwargs)
        back = self.back()
        try:
            planning.remove_line(self.object, **self.doing())
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
            return redirect(request.path)
        messages.success(request, _("已删去。"))
        return redirect(back)

    def back(self):
        return f"{super().back()}&year={self.year}"

    def get_context_data(self, **kwargs):
        can_remove = bool(self.object.pk) and not self.object.lessons.exists()
        return super().get_context_data(can_remove=can_remove, **kwargs)


class PlanStepView(Stepping):
    """Issue the plan, or take it back to be changed."""

    procedure = PLAN
    queryset = TrainingPlan.objects.select_related("congress")
    forms_by_step = {"adopt": plain(planning.adopt), "reopen": plain(planning.reopen)}
    notes = {
        "adopt": gettext_lazy("印发以后仍可以按项目组织培训；要改项目，先点“修订计划”。改动都会写进经过。"),
        "reopen": gettext_lazy("修订期间计划显示为“拟订中”，改好后再印发一次。"),
    }


class HoldView(FormView):
    """Make a session of a line: an activity in preparation, with the line's deputies called."""

    form_class = HoldForm
    template_name = "deputies/training/hold.html"

    @cached_property
    def line(self):
        rows = PlanLine.objects.visible_to(self.request.user).select_related("plan__congress")
        line = get_object_or_404(rows, pk=self.kwargs["pk"])
        if not self.request.user.has_perm("training.keep", line):
            raise Http404
        return line

    def get_initial(self):
        today = timezone.localdate()
        month = self.line.month
        first = today.replace(year=self.line.plan.year, month=month, day=1)
        day = max(first, today + timedelta(days=7))
        starts = timezone.make_aware(datetime.combine(day, time(9)))
        length = timedelta(hours=min(float(self.line.hours), 8))
        return {
            "title": self.line.theme,
            "starts_at": starts,
            "ends_at": starts + length,
            "request_key": planning.key_of(self.line),
        }

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"congress": self.line.congress}

    def form_valid(self, form):
        doing = {"on": timezone.localdate(), "by": self.request.user}
        try:
            activity = planning.hold(self.line, **form.cleaned_data, **doing)
        except planning.AlreadyHeld as held:
            messages.info(self.request, " ".join(held.messages))
            return redirect(self.line.plan)
        except ValidationError as refused:
            add_errors(form, refused)
            return self.form_invalid(form)
        messages.success(self.request, _("已建立活动，名单已按计划对象邀请。请核对后发出通知。"))
        return redirect(activity)

    def get_context_data(self, **kwargs):
        people = self.line.seats().count()
        return super().get_context_data(line=self.line, people=people, back=self.line.plan.get_absolute_url(), **kwargs)


class LessonView(FormView):
    """Say of which kind an activity is as a training session."""

    form_class = LessonForm
    template_name = "deputies/training/lesson.html"

    @cached_property
    def activity(self):
        found = get_object_or_404(Activity.objects.visible_to(self.request.user), pk=self.kwargs["pk"])
        if not self.request.user.has_perm("training.keep", found):
            raise Http404
        return found

    @cached_property
    def lesson(self):
        return Lesson.objects.filter(activity=self.activity).first()

    def get_initial(self):
        lesson = self.lesson
        if lesson is None:
            return {}
        return {"kind": lesson.kind, "line": lesson.line_id, "study_hours": lesson.study_hours}

    def get_form_kwargs(self):
        year = timezone.localtime(self.activity.starts_at).year
        lines = PlanLine.objects.filter(plan__congress=self.activity.congress_id, plan__year=year)
        is_training = self.activity.kind in figures.TAUGHT
        return super().get_form_kwargs() | {"activity": self.activity, "lines": lines, "is_training": is_training}

    def form_valid(self, form):
        try:
            planning.note_lesson(self.activity, on=timezone.localdate(), by=self.request.user, **form.cleaned_data)
        except ValidationError as refused:
            add_errors(form, refused)
            return self.form_invalid(form)
        messages.success(self.request, _("已归类。"))
        return redirect(self.activity)

    def get_context_data(self, **kwargs):
        return super().get_context_data(activity=self.activity, is_new=self.lesson is None, **kwargs)
