"""The invitations to second a suggestion: reading the text, confirming, declining (附议)."""

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins
from rest_framework.decorators import action
from rest_framework.response import Response

from congress.kit.api import Rows
from deputies.roll.seats import active_seats_of
from suggestions.docket import actions
from suggestions.docket.api import shapes
from suggestions.docket.models import Cosigner, Suggestion

SHOW = OpenApiParameter("show", str, enum=["open", "all"], default="open", description="open：等我答复的")


@extend_schema_view(
    list=extend_schema(summary="请我附议的建议", parameters=[SHOW], responses=shapes.InvitationRow(many=True)),
    retrieve=extend_schema(summary="请我附议的一件，连同全文"),
)
class InvitationApi(mixins.ListModelMixin, mixins.RetrieveModelMixin, Rows):
    """What others ask me to second."""

    queryset = Cosigner.objects.none()
    serializer_class = shapes.InvitationShape

    def get_queryset(self):
        user = self.request.user
        rows = Cosigner.objects.filter(
            mandate__in=active_seats_of(user), suggestion__in=Suggestion.objects.visible_to(user)
        ).select_related("suggestion__lead__deputy", "mandate__deputy")
        if self.action == "list" and self.request.query_params.get("show") != "all":
            rows = rows.filter(state=Cosigner.State.INVITED, suggestion__state__in=actions.WRITABLE)
        return rows.order_by("-id")

    def get_serializer_class(self):
        return shapes.InvitationRow if self.action == "list" else shapes.InvitationShape

    def get_object(self):
        cosigner = super().get_object()
        cosigner.is_open = cosigner.suggestion.state in actions.WRITABLE
        return cosigner

    @extend_schema(summary="确认附议", request=shapes.Signature, responses=shapes.InvitationShape)
    @action(detail=True, methods=["post"])
    def confirm(self, request, pk):
        shape = shapes.Signature(data=request.data)
        shape.is_valid(raise_exception=True)
        return self.answered(confirms=True, read_hash=shape.validated_data["text_hash"])

    @extend_schema(summary="谢绝附议", request=None, responses=shapes.InvitationShape)
    @action(detail=True, methods=["post"])
    def decline(self, request, pk):
        return self.answered(confirms=False)

    def answered(self, **answer):
        cosigner = self.get_object()
        actions.answer_invitation(
            cosigner.suggestion,
            mandate=cosigner.mandate,
            on=timezone.localdate(),
            by=self.request.user,
            **answer,
        )
        return Response(self.get_serializer(self.get_object()).data)
