"""A resident speaks by mini-program and follows what he said by his code, without an account (我要反映、查办理)."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, serializers, status
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from congress.accounts.authentication import Stranger
from congress.kit.parsers import PlainJSONParser
from congress.portal import questions, throttling
from congress.portal.forms import CodeForm, GradeForm, SayForm
from congress.portal.hearing import hear_once
from congress.portal.masking import masked
from congress.portal.models import Profile
from congress.procedure.api import IDEMPOTENCY, REQUEST_KEY, SentenceShape, checked
from congress.procedure.jsonforms import from_json
from liaison.opinions import actions
from liaison.opinions.models import Opinion
from liaison.stations.models import LiaisonStation


class SaidShape(serializers.Serializer):
    """What a resident says, judged by the form of the page behind the QR code."""

    station = serializers.SlugField(required=False, help_text="站码；与代表码二选一")
    deputy = serializers.SlugField(required=False, help_text="代表码")
    text = serializers.CharField(max_length=1000)
    place = serializers.CharField(max_length=100, allow_blank=True, default="")
    name = serializers.CharField(max_length=60, allow_blank=True, default="")
    phone = serializers.CharField(max_length=20, allow_blank=True, default="")
    consents = serializers.BooleanField(help_text="已看过告知事项并同意，必须为 true")

    def validate(self, sent):
        if bool(sent.get("station")) == bool(sent.get("deputy")):
            raise serializers.ValidationError("站码、代表码请填一个。", code="one_of_both")
        return sent


class Told(serializers.Serializer):
    """The query code, told this once."""

    code = serializers.CharField(help_text="查询码，只给这一次")


class AlreadyHeard(exceptions.APIException):
    """The same request came long ago; its code was told then and is not kept."""

    status_code, default_code = status.HTTP_409_CONFLICT, "already_heard"
    default_detail = _("这件以前已经收到，请用当时给的查询码查办理。")


class CodeSent(serializers.Serializer):
    code = serializers.CharField(max_length=20)


class GradeSent(CodeSent):
    grade = serializers.ChoiceField(Opinion.Grade.choices)
    words = serializers.CharField(max_length=300, allow_blank=True, default="")


class AnswerTold(serializers.Serializer):
    """What a department answered to one ask of the suggestion that it became."""

    unit = serializers.CharField(source="reply.assignment.full_unit")
    ask = serializers.SerializerMethodField(help_text="建议原文没有公开的，只写第几条")
    text = serializers.CharField()
    reason = serializers.CharField()
    promise = serializers.CharField()
    promised_on = serializers.DateField(allow_null=True)
    promise_state = serializers.CharField(source="standing.state", default="", help_text="没有承诺的为空")
    promise_state_label = serializers.CharField(source="standing.get_state_display", default="")
    promise_due_on = serializers.DateField(source="standing.due_on", default=None, allow_null=True)
    promise_kept_on = serializers.DateField(source="kept_on", default=None, allow_null=True)

    def get_ask(self, answer) -> str:
        return masked(answer.ask.text) if self.context["is_public"] else _("第 %s 条") % answer.ask.number


class SuggestionTold(serializers.Serializer):
    """The suggestion that it became: its title and state, never the deputy's name."""

    title = serializers.SerializerMethodField()
    state_label = serializers.CharField(source="get_state_display")

    def get_title(self, suggestion) -> str:
        return masked(suggestion.title)


class ChainShape(serializers.Serializer):
    """Where it stands: opinion, suggestion, reply, promise."""

    state = serializers.ChoiceField(Opinion.State.choices, source="opinion.state")
    state_label = serializers.CharField(source="opinion.get_state_display")
    text = serializers.CharField(source="opinion.text")
    answer = serializers.SerializerMethodField()
    answered_on = serializers.DateField(source="opinion.answered_on", allow_null=True)
    next_on = serializers.DateField(source="next.due_on", default=None, allow_null=True, help_text="这一天前应有下一步")
    timeline = SentenceShape(source="history", many=True)
    is_drafted = serializers.BooleanField(help_text="代表正在写成建议")
    suggestion = SuggestionTold(allow_null=True)
    answers = AnswerTold(many=True)
    is_withheld = serializers.BooleanField(help_text="有答复内容不公开，请到联络站当面了解")
    may_rate = serializers.BooleanField()
    may_withdraw = serializers.BooleanField()
    grade = serializers.CharField(source="opinion.grade")

    def get_answer(self, chain) -> str:
        opinion = chain["opinion"]
        return opinion.answer if opinion.answered_on else ""


