"""What is due, in plain words to paste into a chat group: one text a department (到期清单).

No proposer stands in it: what goes into a group is read by everybody.
"""

from collections import defaultdict

from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congress.deadlines.models import Clock
from congress.kit.dates import said_short
from congress.organs.hats import hats_of
from suggestions.docket.actions.checking import numbered
from suggestions.docket.models import Assignment


def due_shares(user, *, first, last):
    """The open shares due until the last day, as far as this user gives them out or answers for them.

    Without a first day what is overdue stands in it too. What was handed back waits for a decision, not for its
    department.
    """
    hats = hats_of(user)
    shares = Assignment.objects.visible_to(user).filter(
        Q(round__suggestion__congress__in=hats.clerk_of)
        | Q(organ__in=hats.departments)
        | Q(parent__organ__in=hats.distributes),
        state__in=Assignment.OPEN - {Assignment.State.HANDED_BACK},
        due_on__lte=last,
    )
    if first:
        shares = shares.filter(due_on__gte=first)
    own = Clock.objects.running().filter(subject_kind=Assignment._meta.label_lower, subject_id=OuterRef("pk"))
    shares = shares.annotate(owes=Subquery(own.order_by("due_on", "id").values("rule")[:1]))
    shares = shares.select_related("organ", "round__suggestion__congress")
    return list(shares.order_by("organ__position", "organ", "due_on", "id"))


def texts(shares, *, today):
    """[(department, how many, its text)], in the order of the departments."""
    by_organ = defaultdict(list)
    for share in shares:
        by_organ[share.organ].append(share)
    return [(organ, len(own), text_of(organ, own, today=today)) for organ, own in by_organ.items()]


def text_of(organ, shares, *, today):
    """What one department is told: its cases, each with number, title, what is owed and how many days are left."""
    office = f"{shares[0].suggestion.congress}{shares[0].suggestion.congress.office_name}"
    lines = [_("【%(organ)s】代表建议办理提醒，共 %(count)s 件：") % {"organ": organ, "count": len(shares)}]
    lines += [f"{place}. {_line(share, today)}" for place, share in enumerate(shares, start=1)]
    lines.append(_("请按期办理，有困难请提前说明。%(office)s %(day)s") % {"office": office, "day": said_short(today)})
    return "\n".join(lines)


def _line(share, today):
    case = share.suggestion
    left = (share.due_on - today).days
    soon = {0: _("今天到期"), 1: _("明天到期")}
    said = _("超期 %s 天") % -left if left < 0 else soon.get(left) or _("还有 %s 天") % left
    return _("%(number)s《%(title)s》，%(what)s期限 %(day)s（%(said)s）") % {
        "number": numbered(case).replace(" ", ""),
        "title": case.title,
        "what": _what(share),
        "day": said_short(share.due_on),
        "said": said,
    }


def _what(share):
    """What is owed next, by the clock whose day the share carries."""
    return _OWED.get(share.owes) or _("答复")


_OWED = {
    "return": gettext_lazy("签收"),
    "distribute": gettext_lazy("分办"),
    "contact": gettext_lazy("联系代表"),
    "co_opinion": gettext_lazy("会办意见"),
}
