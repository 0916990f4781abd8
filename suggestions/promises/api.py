"""The ledger over REST, as far as the reader sees it (承诺台账)."""

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, serializers

from congress.kit.api import Rows
from congress.procedure.api import SentenceShape
from congress.procedure.telling import history
from suggestions.promises.figures import VIEWS
from suggestions.promises.filters import Asked
from suggestions.promises.models import Promise


class PromiseRow(serializers.Serializer):
    """One promise: what, by whom, by when, and how it stands."""

    id = serializers.IntegerField(source="pk")
    version = serializers.IntegerField()
    suggestion = serializers.IntegerField(source="suggestion_id")
    suggestion_title = serializers.CharField(source="suggestion.title")
    unit = serializers.CharField(help_text="承诺单位")
    what = serializers.CharField()
    responsible = serializers.CharField()
    made_on = serializers.DateField()
    first_due_on = serializers.DateField(help_text="答复里最初承诺的日期")
    due_on = serializers.DateField(help_text="现定日期")
    done_on = serializers.DateField(allow_null=True)
    state = serializers.ChoiceField(Promise.State.choices)
    state_label = serializers.CharField(source="get_state_display")
    is_overdue = serializers.SerializerMethodField()

    def get_is_overdue(self, promise) -> bool:
        return promise.is_overdue(timezone.localdate())


class PromiseShape(PromiseRow):
    """With what happened."""

    timeline = SentenceShape(many=True)


VIEW = OpenApiParameter("view", str, enum=list(VIEWS), default="standing", description="与页面上的视图相同")


@extend_schema_view(
    list=extend_schema(summary="我看得到的承诺，期限近的在前", parameters=[VIEW]),
    retrieve=extend_schema(summary="一条承诺"),
)
class PromiseApi(mixins.ListModelMixin, mixins.RetrieveModelMixin, Rows):
    """Promises as far as the reader sees them."""

    queryset = Promise.objects.select_related("organ", "suggestion")

    def get_serializer_class(self):
        return PromiseRow if self.action == "list" else PromiseShape

    def get_queryset(self):
        rows = self.queryset.visible_to(self.request.user)
        if self.action != "list":
            return rows
        return Asked.of(self.request.query_params).in_view(rows, on=timezone.localdate())

    def get_object(self):
        promise = super().get_object()
        promise.timeline = history(promise)
        return promise
