"""One rater gives one deputy his marks or a grade (评定)."""

from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from congress.procedure.bulk import take_each
from deputies.assessments.models import Assessment, Mark, Marking
from deputies.assessments.workflow import MARKING

HALF = Decimal("0.5")


@dataclass(frozen=True)
class Given:
    """What one rater writes down for one deputy; `version` is that of the page he wrote it on."""

    marks: dict
    grade: str = ""
    remark: str = ""
    version: int | None = None


@transaction.atomic
def give(marking, *, marks=None, grade="", remark="", on, by, version=None, on_behalf_of=None, request_key=""):
    """Rate one deputy; `marks` are points by the id of the dimension. Until it is closed it can be given anew."""
    _only_open(marking.sheet.assessment_id)
    fields, facts, marks = checked(marking, Given(marks or {}, grade, remark), on=on, by=by)
    _check_turn(marking, in_turn=marking.stage.method.in_turn)
    with MARKING.taking(
        "give",
        marking,
        by=by,
        on=on,
        version=version,
        on_behalf_of=on_behalf_of,
        facts=facts,
        request_key=request_key,
        **fields,
    ):
        _write({marking.pk: marks})
    return marking


@transaction.atomic
def give_many(told, *, on, by):
    """Rate many deputies at one stage, each a step of its own: [(marking, Given)]; gives the ids of those taken.

    Who was rated by somebody else meanwhile, or whose turn has not come, is left alone. Raises ValidationError, with
    nothing given, where one of them is not whole: `checked` says it of each beforehand.
    """
    if not told:
        return set()
    _only_open(told[0][0].sheet.assessment_id)
    fresh = {marking.pk: checked(marking, given, on=on, by=by) for marking, given in told}
    taken = take_each(
        MARKING,
        "give",
        Marking.objects.givable_by(by).ready().still_last().select_related("sheet__assessment"),
        {pk: (fields, facts) for pk, (fields, facts, _marks) in fresh.items()},
        by=by,
        on=on,
        versions={marking.pk: given.version for marking, given in told},
    )
    ids = {each.pk for each in taken}
    _write({pk: marks for pk, (_fields, _facts, marks) in fresh.items() if pk in ids})
    return ids


def _only_open(assessment_id):
    """Nobody closes it meanwhile."""
    if not Assessment.objects.select_for_update().get(pk=assessment_id).is_open:
        raise ValidationError(_("这次考评已经结束，不能再评。"))


def checked(marking, given, *, on, by):
    """(fields, facts, marks) of a rating that is whole; ValidationError beside the field where it is not."""
    stage, method = marking.stage, marking.stage.method
    marks = _whole(method.dimensions.all(), given.marks) if stage.gives_points else {}
    grade = "" if stage.gives_points else _known(method, given.grade)
    total = sum(marks.values(), Decimal(0)) if stage.gives_points else None
    facts = {"stage": stage.label, "rater": stage.rater, "gives": grade or f"{_plain(total)} 分"}
    if marking.is_given:
        facts["before"] = marking.grade or f"{_plain(marking.points)} 分"
    fields = {"points": total, "grade": grade, "remark": given.remark.strip(), "given_on": on, "given_by": by}
    return fields, facts, marks


def _write(marks):
    """{marking id: {dimension id: points}} instead of what stood there."""
    Mark.objects.filter(marking__in=list(marks)).delete()
    Mark.objects.bulk_create(
        Mark(marking_id=marking, dimension_id=dimension, points=points)
        for marking, mine in marks.items()
        for dimension, points in mine.items()
    )


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
