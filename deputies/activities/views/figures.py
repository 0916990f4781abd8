"""Statistics of activities, the groups quarter by quarter, and absences from sessions (统计)."""

from datetime import date
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View

from congress.kit.downloads import note_for, sheet_response
from congress.kit.numbers import asked_year
from congress.kit.paging import page_of
from congress.kit.periods import quarter_days
from congress.organs.hats import hats_of
from congress.organs.rules import watched_by
from congress.organs.views import OfCongress
from congress.rulebook.book import rules_for
from deputies.activities import actions
from deputies.activities.audience import by_turn
from deputies.activities.figures import (
    by_kind,
    by_statute,
    distinct_by_family,
    group_quarters,
    marks_between,
    opinions_between,
    persons_of,
    unapproved_absences,
)
from deputies.activities.filters import FAMILIES
from deputies.activities.kinds import Kind
from deputies.activities.models import Activity
from deputies.activities.reports import BY_WHAT, FIGURES, figure_rows
from deputies.roll.importing import current_term

QUARTER_WORDS = {
    "done": gettext_lazy("已完成"),
    "late": gettext_lazy("未完成"),
    "wait": gettext_lazy("将到期"),
    "run": gettext_lazy("进行中"),
    "draft": gettext_lazy("未开始"),
}
TURNS_SHOWN = 10
WHAT = {
    "present": gettext_lazy("出席人次"),
    "called": gettext_lazy("应到人次"),
    "leave": gettext_lazy("请假人次"),
    "absent": gettext_lazy("缺席人次"),
    "persons": gettext_lazy("参加人数"),
    "opinions": gettext_lazy("意见"),
    "solved": gettext_lazy("已解决的意见"),
}


class OfPeriod(OfCongress):
    """A page of one congress, of one year or one quarter of it."""

    congresses_of = staticmethod(watched_by)

    @cached_property
    def year(self):
        return asked_year(self.query.get("year", ""), default=self.today.year)

    @cached_property
    def quarter(self):
        """1 to 4; 0 is the whole year."""
        return int(self.query["quarter"]) if self.query.get("quarter") in {"1", "2", "3", "4"} else 0

    @cached_property
    def days(self):
        """Its first and its last day."""
        year = date(self.year, 1, 1), date(self.year, 12, 31)
        return quarter_days(self.year, self.quarter) if self.quarter else year

    @property
    def first(self):
        return self.days[0]

    @property
    def last(self):
        return self.days[1]

    def pairs(self):
        """The conditions as an address carries them on."""
        found = {"congress": self.congress.code, "year": self.year}
        return found | ({"quarter": self.quarter} if self.quarter else {})

    def get_context_data(self, **kwargs):
        return super().get_context_data(year=self.year, quarter=self.quarter, **kwargs)


class FiguresView(OfPeriod, TemplateView):
    """Sessions, person-times and distinct deputies by kind; each number leads to its activities."""

    template_name = "deputies/activities/figures.html"

    def get_context_data(self, **kwargs):
        found = by_kind(self.congress, self.first, self.last)
        total = found.pop("all")
        persons = distinct_by_family(self.congress, self.first, self.last)
        first_year = Activity.objects.filter(congress=self.congress).order_by("starts_at").first()
        oldest = timezone.localdate(first_year.starts_at).year if first_year else self.today.year
        term = current_term(self.congress, on=self.today)
        return super().get_context_data(
            rows=[
                {"label": Kind(kind).label, "figures": each, "doors": self.doors(kind=kind)}
                for kind, each in found.items()
            ],
            total=total,
            behind=self.doors(),
            families=[
                {"label": label, "count": persons[code], "url": self.doors(family=code)["persons"]}
                for code, (label, _kinds) in FAMILIES.items()
            ],
            statutes=[
                {"name": name, "count": count, "url": self.door("held", statute=name)}
                for name, count in by_statute(self.congress, self.first, self.last)
            ],
            lists_absences=self.congress.pk in hats_of(self.request.user).clerk_of,
            years=range(max(self.today.year, self.year), min(oldest, self.year) - 1, -1),
            grid=self.grid(),
            goal=rules_for(self.congress, on=self.today).count("group_activities_quarter"),
            turns=list(by_turn(self.congress, term)[:TURNS_SHOWN]) if term else [],
            **kwargs,
        )

    def doors(self, **narrowed):
        """{figure: where exactly the rows that it counts are listed}."""
        asked = self.pairs() | narrowed
        rows = {what: f"{reverse('activities:rows')}?{urlencode(asked | {'what': what})}" for what in WHAT}
        return rows | {"planned": self.door("planned", **narrowed), "sessions": self.door("held", **narrowed)}

    def door(self, view, **conditions):
        days = {"view": view, "congress": self.congress.code, "from": self.first, "to": self.last}
        return f"{reverse('activities:list')}?{urlencode(days | conditions)}"

    def grid(self):
        """The groups with a word, a colour and a door for each quarter."""
        rows = []
        for group, quarters in group_quarters(self.congress, self.year, on=self.today):
            cells = []
            for each in quarters:
                days = {"view": "held", "group": group.pk, "from": each.first, "to": each.last}
                url = f"{reverse('activities:list')}?{urlencode(days)}"
                cells.append({"quarter": each, "word": QUARTER_WORDS[each.light], "url": url})
            year = {"view": "held", "group": group.pk, "from": date(self.year, 1, 1), "to": date(self.year, 12, 31)}
            url = f"{reverse('activities:list')}?{urlencode(year)}"
            rows.append({"group": group, "cells": cells, "sum": sum(each.count for each in quarters), "url": url})
        return rows


