"""Which congress an address speaks of, and which assessment (选择)."""

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from congress.organs.views import OfCongress
from deputies.assessments.models import Assessment
from deputies.assessments.rules import read_by


class OfAssessments(OfCongress):
    """A page of a congress whose assessments the reader reads."""

    congresses_of = staticmethod(read_by)

    def get_context_data(self, **kwargs):
        may_keep = self.request.user.has_perm("assessments.keep", self.congress)
        return super().get_context_data(may_keep=may_keep, today=self.today, **kwargs)


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
