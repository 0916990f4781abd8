"""Writing a method: from a sample, as the next version, put in force, taken out of use (考评办法)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from congress.procedure import journal
from deputies.assessments.models import Dimension, Method, Stage
from deputies.assessments.presets import presets
from deputies.assessments.workflow import METHOD

FIELDS = ("period", "in_turn", "grades", "source", "note")


def _record(method, verb, *, by, on):
    journal.record(method, verb, by=by, on=on, facts={"name": method.name, "number": method.number})


@transaction.atomic
def create_method(*, congress, name, preset, on, by):
    """Begin a method as a draft, from a sample (起草考评办法)."""
    if Method.objects.filter(congress=congress, name=name).exists():
        raise ValidationError({"name": _("已经有这个名称的考评办法，要改就在那里起草新版。")})
    sample = presets()[preset]
    method = Method(congress=congress, name=name, preset=preset)
    for field in FIELDS:
        setattr(method, field, getattr(sample, field))
    method.save()
    _write_parts(method, dimensions=sample.dimensions, stages=sample.stages)
    _record(method, "method.create", by=by, on=on)
    return method


@transaction.atomic
def draft(method, *, on, by):
    """Begin the next version as a copy; what was adopted is never touched (起草新版)."""
    versions = Method.objects.filter(congress=method.congress_id, name=method.name)
    last = versions.select_for_update().order_by("-number").first()
    if last.is_draft:
        raise ValidationError(_("已经有一份草稿，请先改完或者删除。"))
    copy = Method(congress=last.congress, name=last.name, number=last.number + 1, preset=last.preset)
    for field in FIELDS:
        setattr(copy, field, getattr(last, field))
    copy.save()
    _write_parts(
        copy,
        dimensions=last.dimensions.values("block", "text", "standard"),
        stages=last.stages.values("rater", "label", "gives", "weight"),
    )
    _record(copy, "method.create", by=by, on=on)
    return copy


def _write_parts(method, *, dimensions, stages):
    Dimension.objects.bulk_create(
        Dimension(method=method, position=place, **each) for place, each in enumerate(dimensions, start=1)
    )
    Stage.objects.bulk_create(
        Stage(method=method, position=place, **each) for place, each in enumerate(stages, start=1)
    )


@transaction.atomic
def write(method, *, values, dimensions, stages, on, by):
    """Write a draft anew: what it says of itself, its dimensions, its raters in their order (改写草稿)."""
    fresh = _only_draft(method)
    raters = [each["rater"] for each in stages]
    if len(raters) != len(set(raters)):
        raise ValidationError(_("每一方只能有一个环节。"))
    for field in FIELDS:
        setattr(fresh, field, values[field])
    fresh.version += 1  # nobody adopts what he has not seen
    fresh.save(update_fields=[*FIELDS, "version"])
    fresh.dimensions.all().delete()
    fresh.stages.all().delete()
    _write_parts(fresh, dimensions=dimensions, stages=stages)
    _record(fresh, "method.write", by=by, on=on)
    return fresh


def _only_draft(method):
    fresh = Method.objects.select_for_update().get(pk=method.pk)
    if not fresh.is_draft:
        raise ValidationError(_("这一版已经施行，不能再改；请起草新版。"))
    return fresh


@transaction.atomic
def drop(method, *, on, by):
    """Throw a draft away (删除草稿)."""
    fresh = _only_draft(method)
    _record(fresh, "method.drop", by=by, on=on)
    fresh.dimensions.all().delete()
    fresh.stages.all().delete()
    fresh.delete()


@transaction.atomic
def adopt(method, *, on, by, version=None, request_key=""):
    """Put a draft in force; the version before it is retired, its assessments stay what they are (施行)."""
    _check_whole(Method.objects.select_for_update().get(pk=method.pk))
    facts = {"name": method.name, "number": method.number}
    with METHOD.taking(
        "adopt", method, by=by, on=on, version=version, request_key=request_key, facts=facts, adopted_on=on
    ):
        before = Method.objects.in_force().filter(congress=method.congress_id, name=method.name)
        for each in before.exclude(pk=method.pk):
            retire(each, on=on, by=by)
    return method


def retire(method, *, on, by, version=None, request_key=""):
    """Take a method out of use: no assessment begins by it any more (停用)."""
    facts = {"name": method.name, "number": method.number}
    with METHOD.taking("retire", method, by=by, on=on, version=version, request_key=request_key, facts=facts):
        return method


def _check_whole(method):
    """A method by which nobody could be rated is not adopted."""
    dimensions, stages = list(method.dimensions.all()), list(method.stages.all())
    bare = [each.text for each in dimensions if not each.standard]
    if not dimensions:
        raise ValidationError(_("还没有考评项目。"))
    if bare:
        raise ValidationError(_("还没有标准分的项目：%s。") % "、".join(bare))
    if not stages:
        raise ValidationError(_("还没有定由谁评定。"))
    giving = [each for each in stages if each.gives_points]
    weight = sum(each.weight for each in giving)
    if giving and weight != 100:
        raise ValidationError(_("逐项打分的各方比重相加是 %s，应等于 100。") % weight)
    if len(giving) < len(stages) and not method.grades:
        raise ValidationError(_("有一方评定等次，请先写明有哪些等次。"))