class ResidentApi(GenericViewSet):
    """For whoever scans the code of a station or a deputy; nobody is known, so all is throttled."""

    authentication_classes = [Stranger]
    permission_classes = [AllowAny]
    throttle_scope = "resident"
    serializer_class = ChainShape

    @extend_schema(
        summary="群众反映（不用登录）", request=SaidShape, responses={201: Told}, parameters=[IDEMPOTENCY], auth=[]
    )
    @action(detail=False, methods=["post"], parser_classes=[PlainJSONParser, MultiPartParser])
    def say(self, request):
        sent = self.sent(SaidShape)
        mandate, station = None, sent.pop("station", None)
        if deputy := sent.pop("deputy", None):
            mandate = get_object_or_404(
                Profile.objects.shown().select_related("mandate__congress"), slug=deputy
            ).mandate
            station = questions.station_of(mandate)
        else:
            station = get_object_or_404(LiaisonStation.objects.filter(is_public=True), slug=station)
        if throttling.shows_too_often(request):
            raise exceptions.Throttled
        # Nobody is known here, so a key alone tells nobody from another: what was sent is part of it, as on the page.
        form = checked(SayForm(from_json(sent | {"request_key": request.META.get(REQUEST_KEY, "")}), request.FILES))
        try:
            _id, code = hear_once(form, station, mandate, request=request)
        except throttling.TooOften:
            raise exceptions.Throttled from None
        if code is None:
            raise AlreadyHeard
        return Response(Told({"code": code}).data, status=status.HTTP_201_CREATED)

    @extend_schema(summary="凭查询码看办到哪一步", request=CodeSent, responses=ChainShape, auth=[])
    @action(detail=False, methods=["post"])
    def look(self, request):
        return self.shown(self.opinion(self.sent(CodeSent)))

    @extend_schema(summary="凭查询码评价答复", request=GradeSent, responses=ChainShape, auth=[])
    @action(detail=False, methods=["post"])
    def grade(self, request):
        sent = self.sent(GradeSent)
        opinion = self.opinion(sent)
        form = checked(GradeForm(from_json(sent)))
        actions.rate(opinion, on=timezone.localdate(), **form.cleaned_data)
        return self.shown(opinion)

    @extend_schema(summary="凭查询码撤回", request=CodeSent, responses=ChainShape, auth=[])
    @action(detail=False, methods=["post"])
    def withdraw(self, request):
        opinion = self.opinion(self.sent(CodeSent))
        actions.withdraw(opinion, on=timezone.localdate())
        return self.shown(opinion)

    def sent(self, shape):
        sent = shape(data=self.request.data)
        sent.is_valid(raise_exception=True)
        return dict(sent.validated_data)

    def opinion(self, sent):
        """What the code opens; wrong ones are counted, right ones are not."""
        if throttling.is_too_often(self.request, throttling.WRONG_CODE, dry_run=True):
            raise exceptions.Throttled
        found = actions.opinion_by_code(checked(CodeForm(from_json(sent))).cleaned_data["code"])
        if found is None:
            throttling.is_too_often(self.request, throttling.WRONG_CODE)
            raise exceptions.NotFound
        return found

    def shown(self, opinion):
        fresh = Opinion.objects.select_related("station", "organ", "congress", "suggestion").get(pk=opinion.pk)
        chain = questions.chain_of(fresh)
        return Response(ChainShape({"opinion": fresh, **chain}, context={"is_public": chain["is_public"]}).data)
