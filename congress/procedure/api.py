"""What every room's REST interface shares: a refusal in one shape, and a step taken by the form of its page (接口)."""

import uuid

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import exceptions, serializers, status
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response
from rest_framework.views import exception_handler

from congress.kit.parsers import PlainJSONParser
from congress.procedure.jsonforms import body_of, described, from_json
from congress.procedure.taking import carry_out, was_carried_out
from congress.procedure.workflow import StepNotOpen

REQUEST_KEY = "HTTP_IDEMPOTENCY_KEY"
IDEMPOTENCY = OpenApiParameter(
    "Idempotency-Key", str, OpenApiParameter.HEADER, description="同一次操作重发时用同一个值，不会办两次；最长 64 字。"
)


# ---- refusals


def refusal(exc, context):
    """Every refusal in one shape: a code for the program, a message for the person, errors by field."""
    if isinstance(exc, StepNotOpen):
        return Response(_not_open(exc.case), status=status.HTTP_409_CONFLICT)
    if isinstance(exc, ValidationError):
        return Response(_invalid(_by_field(exc)), status=status.HTTP_400_BAD_REQUEST)
    response = exception_handler(exc, context)
    if response is None:
        return None
    if isinstance(exc, exceptions.ValidationError):
        response.data = _invalid(dict(_flat(exc.get_full_details())))
    else:
        detail = response.data["detail"]
        message = _("没有，或者您看不到。") if detail.code == "not_found" else str(detail)
        response.data = {"code": detail.code, "message": message}
    return response


def _not_open(case):
    return {
        "code": "step_not_open",
        "message": _("现在不能办这一步：别人刚刚办过，或者内容已经变了。"),
        "state": case.state,
        "state_label": case.get_state_display(),
        "version": case.version,
    }


def _invalid(errors):
    """The body of a 400: `errors` maps a field to its [{code, message}]; what is about no field stands under `*`."""
    first = next((each for found in errors.values() for each in found), None)
    return {"code": "invalid", "message": first["message"] if first else _("请检查填写的内容。"), "errors": errors}


def _by_field(error):
    by_field = error.error_dict if hasattr(error, "error_dict") else {"*": error.error_list}
    return {
        "*" if name == "__all__" else name: [
            {"code": each.code or "invalid", "message": "".join(each.messages)} for each in errors
        ]
        for name, errors in by_field.items()
    }


def _flat(details, path=""):
    """The nested refusals of a serializer as (field, [{code, message}])."""
    if isinstance(details, dict):
        for name, inner in details.items():
            yield from _flat(inner, _joined(path, "" if name == "non_field_errors" else name))
    elif all(set(each) == {"message", "code"} for each in details):
        yield path or "*", [{"code": each["code"], "message": str(each["message"])} for each in details]
    else:
        for position, inner in enumerate(details):
            if inner:
                yield from _flat(inner, _joined(path, position))


def _joined(path, name):
    return ".".join(str(part) for part in (path, name) if part != "")


def checked(form):
    """A form that holds; its errors are told like those of an action."""
    if not form.is_valid():
        raise ValidationError(form.errors.as_data())
    return form


REFUSALS = {
    "400": "填写的内容不对",
    "401": "没有登录，或者令牌已失效",
    "403": "不允许",
    "404": "没有，或者您看不到",
    "405": "这个地址不这样用",
    "406": "只给出 JSON",
    "409": "这一步现在不能办；state 是案件现在的状态",
    "415": "内容类型不对",
    "429": "太频繁，请过一会儿再试",
}
_REFUSAL_ERROR = {
    "type": "object",
    "properties": {"code": {"type": "string"}, "message": {"type": "string"}},
    "required": ["code", "message"],
}
_REFUSAL = {
    "type": "object",
    "properties": {
        "code": {"type": "string", "description": "给程序看的代码，如 not_found、step_not_open。"},
        "message": {"type": "string", "description": "给人看的话。"},
        "errors": {
            "type": "object",
            "additionalProperties": {"type": "array", "items": _REFUSAL_ERROR},
            "description": "按字段列出的错误；不属于哪个字段的在 * 下。",
        },
        "state": {"type": "string"},
        "state_label": {"type": "string"},
        "version": {"type": "integer"},
    },
    "required": ["code", "message"],
}


def refusals_in_schema(result, generator, request, public):
    """Say of every operation how it may refuse."""
    result["components"].setdefault("schemas", {})["Refusal"] = _REFUSAL
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}}
    for operations in result["paths"].values():
        for operation in operations.values():
            for code, words in REFUSALS.items():
                operation["responses"].setdefault(code, {"description": words, "content": content})
    return result


# ---- what happened


class SentenceShape(serializers.Serializer):
    """One line of the journal of a case."""

    on = serializers.DateField()
    text = serializers.CharField()
    sub = serializers.CharField(allow_blank=True)


# ---- steps


class OpenStep(serializers.Serializer):
    """A step that the reader may take now."""

    name = serializers.CharField()
    label = serializers.CharField()
    url = serializers.CharField(help_text="GET 看要填什么，POST 办理。")


