"""Who is still missing, by those who have to act (催评名单)."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from deputies.assessments.models import RatingSheet, Stage
from deputies.roll.models import Deputy

R = Stage.Rater


@dataclass
class Owing:
    """One party that owes ratings of one stage: whom it has to rate."""

    who: str
    contact: str = ""
    markings: list = field(default_factory=list)

    @property
    def count(self):
        return len(self.markings)


def owed(assessment, user):
    """[(stage, [parties])] of what is missing and due now, as far as the reader's sheets reach."""
    rows = assessment.missing().filter(sheet__in=RatingSheet.objects.visible_to(user).order_by().values("pk"))
    rows = rows.select_related("stage", "sheet__mandate__deputy", "sheet__mandate__delegation__township")
    rows = rows.defer(*Deputy.personal("sheet__mandate__deputy"))
    rows = rows.prefetch_related("sheet__mandate__groups__leader__deputy")
    rows = rows.order_by(
        "stage__position", "sheet__mandate__delegation__position", "sheet__mandate__deputy__strokes", "pk"
    )
    stages = {}
    for marking in rows:
        party = _party(marking)
        stages.setdefault(marking.stage, {}).setdefault(party, Owing(*party)).markings.append(marking)
    return [(stage, list(parties.values())) for stage, parties in stages.items()]


def _party(marking):
    """(who has to act, whom to call)."""
    mandate, rater = marking.sheet.mandate, marking.stage.rater
    if rater == R.GROUP:
        led = [each for each in mandate.groups.all() if each.leader_id and each.leader_id != mandate.pk]
        if not led:
            return _("没有组长可评的，由代表工作机构代录"), ""
        return led[0].name, _("组长%s") % led[0].leader.deputy.name
    if rater == R.TOWNSHIP:
        township = mandate.delegation.township if mandate.delegation else None
        return (f"{township}", "") if township else (_("没有对应乡镇的，由代表工作机构代录"), "")
    if rater == R.DEPUTY:
        return f"{mandate.delegation or _('未编团')}", ""
    return f"{marking.stage.get_rater_display()}", ""
