"""How promises are kept, each number the very queryset that its list shows (承诺兑现)."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from suggestions.promises.models import Promise

VIEWS = {
    "standing": (_("没有兑现"), lambda rows, on: rows.standing()),
    "overdue": (_("已超期"), lambda rows, on: rows.overdue(on=on)),
    "ahead": (_("未到期"), lambda rows, on: rows.ahead(on=on)),
    "look_back": (_("待回头看"), lambda rows, on: rows.to_look_back()),
    "asked": (_("申请延期"), lambda rows, on: rows.filter(state=Promise.State.ASKED)),
    "kept": (_("按期兑现"), lambda rows, on: rows.kept_in_time()),
    "kept_late": (_("逾期兑现"), lambda rows, on: rows.kept_late()),
    "gone": (
        _("替代、终止"),
        lambda rows, on: rows.filter(state__in=[Promise.State.REPLACED, Promise.State.ENDED]),
    ),
    "all": (_("全部"), lambda rows, on: rows),
}


def in_view(rows, view, *, on):
    return VIEWS[view][1](rows, on)


def counts_of(rows, *, on):
    """How many promises each view holds, in one statement."""
    return rows.order_by().aggregate(
        **{
            view: Count("pk", filter=Q(pk__in=in_view(Promise.objects.all(), view, on=on).values("pk")))
            for view in VIEWS
        }
    )


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
