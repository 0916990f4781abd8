"""What residents say, over REST for those who work on it: a deputy's notebook, an opinion, its steps (民情)."""

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import exceptions, mixins, serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from congress.kit.api import Rows
from congress.kit.parsers import PlainJSONParser
from congress.procedure import once
from congress.procedure.api import IDEMPOTENCY, REQUEST_KEY, SentenceShape, StepsMixin, checked, with_steps
from congress.procedure.jsonforms import from_json
from deputies.roll.models import Mandate
from deputies.roll.seats import active_seats_of, seats_of
from liaison.opinions import forms
from liaison.opinions.identity import history_told, with_suggestion_told
from liaison.opinions.models import Opinion
from liaison.opinions.workflow import OPINION


class OpinionRow(serializers.Serializer):
    """One opinion; who said it is told only by the page, which puts down who looked."""

    id = serializers.IntegerField(source="pk")
    version = serializers.IntegerField()
    channel = serializers.ChoiceField(Opinion.Channel.choices)
    channel_label = serializers.CharField(source="get_channel_display")
    note = serializers.CharField()
    text = serializers.CharField()
    place = serializers.CharField()
    station = serializers.CharField(source="station.name", default="")
    unit = serializers.CharField(source="organ.name", default="", help_text="办理单位")
    heard_on = serializers.DateField()
    due_on = serializers.DateField(allow_null=True)
    state = serializers.ChoiceField(Opinion.State.choices)
    state_label = serializers.CharField(source="get_state_display")
    suggestion = serializers.IntegerField(source="suggestion_told", allow_null=True, default=None)


class OpinionShape(OpinionRow):
    """With what was answered, and what happened."""

    topic = serializers.CharField()
    tier = serializers.CharField()
    answer = serializers.CharField()
    answered_on = serializers.DateField(allow_null=True)
    grade = serializers.CharField()
    timeline = SentenceShape(many=True)


class NoteSent(serializers.Serializer):
    """A note of the deputy's notebook, judged by the form of its page."""

    note = serializers.ChoiceField(Opinion.Note.choices, default=Opinion.Note.PEOPLE)
    text = serializers.CharField(max_length=forms.LONGEST)
    place = serializers.CharField(max_length=100, allow_blank=True, default="")


SHOW = OpenApiParameter(
    "show", str, enum=["told", "noted", "all"], default="all", description="told：群众向我反映的；noted：我记下的"
)


@with_steps
@extend_schema_view(
    list=extend_schema(summary="我看得到的民情，新的在前", parameters=[SHOW]),
    retrieve=extend_schema(summary="一件民情"),
)
class OpinionApi(StepsMixin, mixins.ListModelMixin, mixins.RetrieveModelMixin, Rows):
    """Opinions as far as the reader sees them."""

    queryset = Opinion.objects.select_related("station", "organ", "congress")
    serializer_class = OpinionShape
    parser_classes = [PlainJSONParser, MultiPartParser]
    procedure = OPINION
    forms_by_step = {
        "answer_at_once": forms.OnSpotForm,
        "escalate": forms.EscalateForm,
        "route": forms.RouteForm,
        "send_back": forms.SendBackForm,
        "answer": forms.AnswerForm,
        "guide": forms.GuideForm,
        "tell": forms.TellForm,
    }

    def get_serializer_class(self):
        return OpinionRow if self.action == "list" else OpinionShape

    def get_queryset(self):
        user = self.request.user
        rows = self.queryset.visible_to(user).defer("name", "phone").order_by("-heard_on", "-pk")
        rows = with_suggestion_told(rows, reader=user)
        if self.action != "list":
            return rows
        whose = {"told": "addressed_to__in", "noted": "noted_by__in"}.get(self.request.query_params.get("show"))
        return rows.filter(**{whose: seats_of(user)}) if whose else rows

    def get_object(self):
        opinion = super().get_object()
        if self.action == "retrieve":
            opinion.timeline = history_told(opinion, reader=self.request.user)
        return opinion

    @extend_schema(summary="代表随手记", request=NoteSent, responses={201: OpinionShape}, parameters=[IDEMPOTENCY])
    def create(self, request):
        seats = Mandate.objects.filter(pk__in=active_seats_of(request.user))
        mandate = seats.order_by("-term__starts_on", "pk").first()
        if mandate is None:
            raise exceptions.NotFound
        key = request.META.get(REQUEST_KEY, "")
        with once.making("opinion", key, by=request.user) as sent:
            noted = self.get_queryset().filter(pk=sent.made).first()
            if noted is None:
                shape = NoteSent(data=request.data)
                shape.is_valid(raise_exception=True)
                form = checked(forms.NoteForm(from_json(shape.validated_data), request.FILES))
                noted = form.carry_out(mandate, on=timezone.localdate(), by=request.user)
                sent.made = noted.pk
        noted.timeline = history_told(noted, reader=request.user)
        return Response(OpinionShape(noted).data, status=status.HTTP_201_CREATED)
