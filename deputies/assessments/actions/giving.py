"""One rater gives one deputy his marks or a grade (评定)."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from deputies.assessments.models import Assessment, Mark, Marking
from deputies.assessments.workflow import MARKING

HALF = Decimal("0.5")


@transaction.atomic
def give(marking, *, marks=None, grade="", remark="", on, by, version=None, on_behalf_of=None, request_key=""):
    """Rate one deputy; `marks` are points by the id of the dimension. Until it is closed it can be given anew."""
    sheet = marking.sheet
    assessment = Assessment.objects.select_for_update().get(pk=sheet.assessment_id)  # nobody closes it meanwhile
    if not assessment.is_open:
        raise ValidationError(_("这次考评已经结束，不能再评。"))
    method, stage = marking.stage.method, marking.stage
    if stage.gives_points:
        dimensions = list(method.dimensions.all())
        marks, grade = _whole(dimensions, marks or {}), ""
    else:
        marks, grade = {}, _known(method, grade)
    _check_turn(marking, in_turn=method.in_turn)
    total = sum(marks.values(), Decimal(0)) if stage.gives_points else None
    facts = {"stage": stage.label, "rater": stage.rater, "gives": f"{_plain(total)} 分" if grade == "" else grade}
    if marking.is_given:
        facts["before"] = marking.grade or f"{_plain(marking.points)} 分"
    with MARKING.taking(
        "give",
        marking,
        by=by,
        on=on,
        version=version,
        on_behalf_of=on_behalf_of,
        facts=facts,
        request_key=request_key,
        points=total,
        grade=grade,
        remark=remark.strip(),
        given_on=on,
        given_by=by,
    ):
        marking.marks.all().delete()
        Mark.objects.bulk_create(Mark(marking=marking, dimension_id=pk, points=points) for pk, points in marks.items())
    return marking


def _plain(points):
    return f"{points.normalize():f}" if points is not None else ""


def _whole(dimensions, marks):
    """Every dimension has its mark, between nothing and its standard value, in halves."""
    problems = {}
    for each in dimensions:
        points = marks.get(each.pk)
        if points is None:
            problems[f"mark_{each.pk}"] = _("请打分，没有做的打 0 分。")
        elif not 0 <= points <= each.standard:
            problems[f"mark_{each.pk}"] = _("请填 0 到 %s。") % _plain(each.standard)
        elif points % HALF:
            problems[f"mark_{each.pk}"] = _("以 0.5 分为单位。")
    if problems:
        raise ValidationError(problems)
    return {each.pk: marks[each.pk] for each in dimensions}


def _known(method, grade):
    if grade not in method.grade_names:
        raise ValidationError({"grade": _("请选一个等次。")})
    return grade


def _check_turn(marking, *, in_turn):
    """Where raters follow each other, nobody goes before his turn, and nobody changes what was built upon."""
    if not in_turn:
        return
    others = Marking.objects.filter(sheet=marking.sheet_id)
    before = others.waiting().filter(stage__position__lt=marking.stage.position).select_related("stage").first()
    if before:
        raise ValidationError(_("要等“%s”评完。") % before.stage.label)
    after = others.given().filter(stage__position__gt=marking.stage.position).select_related("stage").first()
    if after:
        raise ValidationError(_("“%s”已经评了，这一环节不能再改。") % after.stage.label)
