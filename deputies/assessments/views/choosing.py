"""Which congress an address speaks of, and which assessment (选择)."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property

from deputies.assessments.models import Assessment
from deputies.assessments.rules import read_by


class OfCongress:
    """A page of a congress whose assessments the reader reads."""

    @cached_property
    def congresses(self):
        found = list(read_by(self.request.user))
        if not found:
            raise Http404
        return found

    @cached_property
    def congress(self):
        code = self.request.GET.get("congress") or self.request.POST.get("congress")
        found = [each for each in self.congresses if each.code == code] if code else self.congresses[:1]
        if not found:
            raise Http404
        return found[0]

    @cached_property
    def today(self):
        return timezone.localdate()

    def get_context_data(self, **kwargs):
        may_keep = self.request.user.has_perm("assessments.keep", self.congress)
        return super().get_context_data(
            congress=self.congress, congresses=self.congresses, may_keep=may_keep, today=self.today, **kwargs
        )


class OfAssessment:
    """A page of one assessment of which the reader may read some sheet."""

    @cached_property
    def assessment(self):
        rows = Assessment.objects.visible_to(self.request.user).select_related("congress", "method")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @cached_property
    def stages(self):
        return list(self.assessment.method.stages.all())

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            assessment=self.assessment,
            stages=self.stages,
            may_keep=self.request.user.has_perm("assessments.keep", self.assessment),
            **kwargs,
        )
