"""The record of duties over REST: a deputy reads, confirms, objects to and puts down what he did (我的履职)."""

import uuid

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import exceptions, mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from congress.kit.api import RowNumber, Rows
from congress.kit.parsers import PlainJSONParser
from congress.procedure.api import IDEMPOTENCY, REQUEST_KEY, SentenceShape, StepsMixin, checked, with_steps
from congress.procedure.jsonforms import from_json
from congress.procedure.telling import history
from deputies.duties import actions
from deputies.duties.forms import ClaimForm, CorrectForm, ObjectForm, ResubmitForm, RetractForm, StrikeForm, UpholdForm
from deputies.duties.kinds import SELF_ENTERED, Kind
from deputies.duties.models import DutyRecord
from deputies.duties.workflow import DUTY
from deputies.roll.models import Mandate
from deputies.roll.seats import active_seats_of, seats_of


class DutyRow(serializers.Serializer):
    """One thing that a deputy did or was called to."""

    id = serializers.IntegerField(source="pk")
    version = serializers.IntegerField()
    mandate = serializers.IntegerField(source="mandate_id")
    deputy = serializers.CharField(source="mandate.deputy.name")
    kind = serializers.ChoiceField(Kind.choices)
    kind_label = serializers.CharField(source="get_kind_display")
    title = serializers.CharField()
    held_on = serializers.DateField()
    place = serializers.CharField()
    quantity = serializers.FloatField()
    hours = serializers.FloatField(allow_null=True)
    outcome = serializers.ChoiceField(DutyRecord.Outcome.choices)
    outcome_label = serializers.CharField(source="get_outcome_display")
    state = serializers.ChoiceField(DutyRecord.State.choices)
    state_label = serializers.CharField(source="get_state_display")
    confirm_by = serializers.DateField(allow_null=True, help_text="在这一天前核对，不提异议就按登记核定")


class DutyShape(DutyRow):
    """With what was said about it."""

    text = serializers.CharField()
    objection = serializers.CharField()
    finding = serializers.CharField()
    timeline = SentenceShape(many=True)


class Seen(serializers.Serializer):
    """A row as it was read: one that was changed since stays to be read."""

    id = RowNumber()
    version = serializers.IntegerField()


class ConfirmSent(serializers.Serializer):
    rows = Seen(many=True, allow_empty=False)


class Confirmed(serializers.Serializer):
    confirmed = serializers.IntegerField(help_text="少于发送的条数时，有的刚刚有了变化，请再看一遍")


class ClaimSent(serializers.Serializer):
    """What a deputy did himself, judged by the form of its page."""

    seat = RowNumber(required=False, help_text="代表资格，见 /me/；只有一个时不用填")
    kind = serializers.ChoiceField([(kind.value, kind.label) for kind in SELF_ENTERED])
    title = serializers.CharField(max_length=200)
    held_on = serializers.DateField(required=False, help_text="不填就是今天")
    place = serializers.CharField(max_length=100, allow_blank=True, default="")
    quantity = serializers.FloatField(default=1)
    hours = serializers.FloatField(required=False, allow_null=True)
    text = serializers.CharField(max_length=2000, allow_blank=True, default="")
    is_another = serializers.BooleanField(default=False, help_text="同一天同一事项的另一次")


SHOW = OpenApiParameter(
    "show", str, enum=["to_confirm", "own", "all"], default="own", description="to_confirm：等我核对的；all：我看得到的"
)


@with_steps
@extend_schema_view(
    list=extend_schema(summary="履职登记，新的在前", parameters=[SHOW]),
    retrieve=extend_schema(summary="一条履职登记"),
)
class DutyApi(StepsMixin, mixins.ListModelMixin, mixins.RetrieveModelMixin, Rows):
    """Duty records as far as the reader sees them."""

    queryset = DutyRecord.objects.select_related("mandate__deputy", "mandate__delegation", "congress")
    serializer_class = DutyShape
    parser_classes = [PlainJSONParser, MultiPartParser]
    procedure = DUTY
    forms_by_step = {
        "object": ObjectForm,
        "correct": CorrectForm,
        "uphold": UpholdForm,
        "strike": StrikeForm,
        "resubmit": ResubmitForm,
        "retract": RetractForm,
    }

    def get_serializer_class(self):
        return DutyRow if self.action == "list" else DutyShape

    def get_queryset(self):
        user = self.request.user
        rows = self.queryset.visible_to(user).order_by("-held_on", "-pk")
        show = self.request.query_params.get("show", "own")
        if self.action == "list" and show != "all":
            rows = rows.filter(mandate__in=seats_of(user))
        if self.action == "list" and show == "to_confirm":
            rows = rows.filter(state=DutyRecord.State.REGISTERED)
        return rows

    def get_object(self):
        record = super().get_object()
        if self.action == "retrieve":
            record.timeline = history(record)
        return record

    @extend_schema(summary="核对无误，可以一次多条", request=ConfirmSent, responses=Confirmed)
    @action(detail=False, methods=["post"])
    def confirm(self, request):
        if not active_seats_of(request.user):
            raise exceptions.NotFound
        sent = ConfirmSent(data=request.data)
        sent.is_valid(raise_exception=True)
        seen = {row["id"]: row["version"] for row in sent.validated_data["rows"]}
        count = actions.confirm(seen, on=timezone.localdate(), by=request.user)
        return Response(Confirmed({"confirmed": count}).data)

    @extend_schema(summary="登记本人履职", request=ClaimSent, responses={201: DutyShape}, parameters=[IDEMPOTENCY])
    def create(self, request):
        seats = Mandate.objects.filter(pk__in=active_seats_of(request.user)).select_related("congress")
        if not seats:
            raise exceptions.NotFound
        sent = ClaimSent(data=request.data)
        sent.is_valid(raise_exception=True)
        today = timezone.localdate()
        said = from_json(sent.validated_data)
        said.setdefault("held_on", f"{today}")
        said["key"] = (request.META.get(REQUEST_KEY) or uuid.uuid4().hex)[:64]
        form = checked(ClaimForm(said, request.FILES, seats=seats, today=today))
        record = form.carry_out(on=today, by=request.user)
        record.timeline = history(record)
        return Response(DutyShape(record).data, status=status.HTTP_201_CREATED)
