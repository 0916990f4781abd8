"""A list for awards: configured, looked at, settled (评优名单)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from congress.procedure import journal
from deputies.assessments.awarding import rows_of
from deputies.assessments.models import Assessment, AwardList, AwardRow
from deputies.assessments.workflow import AWARD


@transaction.atomic
def write_award(award, *, closes, assessments, on, by):
    """Configure a list, new or still a draft: the weights make a hundred, the sources are closed (评优名单)."""
    if award.pk:
        fresh = AwardList.objects.select_for_update().get(pk=award.pk)
        if fresh.is_settled:
            raise ValidationError(_("名单已经定稿，不能再改。"))
        award.version = fresh.version + 1  # nobody settles what he has not seen
    closes, assessments = list(closes), list(assessments)
    problems = _wrong(award, on) | _wrong_closes(award, closes) | _wrong_assessments(award, assessments)
    if problems:
        raise ValidationError(problems)
    award.save()
    award.closes.set(closes if award.points_weight else [])
    award.assessments.set(assessments if award.assessment_weight else [])
    weights = [award.points_weight, award.assessment_weight, award.voters_weight]
    journal.record(award, "award.write", by=by, on=on, facts={"name": award.name, "weights": weights})
    return award


def _wrong(award, on):
    problems = {}
    if award.points_weight + award.assessment_weight + award.voters_weight != 100:
        problems["points_weight"] = _("三项比重相加应等于 100。")
    if award.first > award.last:
        problems["last"] = _("时段的末日不能早于首日。")
    if award.as_of > on:
        problems["as_of"] = _("名单日期不能晚于今天。")
    if award.middle_worth > 100:
        problems["middle_worth"] = _("请填 0 到 100。")
    same = AwardList.objects.filter(congress=award.congress_id, name=award.name).exclude(pk=award.pk)
    if same.exists():
        problems["name"] = _("已经有这个名称的名单。")
    return problems


def _wrong_closes(award, closes):
    if not award.points_weight:
        return {}
    if not closes:
        return {"closes": _("积分占了比重，请选已经结转的周期。")}
    if len({each.scheme_id for each in closes}) > 1:
        return {"closes": _("请选同一个积分办法的周期，不同办法的分数不能放在一起比。")}
    if any(each.congress_id != award.congress_id or each.scheme.subject != "deputy" for each in closes):
        return {"closes": _("只能用本级给代表计分的积分。")}
    return _outside(award, "closes", closes)


def _wrong_assessments(award, assessments):
    if not award.assessment_weight:
        return {}
    if not assessments:
        return {"assessments": _("考评占了比重，请选已经结束的考评。")}
    closed = Assessment.State.CLOSED
    if any(each.congress_id != award.congress_id or each.state != closed for each in assessments):
        return {"assessments": _("只能用本级已经结束的考评。")}
    if not all(each.method.stages.filter(gives="points").exists() for each in assessments):
        return {"assessments": _("只评等次、不打分的考评不能折算。")}
    return _outside(award, "assessments", assessments)


def _outside(award, name, sources):
    """Sources lie in the period of the list and were closed by its day."""
    if any(each.first < award.first or each.last > award.last for each in sources):
        return {name: _("所选周期要在统计时段以内。")}
    if any(each.closed_on > award.as_of for each in sources):
        return {name: _("所选周期要在名单日期以前结转或者结束。")}
    return {}


@transaction.atomic
def settle(award, *, on, by, version=None, request_key=""):
    """Write the list down; from now on it does not move (定稿)."""
    rows = rows_of(AwardList.objects.select_for_update().get(pk=award.pk))
    facts = {"count": len(rows), "ranked": sum(row.rank is not None for row in rows)}
    with AWARD.taking(
        "settle", award, by=by, on=on, version=version, facts=facts, request_key=request_key, settled_on=on
    ):
        AwardRow.objects.bulk_create(
            AwardRow(
                award=award, mandate=row.mandate, position=place, rank=row.rank, total=row.total, points=row.points,
                assessment=row.assessment, voters=row.voters, sources=row.sources,
            )
            for place, row in enumerate(rows, start=1)
        )  # fmt: skip
    return award


@transaction.atomic
def drop_award(award, *, on, by):
    """Throw a draft away (删除草稿)."""
    fresh = AwardList.objects.select_for_update().get(pk=award.pk)
    if fresh.is_settled:
        raise ValidationError(_("名单已经定稿，不能删除。"))
    journal.record(fresh, "award.drop", by=by, on=on, facts={"name": fresh.name})
    fresh.closes.clear()
    fresh.assessments.clear()
    fresh.delete()
