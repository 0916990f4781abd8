"""The inbox over REST: what lies there, and reading it (消息)."""

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from congress.kit.api import Rows
from congress.notices import actions
from congress.notices.models import Notice


class NoticeRow(serializers.ModelSerializer):
    class Meta:
        model = Notice
        fields = ("id", "verb", "title", "body", "url", "is_urgent", "created_at", "read_at")


class ReadCount(serializers.Serializer):
    read = serializers.IntegerField(help_text="这次标为已读的条数")


SHOW = OpenApiParameter("show", str, enum=["all", "unread", "urgent"], default="all")


@extend_schema_view(
    list=extend_schema(summary="我的消息，紧急未读在前", parameters=[SHOW]),
    retrieve=extend_schema(summary="一条消息（不会因此标为已读）"),
)
class NoticeApi(mixins.ListModelMixin, mixins.RetrieveModelMixin, Rows):
    """One's own notices; nobody reads another's."""

    serializer_class = NoticeRow
    queryset = Notice.objects.none()

    def get_queryset(self):
        own = Notice.objects.of(self.request.user)
        if self.action != "list":
            return own
        return own.shown(self.request.query_params.get("show", "all")).inbox_order()

    @extend_schema(summary="标为已读", request=None)
    @action(detail=True, methods=["post"])
    def read(self, request, pk):
        notice = self.get_object()
        actions.read(notice, at=timezone.now())
        notice.refresh_from_db()
        return Response(self.get_serializer(notice).data)

    @extend_schema(summary="全部标为已读", request=None, responses=ReadCount)
    @action(detail=False, methods=["post"], url_path="read-all")
    def read_all(self, request):
        return Response(ReadCount({"read": actions.read_all(request.user, at=timezone.now())}).data)
