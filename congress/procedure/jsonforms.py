"""The forms of the pages spoken to in JSON: what they ask, and what was sent to them (表单)."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from congress.kit.numbers import LARGEST

_KINDS = (
    (forms.FileField, "file"),
    ((forms.ModelMultipleChoiceField, forms.MultipleChoiceField), "choices"),
    ((forms.ModelChoiceField, forms.ChoiceField), "choice"),
    (forms.BooleanField, "yes_no"),
    (forms.DateField, "date"),
    (forms.IntegerField, "number"),
)
_TYPES = {
    "file": {"type": "string", "format": "binary"},
    "yes_no": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "number": {"type": "integer"},
    "text": {"type": "string"},
}


def described(form):
    """The fields of a form as rows: name, label, help, kind, required, choices, value."""
    return [_described(form[name]) for name in form.fields]


def _described(bound):
    field, kind = bound.field, kind_of(bound.field)
    return {
        "name": bound.name,
        "label": bound.label,
        "help": field.help_text,
        "kind": kind,
        "required": field.required,
        "choices": [
            {"value": value, "label": label} for value, label in getattr(field, "choices", ()) if f"{value}" != ""
        ],
        "value": _plain(bound.value()),
    }


def kind_of(field):
    return next((kind for classes, kind in _KINDS if isinstance(field, classes)), "text")


def _plain(value):
    """A value as JSON has it."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, list | tuple | set):
        return [_plain(each) for each in value]
    return str(value)


def from_json(data):
    """What a form reads, from the object that was sent; a form of a browser stays as it is."""
    if isinstance(data, MultiValueDict):
        return data.copy()
    if not isinstance(data, dict):
        raise ValidationError(_("请发送一个 JSON 对象。"), code="not_an_object")
    sent = MultiValueDict()
    for name, value in data.items():
        values = value if isinstance(value, list) else [value]
        if any(isinstance(each, dict | list) for each in values):
            raise ValidationError({name: ValidationError(_("这一项不能再分层。"), code="nested")})
        if any(isinstance(each, int) and abs(each) > LARGEST for each in values):
            raise ValidationError({name: ValidationError(_("这个数太大。"), code="too_large")})
        sent.setlist(name, [_text(each) for each in values if each is not None])
    return sent


def _text(value):
    return f"{value}".lower() if isinstance(value, bool) else f"{value}"


def body_of(forms_by_step):
    """The body that a step takes, for the schema: every field of these forms, and of which steps it is."""
    properties = {}
    for step, form in forms_by_step.items():
        for name, field in form.base_fields.items():
            known = properties.setdefault(name, schema_of(field))
            known["description"] = "、".join(filter(None, [known.get("description"), step]))
    for name in {"version", "request_key", "on", "late_reason", "on_behalf_of", "scan"} & properties.keys():
        properties[name]["description"] = f"{_HOUSEHOLD[name]}"
    with_files = {"type": "object", "properties": properties, "required": ["version"]}
    plain = {name: each for name, each in properties.items() if each.get("format") != "binary"}
    return {
        "application/json": {"type": "object", "properties": plain, "required": ["version"]},
        "multipart/form-data": with_files,
    }


_HOUSEHOLD = {
    "version": "看到的版本，见 GET",
    "request_key": "重发时用同一个值；也可用 Idempotency-Key 请求头",
    "on": "实际办理的日期，不填就是今天",
    "late_reason": "日期早于今天时必填",
    "on_behalf_of": "代谁录入（用户），见 GET 的选项",
    "scan": "纸质件扫描或照片",
}


def schema_of(field):
    """The type of one field."""
    kind = kind_of(field)
    one = {"type": "integer"} if isinstance(field, forms.ModelChoiceField) else {"type": "string"}
    if kind == "choices":
        return {"type": "array", "items": one}
    if kind == "choice":
        fixed = [] if isinstance(field, forms.ModelChoiceField) else [str(value) for value, _label in field.choices]
        return one | ({"enum": fixed} if fixed else {})
    longest = {"maxLength": field.max_length} if getattr(field, "max_length", None) and kind == "text" else {}
    return _TYPES[kind] | longest
