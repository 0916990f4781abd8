"""Rating a reply, reading what was rated as far as the seal allows, and judging (评价)."""

import uuid

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import exceptions, mixins, serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from congress.kit.api import RowNumber, Rows
from congress.procedure.api import IDEMPOTENCY, REQUEST_KEY, StepsMixin, checked, with_steps
from congress.procedure.journal import AlreadyRecorded
from congress.procedure.jsonforms import from_json
from deputies.roll.seats import seats_of
from suggestions.appraisals.forms import OrderForm, RatingForm, UpholdForm
from suggestions.appraisals.models import Grade, Judgement, Rating, Slip, Survey
from suggestions.appraisals.panels import latest_survey, may_read
from suggestions.appraisals.workflow import JUDGEMENT
from suggestions.docket.models import Answer, Suggestion


class SlipRow(serializers.Serializer):
    """One copy of a survey that I may fill in."""

    id = serializers.IntegerField(source="pk")
    suggestion = serializers.IntegerField(source="survey.round.suggestion_id")
    number = serializers.CharField(source="survey.round.suggestion.printed_number")
    title = serializers.CharField(source="survey.round.suggestion.title")
    round_number = serializers.IntegerField(source="survey.round.number")
    deputy = serializers.CharField(source="mandate.deputy.name")
    counts = serializers.BooleanField(help_text="计入满意率的一份；其余的供参考")
    state = serializers.ChoiceField(Survey.State.choices, source="survey.state")
    state_label = serializers.CharField(source="survey.get_state_display")
    closes_on = serializers.DateField(source="survey.closes_on")
    answered_on = serializers.DateField(allow_null=True)


class GivenRating(serializers.Serializer):
    """What was said."""

    attitude = serializers.ChoiceField(Grade.choices)
    result = serializers.ChoiceField(Grade.choices)
    contacted = serializers.ChoiceField(Rating.Contacted.choices)
    comment = serializers.CharField(allow_blank=True)
    rated_on = serializers.DateField()


class ReplyPart(serializers.Serializer):
    """What was answered to one ask."""

    ask = serializers.IntegerField(source="ask_id")
    ask_text = serializers.CharField(source="ask.text")
    unit = serializers.CharField(source="reply.assignment.full_unit")
    result_class = serializers.CharField()
    text = serializers.CharField()
    promise = serializers.CharField()
    promised_on = serializers.DateField(allow_null=True)


class SlipShape(SlipRow):
    """With what it is about, and what I said so far."""

    answers = ReplyPart(many=True)
    rating = GivenRating(source="current_rating", allow_null=True)
    missing = serializers.SerializerMethodField(help_text="没有办好的诉求")

    def get_missing(self, slip) -> list[int]:
        rating = slip.current_rating
        return list(rating.missing.values_list("pk", flat=True)) if rating else []


class RatingSent(serializers.Serializer):
    """The survey, judged by the form of its page."""

    attitude = serializers.ChoiceField(Grade.choices)
    result = serializers.ChoiceField(Grade.choices)
    contacted = serializers.ChoiceField(Rating.Contacted.choices)
    missing = serializers.ListField(child=RowNumber(), required=False, help_text="不满意时：哪一条没有办好")
    comment = serializers.CharField(required=False, allow_blank=True, max_length=1000)
    rated_on = serializers.DateField(required=False, help_text="代表工作机构照纸质意见表录入时：表上的日期")
    reason = serializers.CharField(required=False, max_length=200, help_text="评价期过后补录时：补录说明")


SHOW = OpenApiParameter("show", str, enum=["open", "all"], default="open", description="open：等着评价的")
ROWS = Slip.objects.select_related("survey__round__suggestion", "mandate__deputy__user")


