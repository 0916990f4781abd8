"""The list of cases as rows: the columns a reader may choose, for the page, the print and the spreadsheet (清单)."""

from django.db.models import Count, F, IntegerField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congress.kit.exports import Column
from congress.kit.statements import Statement, trace_of
from deputies.roll.seats import Reader
from suggestions.docket.identity import with_proposer
from suggestions.docket.models import Assignment, Cosigner, Suggestion
from suggestions.docket.options import names_told, session_label

S, Role = Suggestion.State, Assignment.Role

# code → column; the first nine are shown to whoever has chosen nothing.
COLUMNS = {
    "number": Column(gettext_lazy("编号"), 10),
    "title": Column(gettext_lazy("标题"), 48),
    "proposer": Column(gettext_lazy("领衔代表"), 16),
    "unit": Column(gettext_lazy("主办单位"), 18),
    "co": Column(gettext_lazy("会办单位"), 18),
    "state": Column(gettext_lazy("状态"), 12),
    "holder": Column(gettext_lazy("轮到谁"), 16),
    "due": Column(gettext_lazy("期限"), 12),
    "remaining": Column(gettext_lazy("余天"), 10),
    "category": Column(gettext_lazy("类别"), 14),
    "delegation": Column(gettext_lazy("代表团"), 16),
    "session": Column(gettext_lazy("届次"), 14),
    "submitted": Column(gettext_lazy("提出日期"), 12),
    "assigned": Column(gettext_lazy("交办日期"), 12),
    "replied": Column(gettext_lazy("答复日期"), 12),
    "result": Column(gettext_lazy("办理类别"), 10),
}
USUAL = tuple(COLUMNS)[:9]

LATE = {
    "accept_notice": gettext_lazy("审查超期"),
    "assign": gettext_lazy("交办超期"),
    "assign_session": gettext_lazy("交办超期"),
    "distribute": gettext_lazy("分办超期"),
    "return": gettext_lazy("签收超期"),
    "reassign": gettext_lazy("退办未定"),
    "contact": gettext_lazy("联系超期"),
    "co_opinion": gettext_lazy("会办超期"),
    "reply": gettext_lazy("答复超期"),
    "rehandle": gettext_lazy("答复超期"),
    "evaluation": gettext_lazy("评价超期"),
}
LIGHTS = {
    S.DRAFT: "draft",
    S.SUBMITTED: "turn",
    S.RETURNED: "wait",
    S.REGISTERED: "turn",
    S.IN_HAND: "run",
    S.REPLIED: "wait",
    S.CLOSED: "done",
    S.REJECTED: "end",
    S.LETTER: "end",
    S.WITHDRAWN: "end",
}
FIELDS = (
    "pk", "version", "kind", "printed_number", "title", "lead", "proposer", "others", "state", "holder_name",
    "due_on", "due_rule", "category__name", "delegation", "session__term__number", "session__number", "submitted_on",
    "assigned_on", "replied_on", "result_class", "round_number",
)  # fmt: skip
_NAMED = {"holder_name": "holder", "category__name": "category", "delegation": "lead__delegation"}
_NAMED |= {"session__term__number": "session", "session__number": "session"}
TRACED = tuple(dict.fromkeys(_NAMED.get(name, name) for name in FIELDS))


def _short(prefix):
    return Coalesce(NullIf(f"{prefix}__short_name", Value("")), f"{prefix}__name")


class Listed:
    """Cases in this order with all a list shows, as a user may read them.

    Which cases stand on the page was decided before, by an index; the rest is read of those alone, in two statements.
    """

    def __init__(self, pks, user):
        self.pks, self.reader = pks, Reader.of(user)
        self.parts = [pks[start : start + _AT_ONCE] for start in range(0, len(pks), _AT_ONCE)]

    def trace(self):
        """What changes with these rows; of organs, categories, delegations and sessions it asks the ids alone, and
        their names but once a minute, for every name in it is one table more to read at each request."""
        asked = [
            question
            for here in self.parts
            for question in (_trace_of_cases.about(pks=here, reader=self.reader), _trace_of_shares.about(pks=here))
        ]
        return trace_of(*asked), names_told()

    def rows(self):
        rows, units = {}, {}
        for here in self.parts:
            rows |= {row["pk"]: row for row in _cases(pks=here, reader=self.reader)}
            units |= _units(_shares(pks=here))
        return [rows[pk] | units.get(pk, _NO_UNITS) for pk in self.pks if pk in rows]


@Statement
def _cases(pks, reader):
    return _of_cases(pks, reader).annotate(holder_name=_short("holder")).values(*FIELDS)


@Statement
def _trace_of_cases(pks, reader):
    return _of_cases(pks, reader).values_list(*TRACED)


def _of_cases(pks, reader):
    signed = Cosigner.objects.filter(suggestion=OuterRef("pk"), state=Cosigner.State.CONFIRMED)
    return with_proposer(Suggestion.objects.filter(pk__in=pks), reader).order_by().annotate(others=_count(signed))


