"""A deputy objects to his score of a closed period; the office finds (积分异议)."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from congress.kit.dates import said
from congress.procedure import journal
from deputies.scores.boards import now_of
from deputies.scores.models import Objection, Standing
from deputies.scores.workflow import OBJECTION


@transaction.atomic
def raise_objection(standing, *, text, on, by, line=None, request_key=""):
    """The deputy says what is wrong with his score, within the days of the rulebook (提出异议)."""
    if not by.has_perm("scores.object", standing):
        raise PermissionDenied("scores.object")
    if not text.strip():
        raise ValidationError({"text": _("请写明哪里不对。")})
    close = standing.close
    if on > close.object_until:
        raise ValidationError(_("异议期到%s为止，已经过了。") % said(close.object_until))
    Standing.objects.select_for_update().get(pk=standing.pk)
    if standing.objections.open().exists():
        raise ValidationError(_("您已经提出过异议，正在处理。"))
    objection = Objection.objects.create(
        congress_id=close.congress_id,
        standing=standing,
        line=line,
        text=text.strip(),
        raised_on=on,
        raised_by=by,
        stepped_on=on,
    )
    facts = {"who": _("%s代表") % standing.mandate.deputy.name, "text": objection.text}
    journal.record(objection, "objection.raise", by=by, on=on, facts=facts, request_key=request_key)
    return objection


def difference_now(standing):
    """By how much the records of today differ from what was closed, corrections made before included."""
    now = now_of(standing)
    if now is None:
        return None
    corrected = sum(each.difference for each in standing.objections.all() if each.state == Objection.State.CORRECTED)
    return now.points - standing.points - corrected


def correct(objection, *, finding, on, by, version=None, request_key=""):
    """The office found the deputy right and mended the records: their difference is added, the closed row stays."""
    difference = difference_now(objection.standing)
    if not difference:
        raise ValidationError(_("按现在的登记重新计算，积分没有变化。请先更正有关的履职登记，或者维持原分并写明理由。"))
    return _decide(
        "correct", objection, finding=finding, on=on, by=by, version=version, request_key=request_key,
        difference=difference,
    )  # fmt: skip


def uphold(objection, *, finding, on, by, version=None, request_key=""):
    """The office leaves the score as it is and tells the deputy why (维持原分)."""
    return _decide("uphold", objection, finding=finding, on=on, by=by, version=version, request_key=request_key)


def _decide(step, objection, *, finding, on, by, version, request_key, difference=None):
    if not finding.strip():
        raise ValidationError({"finding": _("请写明理由，代表看得到。")})
    facts = {"finding": finding}
    if difference is not None:
        facts["difference"] = f"{difference.normalize():+f}"
    with OBJECTION.taking(
        step,
        objection,
        by=by,
        on=on,
        version=version,
        facts=facts,
        request_key=request_key,
        finding=finding,
        difference=difference,
        decided_on=on,
    ):
        pass
    return objection


def withdraw(objection, *, on, by, version=None, request_key=""):
    """The deputy takes his objection back (撤回异议)."""
    facts = {"who": _("%s代表") % objection.standing.mandate.deputy.name}
    with OBJECTION.taking(
        "withdraw", objection, by=by, on=on, version=version, facts=facts, request_key=request_key, decided_on=on
    ):
        pass
    return objection
