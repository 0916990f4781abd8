"""Methods: from a sample to their adoption (考评办法)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View

from congress.procedure.views import StepView, add_errors
from deputies.assessments import actions
from deputies.assessments.forms import AdoptForm, MethodCreateForm, MethodForms, RetireForm
from deputies.assessments.models import Method
from deputies.assessments.views.choosing import OfAssessments
from deputies.assessments.workflow import METHOD


class MethodList(OfAssessments, TemplateView):
    template_name = "deputies/assessments/methods.html"

    def get_context_data(self, **kwargs):
        rows = Method.objects.visible_to(self.request.user).filter(congress=self.congress)
        return super().get_context_data(methods=list(rows.prefetch_related("stages", "dimensions")), **kwargs)


class MethodCreateView(OfAssessments, FormView):
    form_class = MethodCreateForm
    template_name = "deputies/assessments/method_create.html"

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm("assessments.keep", self.congress):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        try:
            method = actions.create_method(
                congress=self.congress, on=timezone.localdate(), by=self.request.user, **form.cleaned_data
            )
        except ValidationError as error:
            add_errors(form, error)
            return self.form_invalid(form)
        messages.success(self.request, _("已起草，请核对标准分和各方比重后施行。"))
        return redirect(method)


class OfMethod:
    """A page of one method; `drafts` those that only the office opens, and only while it is a draft."""

    drafts = True

    @cached_property
    def method(self):
        rows = Method.objects.visible_to(self.request.user).select_related("congress")
        found = get_object_or_404(rows, pk=self.kwargs["pk"])
        if self.drafts and not (found.is_draft and self.request.user.has_perm("assessments.keep", found)):
            raise Http404
        return found

    def get_context_data(self, **kwargs):
        return super().get_context_data(method=self.method, congress=self.method.congress, **kwargs)


class MethodView(OfMethod, TemplateView):
    template_name = "deputies/assessments/method.html"
    drafts = False

    def get_context_data(self, **kwargs):
        user, method = self.request.user, self.method
        versions = list(Method.objects.visible_to(user).filter(congress=method.congress_id, name=method.name))
        may_keep = user.has_perm("assessments.keep", method)
        return super().get_context_data(
            dimensions=list(method.dimensions.all()),
            stages=list(method.stages.all()),
            versions=versions,
            may_keep=may_keep,
            may_draft=may_keep and not any(each.is_draft for each in versions) and method == versions[0],
            steps=METHOD.open_steps(method, user),
            **kwargs,
        )


class MethodWriteView(OfMethod, TemplateView):
    template_name = "deputies/assessments/method_form.html"

    def post(self, request, *args, **kwargs):
        parts = MethodForms(self.method, request.POST)
        if parts.is_valid():
            try:
                return redirect(parts.carry_out(self.method, by=request.user))
            except ValidationError as error:
                parts.form.add_error(None, error)
        return self.render_to_response(self.get_context_data(parts=parts))

    def get_context_data(self, **kwargs):
        kwargs.setdefault("parts", MethodForms(self.method))
        return super().get_context_data(**kwargs)


class DraftView(OfMethod, View):
    """Begin the next version."""

    http_method_names = ["post"]
    drafts = False

    def post(self, request, pk):
        if not request.user.has_perm("assessments.keep", self.method):
            raise Http404
        try:
            return redirect(actions.draft(self.method, on=timezone.localdate(), by=request.user))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(self.method)


class DropView(OfMethod, View):
    http_method_names = ["post"]

    def post(self, request, pk):
        actions.drop(self.method, on=timezone.localdate(), by=request.user)
        messages.success(request, _("草稿已删除。"))
        return redirect("assessments:methods")


class MethodStepView(StepView):
    procedure = METHOD
    queryset = Method.objects.select_related("congress")
    forms_by_step = {"adopt": AdoptForm, "retire": RetireForm}
