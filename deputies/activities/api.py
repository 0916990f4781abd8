"""Activities over REST: what I am called to, my word to it, signing in; and their steps for who runs them (活动)."""

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import exceptions, mixins, serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from congress.kit.api import Rows
from congress.procedure.api import StepsMixin, with_steps
from deputies.activities import actions
from deputies.activities.forms.steps import ACTIVITY_FORMS, INVITATION_FORMS
from deputies.activities.kinds import Kind
from deputies.activities.models import Activity, Attendance, Invitation
from deputies.activities.workflow import ACTIVITY, INVITATION
from deputies.roll.models import Mandate
from deputies.roll.seats import active_seats_of, seats_of


class ActivityRow(serializers.Serializer):
    """One activity."""

    id = serializers.IntegerField(source="pk")
    version = serializers.IntegerField()
    kind = serializers.ChoiceField(Kind.choices)
    kind_label = serializers.CharField(source="get_kind_display")
    title = serializers.CharField()
    theme = serializers.CharField()
    organ = serializers.CharField(source="organ.name")
    place = serializers.CharField()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    state = serializers.ChoiceField(Activity.State.choices)
    state_label = serializers.CharField(source="get_state_display")


class ActivityShape(ActivityRow):
    """With what a deputy has to know who goes there."""

    agenda = serializers.CharField()
    pre_study = serializers.CharField()
    minutes = serializers.CharField()
    checkin_opens_at = serializers.DateTimeField(allow_null=True)
    checkin_closes_at = serializers.DateTimeField(allow_null=True)


class CallRow(serializers.Serializer):
    """One call of a deputy to an activity."""

    id = serializers.IntegerField(source="pk")
    version = serializers.IntegerField()
    activity = ActivityRow()
    mandate = serializers.IntegerField(source="mandate_id")
    part = serializers.ChoiceField(Invitation.Part.choices)
    state = serializers.ChoiceField(Invitation.State.choices)
    state_label = serializers.CharField(source="get_state_display")
    reason = serializers.CharField(help_text="请假事由")
    answer = serializers.CharField(help_text="对请假的批复")


class ScreenCode(serializers.Serializer):
    """What the screen of the organiser shows, as it stands in the address of its QR code."""

    code = serializers.CharField(max_length=32)


class Mark(serializers.Serializer):
    """That he was there."""

    outcome = serializers.ChoiceField(Attendance.Outcome.choices)
    at = serializers.DateTimeField()
    is_new = serializers.BooleanField(help_text="false：此前已经签过到")


AHEAD = OpenApiParameter("show", str, enum=["ahead", "asked", "all"], default="ahead", description="asked：等我回复的")
CALLS = Invitation.objects.select_related("activity__congress", "activity__organ", "mandate__deputy")


@with_steps
@extend_schema_view(
    list=extend_schema(summary="请我参加的活动", parameters=[AHEAD]),
    retrieve=extend_schema(summary="一份活动邀请"),
)
class CallApi(StepsMixin, mixins.ListModelMixin, mixins.RetrieveModelMixin, Rows):
    """A deputy's calls, and his word to them; the organiser's to his leave."""

    queryset = CALLS
    serializer_class = CallRow
    procedure = INVITATION
    forms_by_step = INVITATION_FORMS

    def get_queryset(self):
        user = self.request.user
        if self.action != "list":
            return self.queryset.visible_to(user)
        own = self.queryset.filter(mandate__in=seats_of(user), activity__announced_on__isnull=False)
        show = self.request.query_params.get("show")
        if show != "all":
            own = own.filter(activity__in=Activity.objects.ahead(at=timezone.now()))
        if show == "asked":
            own = own.filter(state=Invitation.State.ASKED)
        return own.order_by("activity__starts_at", "pk")


@with_steps
@extend_schema_view(
    list=extend_schema(summary="我看得到的活动，新的在前"),
    retrieve=extend_schema(summary="一次活动"),
)
class ActivityApi(StepsMixin, mixins.ListModelMixin, mixins.RetrieveModelMixin, Rows):
    """Activities as far as the reader sees them, their steps, and signing in."""

    queryset = Activity.objects.select_related("congress", "organ", "guide")
    serializer_class = ActivityShape
    procedure = ACTIVITY
    forms_by_step = ACTIVITY_FORMS

    def get_serializer_class(self):
        return ActivityRow if self.action == "list" else ActivityShape

    def get_queryset(self):
        return self.queryset.visible_to(self.request.user).order_by("-starts_at", "-pk")

    def form_kwargs(self, step, case):
        """A deputy raises an opinion as his own; who runs the activity says whose it is."""
        if step.name != "raise":
            return {}
        seats = Mandate.objects.filter(invitations__activity=case).select_related("deputy")
        own = seats.filter(pk__in=active_seats_of(self.request.user)).first()
        runs_it = self.request.user.has_perm("activities.organise", case)
        return {"seats": seats, "own": None if runs_it else own}

    @extend_schema(summary="扫码签到", request=ScreenCode, responses=Mark)
    @action(detail=True, methods=["post"], url_path="check-in")
    def check_in(self, request, pk):
        activity = self.get_object()
        seat = Mandate.objects.filter(pk__in=active_seats_of(request.user), invitations__activity=activity).first()
        if seat is None:
            raise exceptions.NotFound
        shape = ScreenCode(data=request.data)
        shape.is_valid(raise_exception=True)
        now = timezone.now()
        attendance, is_new = actions.check_in(
            activity, mandate=seat, code=shape.validated_data["code"], scanned_at=now, at=now, by=request.user
        )
        return Response(Mark({"outcome": attendance.outcome, "at": attendance.at, "is_new": is_new}).data)
