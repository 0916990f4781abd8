"""The figures that leaders read, each with its base, and each the very queryset that its list shows (统计)."""

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from congress.kit.remembered import remembered
from congress.rulebook.book import rules_for
from suggestions.appraisals import ratings
from suggestions.appraisals.models import Grade
from suggestions.docket import tallies
from suggestions.docket.models import Answer, Suggestion

S = Suggestion.State
SCHEME_KEPT = 300  # seconds


@dataclass(frozen=True)
class Share:
    """A count beside the base it was taken from."""

    code: str
    label: str
    count: int
    base: int

    @property
    def percent(self):
        """Two decimals, half up, as an official report prints it; empty without a base."""
        return percent(self.count, self.base)

    def as_dict(self):
        return {
            "code": self.code,
            "label": str(self.label),
            "count": self.count,
            "base": self.base,
            "percent": self.percent,
        }


def percent(count, base, places="0.01"):
    """136 of 204 → "66.67"; half up; an empty string where there is no base."""
    if not base:
        return ""
    return str((Decimal(count) * 100 / Decimal(base)).quantize(Decimal(places), ROUND_HALF_UP))


def handled_where(kind=Suggestion.Kind.SUGGESTION):
    """Handed to departments and not withdrawn: the base of everything below."""
    return Q(kind=kind, assigned_on__isnull=False) & ~Q(state=S.WITHDRAWN)


def handled(congress, *, session=None, kind=Suggestion.Kind.SUGGESTION):
    """The handled cases of one congress, of one session or of all."""
    cases = Suggestion.objects.filter(handled_where(kind), congress=congress)
    return cases.filter(session=session) if session else cases


def judged_by_date(cases, *, on):
    """Each case with the date its present round owed a reply, and how it stands to it on that day."""
    return cases.alias(reply_due_on=tallies.reply_due_on()), {
        "on_time": Q(replied_on__lte=F("reply_due_on")),
        "late": Q(replied_on__gt=F("reply_due_on")) | Q(replied_on__isnull=True, reply_due_on__lt=on),
    }


def with_ratings(cases):
    """Each case with what counts in its last surveyed round: whether it was asked, and the two grades."""
    return cases.alias(was_asked=ratings.was_asked(), result=ratings.result(), attitude=ratings.attitude())


@dataclass(frozen=True)
class Figure:
    """One number of the cockpit: what it says, and which cases it counts."""

    code: str
    label: str
    cases: object


def _due(cases, on):
    cases, judged = judged_by_date(cases, on=on)
    return cases.filter(judged["on_time"] | judged["late"])


def _on_time(cases, on):
    cases, judged = judged_by_date(cases, on=on)
    return cases.filter(judged["on_time"])


def _late(cases, on):
    cases, judged = judged_by_date(cases, on=on)
    return cases.filter(judged["late"])


def _replied(cases, on):
    return cases.filter(replied_on__isnull=False)


def _contacted(cases, on):
    return _replied(cases, on).filter(tallies.was_contacted())


def _graded(field, grade):
    return lambda cases, on: with_ratings(cases).filter(**{field: grade})


def overdue_where(on):
    """In the hands of departments, and what somebody has to do there is late: a deputy's rating is not theirs."""
    return Q(state=S.IN_HAND, due_on__lt=on)


def _to_judge(cases, on):
    return cases.filter(ratings.to_judge())


FIGURES = {
    figure.code: figure
    for figure in (
        Figure("assigned", _("交办建议"), lambda cases, on: cases),
        Figure("replied", _("已答复"), _replied),
        Figure("due", _("应答复"), _due),
        Figure("on_time", _("按期答复"), _on_time),
        Figure("late", _("逾期答复或逾期未答复"), _late),
        Figure("overdue", _("已超期"), lambda cases, on: cases.filter(overdue_where(on))),
        Figure("in_hand", _("在办"), lambda cases, on: cases.filter(state=S.IN_HAND)),
        Figure("contacted", _("答复前联系过代表"), _contacted),
        Figure("asked", _("已征询评价"), lambda cases, on: with_ratings(cases).filter(was_asked=True)),
        Figure("answered", _("已评价"), lambda cases, on: with_ratings(cases).filter(result__isnull=False)),
        Figure("rework", _("重新办理"), lambda cases, on: cases.filter(round_number__gt=1)),
        Figure("to_judge", _("待研判"), _to_judge),
        *(Figure(f"result_{grade}", _("结果%s") % grade.label, _graded("result", grade)) for grade in Grade),
        *(Figure(f"attitude_{grade}", _("态度%s") % grade.label, _graded("attitude", grade)) for grade in Grade),
    )
}


def counts(congress, *, session=None, on, codes=None):
    """{figure: how many cases}; the same querysets as the lists, in one statement."""
    codes = list(codes or FIGURES)
    cases = handled(congress, session=session)
    return cases.aggregate(
        **{code: Count("pk", filter=Q(pk__in=FIGURES[code].cases(cases, on).values("pk"))) for code in codes}
    )


