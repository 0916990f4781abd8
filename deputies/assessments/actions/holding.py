"""Holding an assessment: opened for everybody in office, chased, closed with the results written down (组织考评)."""

from collections import defaultdict
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from congress.procedure import journal
from deputies.assessments.models import Assessment, Marking, Method, RatingSheet
from deputies.assessments.results import result_of
from deputies.assessments.workflow import ASSESSMENT, SHEET
from deputies.roll.models import Mandate
from deputies.scores.tally import serving

NEAR = timedelta(days=3)


@transaction.atomic
def open_assessment(method, window, *, due_on, on, by, request_key=""):
    """Lay a sheet out for every deputy in office, each rater's part waiting for him (布置考评)."""
    method = Method.objects.select_for_update().get(pk=method.pk)
    if not by.has_perm("assessments.keep", method):
        raise ValidationError(_("只有本级的代表工作机构可以布置考评。"))
    if method.state != Method.State.ADOPTED:
        raise ValidationError({"method": _("这一版考评办法没有施行，或者已经停用。")})
    if due_on < on:
        raise ValidationError({"due_on": _("截止日期不能早于今天。")})
    same = Assessment.objects.filter(congress=method.congress_id, method__name=method.name, code=window.code)
    if same.exclude(state=Assessment.State.CANCELLED).exists():
        raise ValidationError({"period": _("这一周期已经布置过考评。")})
    seats = serving(method.congress, window).filter(state=Mandate.State.ACTIVE)
    if not seats.exists():
        raise ValidationError(_("名册里没有在任的代表。"))
    assessment = Assessment.objects.create(
        congress=method.congress,
        method=method,
        code=window.code,
        first=window.first,
        last=window.last,
        due_on=due_on,
        opened_on=on,
        opened_by=by,
        stepped_on=on,
    )
    sheets = RatingSheet.objects.bulk_create(
        RatingSheet(assessment=assessment, mandate=seat) for seat in seats.only("pk").order_by("pk")
    )
    stages = list(method.stages.all())
    Marking.objects.bulk_create(Marking(sheet=sheet, stage=stage) for sheet in sheets for stage in stages)
    facts = {"period": assessment.label, "count": len(sheets)}
    journal.record(assessment, "assessment.open", by=by, on=on, facts=facts, request_key=request_key)
    return assessment


def urge(assessment, *, on, by, version=None, request_key=""):
    """Tell everybody who still owes a rating (催一下)."""
    count = assessment.missing().count()
    if not count:
        raise ValidationError(_("没有缺的评定，不用催。"))
    with ASSESSMENT.taking(
        "urge", assessment, by=by, on=on, version=version, facts={"count": count}, request_key=request_key
    ):
        return assessment


def remind(*, on, by):
    """Before the last day, and once it has passed, those who are missing are told, once each; returns how many."""
    told = 0
    for field, rows in (
        ("near_told_on", Assessment.objects.open().filter(due_on__range=(on, on + NEAR), near_told_on=None)),
        ("past_told_on", Assessment.objects.open().filter(due_on__lt=on, past_told_on=None)),
    ):
        for assessment in rows.order_by("pk"):
            told += _remind(assessment, field, on=on, by=by)
    return told


@transaction.atomic
def _remind(assessment, field, *, on, by):
    if not Assessment.objects.open().filter(pk=assessment.pk, **{field: None}).update(**{field: on}):
        return 0  # another run was faster
    count = assessment.missing().count()
    if count:
        journal.record(assessment, "assessment.remind", by=by, on=on, facts={"count": count})
    return 1 if count else 0


def close(assessment, *, leaves_open=False, on, by, version=None, request_key=""):
    """Write down what everybody has; who is not rated by all has no result, and is named first (结束考评)."""
    with transaction.atomic():
        fresh = Assessment.objects.select_for_update().get(pk=assessment.pk)
        missing = fresh.sheets.lacking().count()
        if fresh.is_open and missing and not leaves_open:
            raise ValidationError({"leaves_open": _("还有 %s 名没有评齐。请先催齐，或者勾选“不等了”。") % missing})
        complete = fresh.sheets.complete().count()
        facts = {"complete": complete, "lacking": missing}
        with ASSESSMENT.taking(
            "close", assessment, by=by, on=on, version=version, facts=facts, request_key=request_key, closed_on=on
        ):
            _write_down(fresh)
    return assessment


def _write_down(assessment):
    """The result of every complete sheet, in two statements however many there are."""
    markings = defaultdict(list)
    rows = Marking.objects.filter(sheet__in=assessment.sheets.taking()).select_related("stage")
    for each in rows:
        markings[each.sheet_id].append(each)
    sheets = []
    for sheet in assessment.sheets.taking():
        result = result_of(assessment.method, markings[sheet.pk])
        if result.is_complete:
            sheet.points, sheet.grade = result.points, result.grade
            sheets.append(sheet)
    RatingSheet.objects.bulk_update(sheets, ["points", "grade"], batch_size=500)


def cancel(assessment, *, reason, on, by, version=None, request_key=""):
    """It was opened by mistake (取消考评)."""
    if not reason.strip():
        raise ValidationError({"reason": _("请写明理由。")})
    with ASSESSMENT.taking(
        "cancel", assessment, by=by, on=on, version=version, facts={"reason": reason}, request_key=request_key,
        reason=reason.strip(),
    ):  # fmt: skip
        return assessment


def excuse(sheet, *, reason, on, by, version=None, request_key=""):
    """Somebody is not assessed this time: he left, he is ill for long (不参加)."""
    if not reason.strip():
        raise ValidationError({"reason": _("请写明原因。")})
    with transaction.atomic():
        _only_open(sheet)
        with SHEET.taking(
            "excuse", sheet, by=by, on=on, version=version, facts={"reason": reason}, request_key=request_key,
            reason=reason.strip(),
        ):  # fmt: skip
            return sheet


def include(sheet, *, on, by, version=None, request_key=""):
    """He is assessed after all (恢复参加)."""
    with transaction.atomic():
        _only_open(sheet)
        with SHEET.taking("include", sheet, by=by, on=on, version=version, request_key=request_key, reason=""):
            return sheet


def _only_open(sheet):
    if not Assessment.objects.select_for_update().get(pk=sheet.assessment_id).is_open:
        raise ValidationError(_("这次考评已经结束，不能再改。"))


def note_export(thing, verb, *, count, what, by):
    """A table that leaves the house stands in the journal."""
    journal.record(thing, verb, by=by, facts={"count": count, "what": what})
