"""How the list of activities is narrowed; everything stands in the address (筛选)."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from congress.kit.dates import asked_day
from congress.kit.numbers import asked_number
from congress.kit.words import asked_words
from deputies.activities.kinds import INFORMED, OBSERVED, OVERSIGHT, RECEIVING, Kind
from deputies.activities.models import Activity, Invitation

S = Activity.State
VIEWS = {
    "open": _("在办的"),
    "ahead": _("已通知"),
    "to_end": _("待结束"),
    "to_close": _("待归档"),
    "closed": _("已归档"),
    "cancelled": _("已取消"),
    "all": _("全部"),
    "held": _("已举行"),
    "planned": _("计划和已举行"),
    "themes": _("主题待审定"),
    "leave": _("有代表请假"),
}
TABS = ("open", "ahead", "to_end", "to_close", "closed", "cancelled", "all")
FAMILIES = {
    "oversight": (_("监督类"), OVERSIGHT),
    "observed": (_("列席、旁听"), OBSERVED),
    "informed": (_("知情知政"), INFORMED),
    "receiving": (_("接待走访"), RECEIVING),
}


def views_at(at):
    """{view: what stands in it at this moment}."""
    asking = Invitation.objects.filter(activity=OuterRef("pk"), state=Invitation.State.LEAVE_ASKED)
    return {
        "open": Q(state__in=Activity.OPEN),
        "ahead": Q(state=S.ANNOUNCED, ends_at__gte=at),
        "to_end": Q(state=S.ANNOUNCED, ends_at__lt=at),
        "to_close": Q(state=S.HELD),
        "closed": Q(state=S.CLOSED),
        "cancelled": Q(state=S.CANCELLED),
        "all": Q(pk__isnull=False),
        "held": Q(state__in=[S.HELD, S.CLOSED]),
        "planned": ~Q(state__in=[S.CANCELLED, S.REQUESTED]),
        "themes": Q(state=S.THEME),
        "leave": Q(state=S.ANNOUNCED) & Exists(asking),
    }


@dataclass(frozen=True)
class Asked:
    """What an address asks for; what makes no sense is as if it had not been asked."""

    words: str = ""
    view: str = "open"
    congress: str = ""
    kind: str = ""
    family: str = ""
    organ: str = ""
    group: str = ""
    campaign: str = ""
    statute: str = ""
    mine: str = ""  # only what the reader runs himself
    first: date | None = None
    last: date | None = None
    pairs: list = field(default_factory=list)

    @classmethod
    def of(cls, query):
        values = {
            "words": asked_words(query.get("q")),
            "view": query.get("view") if query.get("view") in VIEWS else "open",
            "congress": asked_words(query.get("congress"), most=40),
            "kind": query.get("kind") if query.get("kind") in Kind.values else "",
            "family": query.get("family") if query.get("family") in FAMILIES else "",
            "organ": asked_number(query.get("organ")),
            "group": asked_number(query.get("group")),
            "campaign": asked_number(query.get("campaign")),
            "statute": asked_words(query.get("statute"), most=100),
            "mine": "1" if query.get("mine") else "",
            "first": asked_day(query.get("from")),
            "last": asked_day(query.get("to")),
        }
        names = {"words": "q", "first": "from", "last": "to"}
        pairs = [(names.get(name, name), f"{value}") for name, value in values.items() if value]
        return cls(**values, pairs=pairs)

    @property
    def is_narrowed(self):
        return len(self.pairs) > 1  # the view is always one of them

    @property
    def folded(self):
        """How many conditions are set that a phone folds away; a period is one."""
        return sum(map(bool, (self.kind, self.organ, self.group, self.campaign, self.first or self.last)))

    def narrow(self, rows):
        """The rows that meet every condition but the view."""
        if self.words:
            rows = rows.filter(
                Q(title__icontains=self.words) | Q(theme__icontains=self.words) | Q(statute__icontains=self.words)
            )
        if self.family:
            rows = rows.filter(kind__in=FAMILIES[self.family][1])
        if self.first:
            rows = rows.filter(starts_at__date__gte=self.first)
        if self.last:
            rows = rows.filter(starts_at__date__lte=self.last)
        equal = {
            "congress__code": self.congress,
            "kind": self.kind,
            "organ": self.organ,
            "groups": self.group,
            "campaign": self.campaign,
            "statute": self.statute,
        }
        return rows.filter(**{name: value for name, value in equal.items() if value})

    def in_view(self, rows, *, at):
        return rows.filter(views_at(at)[self.view])


def counts_of(rows, *, at):
    """How many rows stand in each view: one query."""
    return rows.aggregate(**{name: Count("pk", filter=where) for name, where in views_at(at).items()})