class FiguresExportView(OfPeriod, View):
    """The same table as a workbook."""

    http_method_names = ["post"]

    def post(self, request):
        rows = list(figure_rows(by_kind(self.congress, self.first, self.last)))
        period = f"{self.first:%Y-%m-%d}—{self.last:%Y-%m-%d}"
        title = _("%(congress)s代表活动统计（%(period)s）") % {"congress": self.congress.name, "period": period}

        def journalled():
            actions.note_export(self.congress, count=len(rows), what=period, by=request.user)

        return sheet_response(title, FIGURES, rows, note_for(request, len(rows)), journalled, name=_("代表活动统计"))


class RowsView(OfPeriod, TemplateView):
    """What stands behind one figure: marks of an attendance list, deputies, or what they raised."""

    template_name = "deputies/activities/rows.html"

    @cached_property
    def what(self):
        return self.query.get("what") if self.query.get("what") in WHAT else "present"

    @cached_property
    def condition(self):
        """(its words, the kinds that it means, its part of the address) of one kind or one family; or of all."""
        kind, family = self.query.get("kind"), self.query.get("family")
        if kind in Kind.values:
            return Kind(kind).label, [kind], {"kind": kind}
        if family in FAMILIES:
            return *FAMILIES[family], {"family": family}
        return "", Kind.values, {}

    def rows(self):
        _words, kinds, _pair = self.condition
        asked = {"first": self.first, "last": self.last, "kinds": kinds}
        if self.what in {"opinions", "solved"}:
            said = opinions_between(self.congress, **asked).select_related("activity", "organ", "mandate__deputy")
            return (said.filter(is_solved=True) if self.what == "solved" else said).order_by(
                "activity__starts_at", "pk"
            )
        marks = marks_between(self.congress, **asked)
        if self.what == "persons":
            return persons_of(marks)
        if self.what != "called":
            marks = marks.filter(outcome=self.what)
        marks = marks.select_related("activity", "mandate__deputy", "mandate__delegation")
        return marks.order_by("-activity__starts_at", "activity", "mandate__deputy__strokes", "pk")

    def get_context_data(self, **kwargs):
        condition, _kinds, narrowed = self.condition
        named = self.pairs() | narrowed
        return super().get_context_data(
            what=self.what,
            what_label=WHAT[self.what],
            condition=condition,
            tabs=[
                {"label": label, "url": f"?{urlencode(named | {'what': what})}", "is_current": what == self.what}
                for what, label in WHAT.items()
            ],
            page_obj=page_of(self.rows(), self.request.GET.get("page")),
            named=named | {"what": self.what},
            back=f"{reverse('activities:figures')}?{urlencode(self.pairs())}",
            **kwargs,
        )


class RowsExportView(RowsView):
    """The same rows as a workbook."""

    http_method_names = ["post"]

    def post(self, request):
        columns, made = BY_WHAT[self.what]
        rows = [made(row) for row in self.rows()]
        what = WHAT[self.what]
        title = _("%(congress)s代表活动：%(what)s") % {"congress": self.congress.name, "what": what}

        def journalled():
            actions.note_export(self.congress, count=len(rows), what=title, by=request.user)

        return sheet_response(title, columns, rows, note_for(request, len(rows)), journalled, name=_("活动%s") % what)


class AbsencesView(OfPeriod, TemplateView):
    """Who missed sessions without approval: a list for the office, from which nothing follows by itself."""

    template_name = "deputies/activities/absences.html"

    def dispatch(self, request, *args, **kwargs):
        if not hats_of(request.user).clerk_of:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        rule = rules_for(self.congress, on=self.today).rule("unapproved_absences")
        term = current_term(self.congress, on=self.today)
        found = unapproved_absences(self.congress, term, least=1) if term else []
        return super().get_context_data(
            term=term,
            rule=rule,
            grounds=[each for each in found if each.count >= rule.value],
            once=[each for each in found if each.count < rule.value],
            **kwargs,
        )