@extend_schema_view(
    list=extend_schema(summary="请我评价的答复", parameters=[SHOW]),
    retrieve=extend_schema(summary="一份征询意见表，连同答复"),
)
class SlipApi(mixins.ListModelMixin, mixins.RetrieveModelMixin, Rows):
    """A deputy's own slips; those of its congress for the office, which records one from paper."""

    queryset = Slip.objects.none()
    serializer_class = SlipShape

    def get_serializer_class(self):
        return SlipRow if self.action == "list" else SlipShape

    def get_queryset(self):
        rows = ROWS.visible_to(self.request.user).order_by("-id")
        if self.action == "list" and self.request.query_params.get("show") != "all":
            rows = rows.unanswered()
        return rows

    def get_object(self):
        slip = super().get_object()
        answers = Answer.objects.sent().filter(reply__assignment__round=slip.survey.round)
        slip.answers = answers.select_related("reply__assignment__organ", "ask").order_by("ask__number", "id")
        return slip

    @extend_schema(summary="评价，或者在评价期内修改", request=RatingSent, parameters=[IDEMPOTENCY])
    @action(detail=True, methods=["post"])
    def rate(self, request, pk):
        slip = self.get_object()
        shape = RatingSent(data=request.data)
        shape.is_valid(raise_exception=True)
        sent = from_json(shape.validated_data)
        sent.setdefault("request_key", request.META.get(REQUEST_KEY) or uuid.uuid4().hex)
        on_paper = slip.mandate_id not in seats_of(request.user)
        form = checked(RatingForm(data=sent, slip=slip, on_paper=on_paper))
        try:
            form.carry_out(
                on=timezone.localdate(),
                by=request.user,
                on_behalf_of=slip.mandate.deputy.user if on_paper else None,
            )
        except AlreadyRecorded:  # the same request again: what it did stands
            return Response(self.get_serializer(self.get_object()).data)
        return Response(self.get_serializer(self.get_object()).data)


class AskGrade(serializers.Serializer):
    ask = serializers.IntegerField()
    grade = serializers.ChoiceField(Grade.choices, allow_null=True)
    is_missing = serializers.BooleanField()


class AppraisalShape(serializers.Serializer):
    """The rating of the present round as this reader may read it."""

    state = serializers.ChoiceField(Survey.State.choices)
    state_label = serializers.CharField()
    closes_on = serializers.DateField()
    is_sealed = serializers.BooleanField(help_text="评价期内对您密封")
    rating = GivenRating(allow_null=True)
    asks = AskGrade(many=True)


class AppraisalApi(Rows):
    """How a case was rated; a handling department reads nothing of it before the seal is gone."""

    queryset = Suggestion.objects.none()
    serializer_class = AppraisalShape

    def get_queryset(self):
        return Suggestion.objects.visible_to(self.request.user)

    @extend_schema(summary="一件建议（编号是建议的）的评价")
    def retrieve(self, request, pk):
        case = self.get_object()
        survey = latest_survey(case) if case.round_number else None
        if survey is None:
            raise exceptions.NotFound
        shown = may_read(survey, request.user)
        told = survey.told.items() if shown else ()
        appraisal = {
            "state": survey.state,
            "state_label": survey.get_state_display(),
            "closes_on": survey.closes_on,
            "is_sealed": not shown,
            "rating": survey.rating if shown else None,
            "asks": [{"ask": ask, "grade": grade, "is_missing": is_missing} for ask, (grade, is_missing) in told],
        }
        return Response(AppraisalShape(appraisal).data)


class JudgementRow(serializers.Serializer):
    """A dissatisfied rating that the office has to judge."""

    id = serializers.IntegerField(source="pk")
    version = serializers.IntegerField()
    suggestion = serializers.IntegerField(source="survey.round.suggestion_id")
    number = serializers.CharField(source="survey.round.suggestion.printed_number")
    title = serializers.CharField(source="survey.round.suggestion.title")
    state = serializers.ChoiceField(Judgement.State.choices)
    state_label = serializers.CharField(source="get_state_display")
    opened_on = serializers.DateField()


@with_steps
@extend_schema_view(
    list=extend_schema(summary="待研判的不满意评价"),
    retrieve=extend_schema(summary="一件研判"),
)
class JudgementApi(StepsMixin, mixins.ListModelMixin, mixins.RetrieveModelMixin, Rows):
    """What the office decides on a dissatisfied rating."""

    queryset = Judgement.objects.select_related("survey__round__suggestion__congress")
    serializer_class = JudgementRow
    procedure = JUDGEMENT
    forms_by_step = {"order": OrderForm, "uphold": UpholdForm}

    def get_queryset(self):
        rows = self.queryset.visible_to(self.request.user).order_by("-id")
        return rows.pending() if self.action == "list" else rows
