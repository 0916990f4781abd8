"""Rating: many deputies in one list for whoever rates his people, or one sheet at a time (评定)."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView

from congress.kit.numbers import row_numbers
from congress.kit.paging import page_of
from congress.organs.hats import hats_of
from congress.procedure.journal import AlreadyRecorded
from congress.procedure.views import add_errors
from congress.procedure.workflow import StepNotOpen
from deputies.assessments import actions
from deputies.assessments.forms import GiveForm
from deputies.assessments.models import Marking, Stage
from deputies.assessments.reading import Reading
from deputies.assessments.views.choosing import OfAssessment
from deputies.roll.models import Delegation, Deputy
from deputies.roll.seats import seats_of

PER_PAGE = 30
TABS = {"waiting": gettext_lazy("待评"), "given": gettext_lazy("已评"), "all": gettext_lazy("全部")}


class RateView(OfAssessment, TemplateView):
    """The list of one rater: a row a deputy, a field a dimension; what was written is saved row by row."""

    template_name = "deputies/assessments/rate.html"

    @cached_property
    def stage(self):
        stages = Stage.objects.select_related("method").prefetch_related("method__dimensions")
        return get_object_or_404(stages, pk=self.kwargs["stage_pk"], method=self.assessment.method)

    @cached_property
    def dimensions(self):
        return list(self.stage.method.dimensions.all())

    def base(self):
        mine = Marking.objects.givable_by(self.request.user)
        return mine.filter(stage=self.stage, sheet__assessment=self.assessment)

    def dispatch(self, request, *args, **kwargs):
        if not self.assessment.is_open:
            return redirect(self.assessment)
        if not self.base().exists():
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def tab(self):
        return self.request.GET.get("tab") if self.request.GET.get("tab") in TABS else "waiting"

    def tabbed(self, tab):
        return {"waiting": self.base().waiting().ready, "given": self.base().given, "all": self.base().all}[tab]()

    def loaded(self, rows):
        rows = rows.select_related("sheet__assessment", "sheet__mandate__deputy", "sheet__mandate__delegation")
        rows = rows.defer(*Deputy.personal("sheet__mandate__deputy"))
        rows = rows.prefetch_related("marks", "sheet__markings__stage", "sheet__markings__marks")
        return rows.order_by("sheet__mandate__delegation__position", "sheet__mandate__deputy__strokes", "pk")

    def forms_of(self, markings, data=None):
        reading, forms = Reading(self.request.user), []
        for marking in markings:
            marking.stage = self.stage  # with its dimensions, read once
            form = GiveForm(data, marking=marking, dimensions=self.dimensions, prefix=f"m{marking.pk}")
            form.before = self.before(reading, marking)
            form.cells = form.with_hints(form.before)
            forms.append(form)
        return forms

    def before(self, reading, marking):
        """What the rater before him gave, as far as he may read it."""
        shown = [
            each
            for each in reading.markings(marking.sheet)
            if each.is_given and each.stage.position < self.stage.position
        ]
        return shown[-1] if shown else None

    def post(self, request, *args, **kwargs):
        asked = row_numbers(request.POST.getlist("row"))
        forms = self.forms_of(self.loaded(self.base().filter(pk__in=asked)), request.POST)
        saved, wrong = self.save([form for form in forms if form.is_touched()])
        if saved:
            messages.success(request, _("已保存 %s 名。") % saved)
        if wrong:
            messages.error(request, _("有 %s 名没有保存，请看标红的地方。") % len(wrong))
            return self.render_to_response(self.get_context_data(forms=wrong, is_rest=True))
        if not saved:
            messages.info(request, _("没有新写的分数。"))
        return redirect(request.get_full_path())

    def save(self, forms):
        """(how many were saved, those with something wrong): each row is a step of its own."""
        on, by = timezone.localdate(), self.request.user
        whole = [form for form in forms if form.is_valid() and self.is_whole(form, on=on, by=by)]
        taken = actions.give_many([(form.marking, form.given()) for form in whole], on=on, by=by)
        versions = dict(self.base().values_list("pk", "version"))
        for form in whole:
            if form.marking.pk not in taken:
                form.add_error(None, _("刚才有人评过，请核对后再存。"))
                form.data = form.data.copy()
                form.data[form.add_prefix("version")] = versions.get(form.marking.pk)
        return len(taken), [form for form in forms if form.marking.pk not in taken]

    @staticmethod
    def is_whole(form, *, on, by):
        try:
            actions.checked(form.marking, form.given(), on=on, by=by)
        except ValidationError as error:
            add_errors(form, error)
            return False
        return True

    def get_context_data(self, forms=None, is_rest=False, **kwargs):
        query = self.request.GET
        rows = self.tabbed(self.tab)
        if delegation := row_numbers([query.get("delegation", "")]):
            rows = rows.filter(sheet__mandate__delegation=delegation[0])
        page = page_of(self.loaded(rows), query.get("page"), per_page=PER_PAGE)
        forms = self.forms_of(page.object_list) if forms is None else forms
        is_own = Marking.objects.due_from(self.request.user).filter(stage=self.stage, sheet__assessment=self.assessment)
        return super().get_context_data(
            stage=self.stage,
            dimensions=self.dimensions,
            page_obj=page,
            forms=forms,
            is_rest=is_rest,
            tab=self.tab,
            tabs=[(code, label, self.tabbed(code).count()) for code, label in TABS.items()],
            before_label=next((form.before.stage.label for form in forms if form.before), ""),
            is_on_paper=not is_own.exists(),
            full_marks=self.assessment.method.full_marks,
            delegations=Delegation.objects.filter(
                mandates__rating_sheets__markings__in=self.base().order_by().values("pk")
            ).distinct(),
            asked={"delegation": query.get("delegation", "")},
            is_phone=not hats_of(self.request.user).watches and bool(seats_of(self.request.user)),
            **kwargs,
        )


class GiveView(FormView):
    """One sheet at a time: the deputy on his phone, or whoever wants the whole page for one."""

    form_class = GiveForm
    template_name = "deputies/assessments/give.html"

    @cached_property
    def marking(self):
        rows = Marking.objects.givable_by(self.request.user)
        related = ("sheet__assessment__congress", "sheet__mandate__deputy", "stage__method")
        return get_object_or_404(rows.select_related(*related), pk=self.kwargs["pk"])

    @cached_property
    def is_own(self):
        return self.marking.stage.rater == Stage.Rater.DEPUTY and self.marking.sheet.mandate_id in seats_of(
            self.request.user
        )

    def get_form_kwargs(self):
        dimensions = list(self.marking.stage.method.dimensions.all())
        return super().get_form_kwargs() | {"marking": self.marking, "dimensions": dimensions}

    def form_valid(self, form):
        key = self.request.POST.get("request_key", "")[:64]
        try:
            form.carry_out(on=timezone.localdate(), by=self.request.user, request_key=key)
        except ValidationError as error:
            add_errors(form, error)
            return self.form_invalid(form)
        except (AlreadyRecorded, StepNotOpen):
            messages.info(self.request, _("已经评过，下面是现在的结果。"))
            return redirect(self.marking.sheet)
        messages.success(self.request, _("已保存。评定结束以前都可以改。"))
        return redirect("assessments:mine" if self.is_own else self.marking.sheet)

    def get_context_data(self, **kwargs):
        marking = self.marking
        return super().get_context_data(
            marking=marking,
            sheet=marking.sheet,
            assessment=marking.sheet.assessment,
            is_own=self.is_own,
            full_marks=marking.stage.method.full_marks,
            request_key=self.request.POST.get("request_key") or uuid.uuid4().hex,
            **kwargs,
        )
