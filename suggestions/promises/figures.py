"""How promises are kept, each number by the very condition that its list shows (承诺兑现)."""

from dataclasses import dataclass

from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from suggestions.promises.models import Promise

S = Promise.State
# code → its words, and the Q that it means on a day
VIEWS = {
    "standing": (_("没有兑现"), lambda on: Q(state__in=Promise.STANDING)),
    "owed": (_("要兑现的"), lambda on: Q(state__in=Promise.OWED)),
    "overdue": (_("已超期"), Promise.is_past),
    "ahead": (_("未到期"), lambda on: Q(state=S.REPORTED) | Q(state__in=Promise.OWED, due_on__gte=on)),
    "look_back": (_("待回头看"), lambda on: Promise.waits_for_look()),
    "asked": (_("申请延期"), lambda on: Q(state=S.ASKED)),
    "kept": (_("按期兑现"), lambda on: Q(state=S.KEPT, done_on__lte=F("owed_on"))),
    "kept_late": (_("逾期兑现"), lambda on: Q(state=S.KEPT, done_on__gt=F("owed_on"))),
    "gone": (_("替代、终止"), lambda on: Q(state__in=[S.REPLACED, S.ENDED])),
    "all": (_("全部"), lambda on: Q()),
}


def in_view(rows, view, *, on):
    return rows.filter(VIEWS[view][1](on))


def counts_of(rows, *, on):
    """How many promises each view holds, in one pass over these rows."""
    return rows.order_by().aggregate(**{view: Count("pk", filter=where(on)) for view, (_words, where) in VIEWS.items()})


@dataclass(frozen=True)
class Keeping:
    """The promises of a congress over all its sessions and terms; replaced and ended ones are in no number."""

    kept: int = 0
    kept_late: int = 0
    ahead: int = 0
    overdue: int = 0

    @property
    def due(self):
        """The base of the share: what was kept, and what should have been by now."""
        return self.kept + self.kept_late + self.overdue

    @property
    def all_kept(self):
        return self.kept + self.kept_late


def keeping_of(congress, *, on):
    """Counted from the rows themselves."""
    counts = counts_of(Promise.objects.filter(congress=congress), on=on)
    return Keeping(*(counts[view] for view in ("kept", "kept_late", "ahead", "overdue")))
