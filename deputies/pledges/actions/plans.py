"""The verbs of a year's plan: file it, add a pledge, keep it, reopen it, give it up (填报、承诺、兑现)."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from congress.procedure import journal
from congress.rulebook.book import rules_for
from deputies.duties.models import DutyRecord
from deputies.pledges.models import DutyPlan, Pledge
from deputies.pledges.workflow import PLEDGE


@dataclass(frozen=True)
class Promised:
    """One pledge as it is written down."""

    aspect: str
    text: str
    due_on: date


@transaction.atomic
def file_plan(mandate, *, year, pledges, on, by):
    """File the plan of a year with its pledges; filing again adds to the same plan (填报履职计划)."""
    pledges = list(pledges)
    if not pledges:
        raise ValidationError(_("请至少写一条：哪个方面、做什么、什么时候完成。"))
    plan, fresh = DutyPlan.objects.get_or_create(
        mandate=mandate, year=year, defaults={"congress": mandate.congress, "filed_on": on}
    )
    if fresh:
        journal.record(plan, "plan.file", by=by, on=on)
    standing = set(plan.pledges.exclude(state=Pledge.State.DROPPED).values_list("aspect", "text"))
    for each in pledges:
        if each.due_on.year != year:
            raise ValidationError(_("“%(text)s”的完成时限不在%(year)s年。") % {"text": each.text, "year": year})
        if (each.aspect, each.text) not in standing:
            plan.pledges.create(aspect=each.aspect, text=each.text, due_on=each.due_on)
            if not fresh:
                journal.record(plan, "plan.add", by=by, on=on, facts={"text": each.text})
    return plan


def odd_aspects(plan, *, on):
    """A warning where a plan names fewer or more aspects than it should, or nothing (方面数提醒)."""
    rules = rules_for(plan.congress, on=on)
    least, most = rules.count("plan_aspects_least"), rules.count("plan_aspects_most")
    named = plan.pledges.exclude(state=Pledge.State.DROPPED).values("aspect").distinct().count()
    if least <= named <= most:
        return ""
    words = {"named": named, "least": least, "most": most}
    return _("现在写了 %(named)s 个方面，宜选准 %(least)s 至 %(most)s 个方面，集中力量做。") % words


def keep(pledge, *, evidence="", records=(), on, by, version=None, request_key=""):
    """The pledge is kept: what was done, and the duty records that show it (兑现)."""
    own = DutyRecord.objects.filter(mandate=pledge.plan.mandate_id, pk__in=[each.pk for each in records])
    with PLEDGE.taking(
        "keep", pledge, by=by, on=on, version=version, request_key=request_key, kept_on=on, evidence=evidence
    ) as taken:
        taken.facts.update(text=pledge.text)
        pledge.records.set(own)
    return pledge


def reopen(pledge, *, on, by, version=None, request_key=""):
    """It was marked as kept too early."""
    with PLEDGE.taking("reopen", pledge, by=by, on=on, version=version, request_key=request_key, kept_on=None) as taken:
        taken.facts.update(text=pledge.text)
    return pledge


def drop(pledge, *, reason, on, by, version=None, request_key=""):
    """Give a pledge up and say why; it stays to be read (撤下)."""
    if not reason.strip():
        raise ValidationError({"reason": _("请写明为什么撤下，选民看得到。")})
    with PLEDGE.taking(
        "drop", pledge, by=by, on=on, version=version, request_key=request_key, reason=reason.strip()
    ) as taken:
        taken.facts.update(text=pledge.text, reason=reason.strip())
    return pledge
