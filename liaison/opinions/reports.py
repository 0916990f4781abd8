"""The register of opinions as a sheet, and its figures by tier and body (民情台账)."""

from decimal import Decimal

from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from congress.kit.exports import Column
from liaison.opinions.models import Opinion

S = Opinion.State

REGISTER = (
    Column(_("反映日期"), 12),
    Column(_("联络站"), 18),
    Column(_("来源"), 10),
    Column(_("原话"), 50),
    Column(_("地点"), 16),
    Column(_("热点"), 10),
    Column(_("办理层级"), 12),
    Column(_("处理去向"), 20),
    Column(_("办理单位"), 16),
    Column(_("期限"), 12),
    Column(_("状态"), 12),
    Column(_("答复"), 40),
    Column(_("答复日期"), 12),
    Column(_("回访告知日期"), 12),
    Column(_("群众评价"), 10),
)


def register_rows(opinions):
    """Rows for REGISTER; who said it is not among them."""
    for each in opinions.select_related("station", "organ").iterator(chunk_size=500):
        yield [
            each.heard_on,
            str(each.station or ""),
            each.get_channel_display(),
            each.text,
            each.place,
            each.topic,
            each.get_tier_display(),
            each.get_outcome_display(),
            str(each.organ or ""),
            each.due_on,
            each.get_state_display(),
            each.answer,
            each.answered_on,
            each.told_on,
            each.get_grade_display(),
        ]


def by_tier(opinions):
    """[(tier, label, its counts)]: how far each level settles what it is given."""
    answered = Q(answered_on__isnull=False)
    rows = {
        row["tier"]: row
        for row in opinions.given()
        .values("tier")
        .annotate(
            routed=Count("pk"),
            answered=Count("pk", filter=answered),
            rated=Count("pk", filter=~Q(grade="")),
            satisfied=Count("pk", filter=Q(grade__in=[Opinion.Grade.SATISFIED, Opinion.Grade.BASIC])),
        )
        .order_by()
    }
    for row in rows.values():
        row["share"] = Decimal(100 * row["answered"]) / row["routed"]
    nothing = {"routed": 0, "answered": 0, "rated": 0, "satisfied": 0}
    return [(tier, label, rows.get(tier, nothing)) for tier, label in Opinion.Tier.choices]


def by_outcome(opinions):
    """[(code, label, how many)]: what became of what was said, by the codes of the reception register."""
    counted = dict(opinions.exclude(outcome="").order_by().values_list("outcome").annotate(Count("pk")))
    return [(code, label, counted.get(code, 0)) for code, label in Opinion.Outcome.choices]


def by_organ(opinions):
    """What each body has been given: one slip for each (R07: 57 items to 14 departments make 14 slips)."""
    return list(
        opinions.given()
        .values("organ", unit=F("organ__name"))
        .annotate(count=Count("pk"), waiting=Count("pk", filter=Q(state=S.ROUTED)))
        .order_by("-count", "organ__position", "organ")
    )


def topics(opinions, *, least=2):
    """The words under which several opinions stand, the most spoken of first: candidates for a theme."""
    return list(
        opinions.exclude(topic="")
        .values("topic")
        .annotate(count=Count("pk"))
        .filter(count__gte=least)
        .order_by("-count")
    )
