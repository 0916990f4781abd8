"""Taking over a target card, changing it, setting it aside (目标卡管理)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from congress.procedure import journal
from deputies.pledges.models import CardTemplate, Target


@transaction.atomic
def adopt(preset, *, congress, by):
    """Take a known card over as the congress's own; a second time changes nothing (启用样本)."""
    template, fresh = CardTemplate.objects.get_or_create(
        congress=congress, name=preset.name, defaults={"audience": preset.audience, "note": preset.note}
    )
    if fresh:
        Target.objects.bulk_create(
            Target(
                template=template,
                label=each.label,
                goal=each.goal,
                unit=each.unit,
                measure=each.measure,
                kinds=[str(kind.value) for kind in each.kinds],
                word=each.word,
                needs_office=each.needs_office,
                position=position,
            )
            for position, each in enumerate(preset.targets)
        )
        _journal(template, by=by)
    return template


@transaction.atomic
def keep_card(template, *, by):
    """Write a card, new or changed."""
    others = CardTemplate.objects.filter(congress=template.congress, name=template.name).exclude(pk=template.pk)
    if others.exists():
        raise ValidationError({"name": _("已经有一张叫这个名字的目标卡。")})
    template.save()
    _journal(template, by=by)
    return template


@transaction.atomic
def keep_target(target, *, by):
    """Write one counter of a card; a counter of records must say which."""
    if target.measure not in Target.OF_ACTIVITIES and not target.kinds:
        raise ValidationError({"kinds": _("请勾选计入哪些履职事项。")})
    if target.measure in Target.OF_ACTIVITIES and target.template.audience != CardTemplate.Audience.GROUP:
        raise ValidationError({"measure": _("按小组活动计数的指标，只能放在小组的目标卡里。")})
    if target.measure in Target.OF_ACTIVITIES:
        target.kinds = []
    if not target.pk:
        target.position = target.template.targets.count()
    target.save()
    _journal(target.template, by=by)
    return target


@transaction.atomic
def remove_target(target, *, by):
    """Take a counter off its card; nothing is lost, for counters hold no numbers."""
    target.delete()
    _journal(target.template, by=by)


def _journal(template, *, by):
    facts = {"name": template.name, "card": template.pk, "is_active": template.is_active}
    journal.record(template, "card.keep", by=by, facts=facts)