@Statement
def _shares(pks):
    present = _of_shares(pks).filter(round__number=F("round__suggestion__round_number"))
    return present.values_list("round__suggestion", "role", "organ__short_name", "organ__name", "organ_printed")


@Statement
def _trace_of_shares(pks):
    """Those of earlier rounds too: which one is present is told with the case."""
    return _of_shares(pks).values_list("pk", "role", "organ", "organ_printed")


def _of_shares(pks):
    return Assignment.objects.filter(round__suggestion__in=pks).exclude(state=Assignment.State.RELEASED).order_by("id")


_NO_UNITS = {"unit": None, "units": 0, "co": None, "cos": 0}
_RANKS = {Role.LEAD: 0, Role.SEPARATE: 1}
_AT_ONCE = 1000


def _units(shares):
    """{case: who handles it in its present round}: the first to answer and the first beside, and how many there are."""
    units = {}
    for case, role, short_name, name, printed in shares:
        units.setdefault(case, []).append((role, short_name or name or printed))
    return {case: _summed_up(shares) for case, shares in units.items()}


def _summed_up(shares):
    roles = [role for role, _name in shares]
    answering = sorted((_RANKS.get(role, 2), place) for place, role in enumerate(roles) if role != Role.CO)
    beside = [name for role, name in shares if role == Role.CO]
    return {
        "unit": shares[answering[0][1]][1] if answering else None,
        "units": roles.count(Role.SEPARATE),
        "co": beside[0] if beside else None,
        "cos": len(beside),
    }


def _count(rows):
    counted = rows.order_by().values(_all=Value(1)).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def shaped(row, *, today):
    """A row with the words of the list: state and light, whose turn, and the days that remain."""
    state, due_on = row["state"], row["due_on"]
    days = (due_on - today).days if due_on and state in Suggestion.OPEN else None
    light, label = _light(state, row["due_rule"] if days is not None and days < 0 else None, row["round_number"] > 1)
    return row | {
        "url": f"/suggestions/{row['pk']}/",
        "number": row["printed_number"],
        "is_motion": row["kind"] == Suggestion.Kind.MOTION,
        "light": light,
        "state_label": label,
        "holder": row["holder_name"] or (row["proposer"] if _is_with_deputy(state, due_on) else ""),
        "unit": _and_others(row["unit"], row["units"]),
        "co": _and_others(row["co"], row["cos"]),
        "remaining": _remaining(days),
        "urgency": "" if days is None or days > 2 else "late" if days < 0 else "soon",
        "session": session_label(row["session__term__number"] * 100 + row["session__number"])
        if row["session__number"]
        else "",
    }


def _is_with_deputy(state, due_on):
    """Whether he has to act; a reply whose date runs no more he has rated."""
    return state in {S.DRAFT, S.RETURNED} or (state == S.REPLIED and due_on is not None)


def _light(state, late_rule, is_rework):
    """How a state is shown, in shape and words; `late_rule` is the rule whose day has passed, None while none has."""
    if late_rule is not None:
        return "late", _late_words(late_rule)
    if state == S.IN_HAND and is_rework:
        return LIGHTS[state], _("重新办理")
    return LIGHTS[state], str(S(state).label)


def _late_words(rule):
    """With what a case is late, by the rule whose day has passed."""
    return str(LATE.get(rule, _("已超期")))


def longest_late(cases):
    """Late cases, those that wait longest first, with what a desk and a cockpit show of each."""
    shown = cases.order_by("due_on", "id").annotate(holder_name=_short("holder"))
    return shown.values("pk", "printed_number", "title", "holder_name", "due_on", "due_rule")


def told_late(rows):
    """The same rows in words: who has to act, and with what he is late."""
    return [
        row | {"holder": row["holder_name"] or _("代表"), "situation": _late_words(row["due_rule"])} for row in rows
    ]


def _and_others(name, count):
    if not name or count < 2:
        return name or ""
    return _("%(name)s等 %(count)s") % {"name": name, "count": count}


def _remaining(days):
    if days is None:
        return ""
    if days < 0:
        return _("超 %s 天") % -days
    if days < 2:
        return _("明天") if days else _("今天")
    return _("余 %s 天") % days


def people(row):
    """The lead and how many signed with him: 周德顺等 5 人."""
    if not row["others"] or row["lead"] is None:
        return row["proposer"]
    return _("%(name)s等 %(count)s 人") % {"name": row["proposer"], "count": row["others"] + 1}


def sheet_row(row, columns):
    """One shaped row as the cells of a spreadsheet."""
    cells = {
        "number": row["number"],
        "title": row["title"],
        "proposer": people(row),
        "unit": row["unit"],
        "co": row["co"],
        "state": str(row["state_label"]),
        "holder": row["holder"],
        "due": row["due_on"],
        "remaining": row["remaining"],
        "category": row["category__name"],
        "delegation": row["delegation"],
        "session": row["session"],
        "submitted": row["submitted_on"],
        "assigned": row["assigned_on"],
        "replied": row["replied_on"],
        "result": row["result_class"],
    }
    return [cells[code] for code in columns]