def result_classes(congress, *, session=None, on):
    """How the replied cases of the scope ended by class of the scheme in force."""
    cases = _replied(handled(congress, session=session), on)
    found = dict(cases.values_list("result_class").annotate(number=Count("pk")).order_by())
    base = sum(found.values())
    scheme = rules_for(congress, on=on).items("result_scheme")
    return [Share(each["code"], each["label"], found.get(each["code"], 0), base) for each in scheme]


def grades(congress, field, *, session=None, on):
    """The three grades of `result` or `attitude`, over the answers received; silence is in no base."""
    cases = with_ratings(handled(congress, session=session)).filter(**{f"{field}__isnull": False})
    found = dict(cases.annotate(grade=F(field)).values_list("grade").annotate(number=Count("pk")).order_by())
    base = sum(found.values())
    return [Share(grade.value, grade.label, found.get(grade.value, 0), base) for grade in Grade]


@remembered(SCHEME_KEPT)
def open_ended(congress, on):
    """The result classes with which something is left to do; kept a while, for the schemes seldom change."""
    scheme = rules_for(congress, on=on).items("result_scheme")
    return tuple(each["code"] for each in scheme if each["creates_promise"] or each["needs_reason"])


def solved_asks(congress, *, session=None, on):
    """Asks answered as done, of all asks answered in the present rounds (诉求落实): asks are counted, not letters."""
    answers = Answer.objects.filter(
        reply__sent_on__isnull=False,
        reply__assignment__round__suggestion__in=handled(congress, session=session),
        reply__assignment__round__number=F("reply__assignment__round__suggestion__round_number"),
    )
    total = answers.aggregate(base=Count("pk"), done=Count("pk", filter=~Q(result_class__in=open_ended(congress, on))))
    return solved(total["done"], total["base"])


def solved(done, base):
    return Share("solved", _("诉求落实率"), done, base)


COUNTED = ("assigned", "replied", "due", "on_time", "overdue", "answered", "satisfied")


@dataclass(frozen=True)
class Row:
    """One department or category in a table of the cockpit."""

    pk: int
    name: str
    assigned: int
    replied: int
    due: int
    on_time: int
    overdue: int
    answered: int
    satisfied: int

    @property
    def on_time_percent(self):
        return percent(self.on_time, self.due, "0.1")

    @property
    def satisfied_percent(self):
        return percent(self.satisfied, self.answered, "0.1")


def tables(congress, *, session=None, on):
    """(the cases by the department that leads them, the cases by category), each with most first, in one statement."""
    cases = handled(congress, session=session).annotate(
        organ=tallies.leading_share("organ"), organ_name=tallies.leading_share("organ__short_name")
    )
    cells = _counted(cases, "organ", "organ_name", "category", "category__name", on=on)
    return _summed(cells, "organ", "organ_name"), _summed(cells, "category", "category__name")


def by_department(congress, *, session=None, on):
    departments, _categories = tables(congress, session=session, on=on)
    return departments


def _counted(cases, *groups, on):
    cases, judged = judged_by_date(with_ratings(cases), on=on)
    return list(
        cases.values(*groups)
        .annotate(
            assigned=Count("pk"),
            replied=Count("pk", filter=Q(replied_on__isnull=False)),
            due=Count("pk", filter=judged["on_time"] | judged["late"]),
            on_time=Count("pk", filter=judged["on_time"]),
            overdue=Count("pk", filter=overdue_where(on)),
            answered=Count("pk", filter=Q(result__isnull=False)),
            satisfied=Count("pk", filter=Q(result=Grade.SATISFIED)),
        )
        .order_by()
    )


def _summed(cells, key, name):
    """One row for each department or category; a case without one is in no row."""
    rows = {}
    for cell in cells:
        if cell[key] is not None:
            row = rows.setdefault(cell[key], Row(cell[key], cell[name], **dict.fromkeys(COUNTED, 0)))
            rows[cell[key]] = replace(row, **{each: getattr(row, each) + cell[each] for each in COUNTED})
    return sorted(rows.values(), key=lambda row: (-row.assigned, row.pk))


def handling_report(congress, session, *, on):
    """The yearly report on handling (domain N09): suggestions by class and rating, motions apart."""
    classes = result_classes(congress, session=session, on=on)
    number = counts(congress, session=session, on=on, codes=["assigned", "asked", "answered"])
    return {
        "congress": congress.code,
        "session": str(session),
        "total": number["assigned"],
        "motions": handled(congress, session=session, kind=Suggestion.Kind.MOTION).count(),
        "by_class": [share.as_dict() for share in classes],
        "satisfaction": [share.as_dict() for share in grades(congress, "result", session=session, on=on)],
        "attitude": [share.as_dict() for share in grades(congress, "attitude", session=session, on=on)],
        "response": {
            "asked": number["asked"],
            "answered": number["answered"],
            "percent": percent(number["answered"], number["asked"]),
        },
        "by_department": [
            {
                "department": row.name,
                "assigned": row.assigned,
                "replied": row.replied,
                "due": row.due,
                "on_time": row.on_time,
                "on_time_percent": percent(row.on_time, row.due),
                "overdue": row.overdue,
            }
            for row in by_department(congress, session=session, on=on)
        ],
    }