class Choice(serializers.Serializer):
    value = serializers.CharField()
    label = serializers.CharField()


class Question(serializers.Serializer):
    """One thing that a form asks."""

    name = serializers.CharField()
    label = serializers.CharField()
    help = serializers.CharField()
    kind = serializers.ChoiceField(["text", "number", "date", "yes_no", "choice", "choices", "file"])
    required = serializers.BooleanField()
    choices = Choice(many=True)
    value = serializers.JSONField(help_text="现在的值，照填可不改。", allow_null=True)


class Questions(serializers.Serializer):
    """What a step asks, and of which version of the case."""

    name = serializers.CharField()
    label = serializers.CharField()
    version = serializers.IntegerField(help_text="POST 时带回；案件已变则 409。")
    questions = Question(many=True)


class Taken(serializers.Serializer):
    """How the case stands after the step."""

    state = serializers.CharField()
    state_label = serializers.CharField()
    version = serializers.IntegerField()
    is_new = serializers.BooleanField(help_text="false：同一请求此前已办过，这次没有重复办。")


class StepsMixin:
    """The steps of one kind of case, for a viewset: those open to the reader, what each asks, and taking it.

    A room names its `procedure` and, as for its pages, a form per step; what the reader may not take is 404.
    """

    procedure = None
    forms_by_step = {}

    def behalf(self, step, case):
        """For whom the reader may record this step; a room that knows says so."""
        return {}

    def form_kwargs(self, step, case):
        """What the form of this step needs besides."""
        return {}

    def keep_scan(self, case, upload):
        """Store the scanned paper; a room without papers has no such field."""
        return

    def open_steps(self, case):
        return [step for step in self.procedure.open_steps(case, self.request.user) if step.name in self.forms_by_step]

    def steps_of(self, case):
        """The open steps as rows of the interface."""
        base = self.reverse_action("steps", args=[case.pk])
        return [
            {"name": step.name, "label": step.label, "url": f"{base}{step.name}/"} for step in self.open_steps(case)
        ]

    def form_for(self, step, case, **kwargs):
        own = {"case": case, "by": self.request.user, "today": timezone.localdate()}
        return self.forms_by_step[step.name](**own, **self.behalf(step, case), **self.form_kwargs(step, case), **kwargs)

    def _step(self, name):
        """(step, case) as the reader may take it."""
        case = self.get_object()
        if name not in self.forms_by_step or not self.request.user.has_perm(self.procedure[name].perm, case):
            raise exceptions.NotFound
        return self.procedure[name], case

    def was_taken(self, form, case):
        """Whether this very request has taken the step before."""
        return form.is_valid() and was_carried_out(case, form.cleaned_data["request_key"])

    @extend_schema(summary="现在能办的步骤", responses=OpenStep(many=True))
    @action(detail=True, pagination_class=None)
    def steps(self, request, pk):
        return Response(OpenStep(self.steps_of(self.get_object()), many=True).data)

    @extend_schema(summary="这一步要填什么", responses=Questions)
    @action(detail=True, url_path="steps/<slug:step>", parser_classes=[PlainJSONParser, MultiPartParser])
    def step(self, request, pk, step):
        step, case = self._step(step)
        if not step.is_open(case):
            raise StepNotOpen(step, case)
        form = self.form_for(step, case)
        hidden = {"version", "request_key"}
        asked = {
            "name": step.name,
            "label": step.label,
            "version": case.version,
            "questions": [each for each in described(form) if each["name"] not in hidden],
        }
        return Response(Questions(asked).data)

    @step.mapping.post
    def take_step(self, request, pk, step):
        step, case = self._step(step)
        sent = from_json(request.data)
        sent.setdefault("on", f"{timezone.localdate()}")
        sent.setdefault("request_key", request.META.get(REQUEST_KEY) or uuid.uuid4().hex)
        form = self.form_for(step, case, data=sent, files=request.FILES)
        form.keep = lambda upload: self.keep_scan(case, upload)
        if not step.is_open(case) and not self.was_taken(form, case):
            raise StepNotOpen(step, case)
        is_new = carry_out(checked(form), case, by=request.user, keep_scan=form.keep)
        fresh = type(case)._base_manager.get(pk=case.pk)
        return Response(
            Taken(
                {
                    "state": fresh.state,
                    "state_label": fresh.get_state_display(),
                    "version": fresh.version,
                    "is_new": is_new,
                }
            ).data
        )


def with_steps(cls):
    """Name the steps of a viewset and what they ask in the schema."""
    name = OpenApiParameter("step", str, OpenApiParameter.PATH, enum=sorted(cls.forms_by_step))

    def take_step(self, request, pk, step):
        return StepsMixin.take_step(self, request, pk, step)

    cls.take_step = extend_schema(
        summary="办理这一步", responses=Taken, parameters=[name, IDEMPOTENCY], request=body_of(cls.forms_by_step)
    )(take_step)
    return extend_schema_view(step=extend_schema(parameters=[name]))(cls)
