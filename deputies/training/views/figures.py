"""Figures, the rows behind each of them, and hours of every deputy; all of it to take away (统计、学时)."""

from datetime import date
from urllib.parse import urlencode

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View

from congress.kit.dates import asked_day
from congress.kit.downloads import note_for, sheet_response
from congress.kit.numbers import row_number
from congress.kit.paging import page_of
from deputies.activities.models import Activity
from deputies.roll.importing import current_term
from deputies.roll.models import Delegation, Deputy, DeputyGroup, Mandate
from deputies.training import figures, reports
from deputies.training.kinds import Kind
from deputies.training.views.common import Staff, export_noted
from deputies.training.views.planning import gaps_or_none

WHAT = {
    "sessions": gettext_lazy("场次"),
    "times": gettext_lazy("人次"),
    "persons": gettext_lazy("人数"),
    "others": gettext_lazy("联络员和其他人员"),
    "officers": gettext_lazy("联络员"),
    "guests": gettext_lazy("其他人员"),
}


class OfPeriod(Staff):
    """What is asked for: the period, and one channel, kind or month."""

    @cached_property
    def period(self):
        first, last = asked_day(self.query.get("first")), asked_day(self.query.get("last"))
        if first is None and last is None:
            return figures.Period.of_year(self.year)
        first, last = first or date(last.year, 1, 1), last or self.today
        return figures.Period(min(first, last), max(first, last))

    @cached_property
    def narrowed(self):
        """{dimension: value} of the address, as far as it is known."""
        found = {}
        for name in figures.DIMENSIONS:
            value = self.query.get(name)
            if value is None:
                continue
            value = row_number(value) if name == "month" else value
            if value in figures.LABELS[name]:
                found[name] = value
        return found

    def sessions(self):
        return figures.sessions_of(self.congress, self.period, **self.narrowed)

    def pairs(self):
        return {
            "congress": self.congress.code,
            "first": self.period.first.isoformat(),
            "last": self.period.last.isoformat(),
        }


class FiguresView(OfPeriod, TemplateView):
    """Sessions, person-times and persons, by channel, kind, month and group; each figure a door to its rows."""

    template_name = "deputies/training/figures.html"
    door = "figures"

    def get_context_data(self, **kwargs):
        sessions = figures.sessions_of(self.congress, self.period)
        titles = {"channel": _("按培训方式"), "kind": _("按培训类型"), "month": _("按月份")}
        return super().get_context_data(
            period=self.period,
            total=figures.total_of(sessions),
            total_url=self.address(),
            tables=[
                (name, title, [(row, self.address(**{name: row.code})) for row in figures.figures_by(name, sessions)])
                for name, title in titles.items()
            ],
            groups=figures.figures_of_groups(self.congress, sessions, year=self.period.first.year),
            is_whole_year=self.period == figures.Period.of_year(self.period.first.year),
            pairs=self.pairs(),
            **kwargs,
        )

    def address(self, **narrowed):
        return f"{reverse('training:rows')}?{urlencode(self.pairs() | narrowed)}"


class FiguresExportView(OfPeriod, View):
    """The figures as a workbook."""

    def post(self, request):
        sessions = figures.sessions_of(self.congress, self.period)
        rows = list(reports.figure_rows(sessions))
        title = _("%(congress)s代表培训统计（%(first)s 至 %(last)s）") % {
            "congress": self.congress.name, "first": self.period.first, "last": self.period.last,
        }  # fmt: skip
        note = export_noted(request, self.congress, _("培训统计"), len(rows))
        return sheet_response(title, reports.FIGURES, rows, note_for(request, len(rows)), note, name=_("培训统计"))


class RowsView(OfPeriod, TemplateView):
    """The rows behind one figure: sessions, records, persons, or guests; of all, of one group, or of one deputy."""

    template_name = "deputies/training/rows.html"
    door = "figures"

    @cached_property
    def what(self):
        asked = self.query.get("what")
        return "times" if self.seat else asked if asked in WHAT else "sessions"

    @cached_property
    def group(self):
        """The group whose own sessions, or whose members, are asked for."""
        return self._one(DeputyGroup.objects.filter(congress=self.congress), "group")

    @cached_property
    def seat(self):
        """The deputy whose records are asked for."""
        seats = Mandate.objects.visible_to(self.request.user).filter(congress=self.congress)
        return self._one(seats.select_related("deputy"), "seat")

    def _one(self, rows, name):
        asked = row_number(self.query.get(name))
        return get_object_or_404(rows, pk=asked) if asked is not None else None

    def rows(self):
        """The rows, and how they are shown."""
        if self.seat:
            return reports.listed(figures.records_of_deputy([self.seat], self.period))
        sessions = self.sessions()
        if self.what == "sessions":
            held = sessions.filter(groups=self.group) if self.group else sessions
            return held.select_related("lesson__line", "organ").order_by("-starts_at")
        if self.what in {"times", "persons"}:
            records = figures.records_of(sessions, group=self.group)
            return reports.listed(records) if self.what == "times" else figures.persons_of(records)
        which = {"others": Q(), "officers": figures.OFFICERS, "guests": ~figures.OFFICERS}[self.what]
        return figures.guests_of(sessions).filter(which).select_related("activity").order_by("activity", "name")

    def conditions(self):
        found = [str(figures.LABELS[name][value]) for name, value in self.narrowed.items()]
        return [*found, *([self.group.name] if self.group else []), *([self.seat.deputy.name] if self.seat else [])]

    def get_context_data(self, **kwargs):
        of = {"group": self.group and self.group.pk, "seat": self.seat and self.seat.pk}
        named = self.pairs() | self.narrowed | {name: pk for name, pk in of.items() if pk}
        tabs = (
            []
            if self.seat
            else [
                {"label": label, "url": f"?{urlencode(named | {'what': what})}", "is_current": what == self.what}
                for what, label in WHAT.items()
            ]
        )
        return super().get_context_data(
            what=self.what,
            what_label=WHAT[self.what],
            tabs=tabs,
            period=self.period,
            page_obj=page_of(self.rows(), self.request.GET.get("page")),
            conditions=self.conditions(),
            pairs=named | {"what": self.what},
            back=f"{reverse('training:figures')}?{urlencode(self.pairs())}",
            **kwargs,
        )


class RowsExportView(RowsView):
    """The same rows as a workbook."""

    http_method_names = ["post"]

    def post(self, request):
        columns, made = reports.BY_WHAT[self.what]
        rows = [made(row) for row in self.rows()]
        what = str(WHAT[self.what])
        title = _("%(congress)s代表培训：%(what)s") % {"congress": self.congress.name, "what": what}
        note = export_noted(request, self.congress, title, len(rows))
        return sheet_response(title, columns, rows, note_for(request, len(rows)), note, name=_("培训%s") % what)


class HoursView(OfPeriod, TemplateView):
    """The hours of every deputy in a year; those without any first where asked."""

    template_name = "deputies/training/hours.html"
    door = "hours"

    def seats(self):
        term = current_term(self.congress, on=min(self.today, self.period.last))
        seats = Mandate.objects.visible_to(self.request.user).active().filter(congress=self.congress, term=term)
        for name, field in (("delegation", "delegation"), ("group", "groups")):
            if (asked := row_number(self.query.get(name))) is not None:
                seats = seats.filter(**{field: asked})
        seats = figures.with_hours(seats, self.period)
        if self.query.get("none"):
            seats = seats.filter(trainings=0)
        return seats.select_related("deputy", "delegation").order_by("-training_hours", "deputy__strokes", "pk")

    def get_context_data(self, **kwargs):
        seats = self.seats().defer(*Deputy.personal())
        return super().get_context_data(
            page_obj=page_of(seats, self.request.GET.get("page")),
            delegations=Delegation.objects.filter(congress=self.congress),
            groups=DeputyGroup.objects.filter(congress=self.congress),
            query={name: self.query.get(name, "") for name in ("delegation", "group", "none")},
            folded=sum(bool(self.query.get(name)) for name in ("delegation", "group", "none")),
            years=[self.today.year - back for back in range(5)],
            **kwargs,
        )


class HoursExportView(HoursView):
    http_method_names = ["post"]

    def post(self, request):
        rows = [reports.hours_row(seat) for seat in self.seats()]
        title = _("%(congress)s%(year)s年代表学时") % {"congress": self.congress.name, "year": self.year}
        note = export_noted(request, self.congress, title, len(rows))
        return sheet_response(title, reports.HOURS, rows, note_for(request, len(rows)), note, name=_("代表学时"))


class OnboardingView(Staff, TemplateView):
    """New deputies who have not had their training on taking office, the most urgent first."""

    template_name = "deputies/training/onboarding.html"
    door = "onboarding"

    def get_context_data(self, **kwargs):
        gaps = gaps_or_none(self.congress, on=self.today)
        held = Activity.objects.filter(congress=self.congress, lesson__kind=Kind.ONBOARDING)
        return super().get_context_data(
            page_obj=page_of(gaps, self.request.GET.get("page")),
            past=sum(gap.is_past for gap in gaps),
            near=sum(gap.is_near for gap in gaps),
            ahead=held.filter(~Q(state__in=("held", "closed", "cancelled"))).order_by("starts_at"),
            **kwargs,
        )


class OnboardingExportView(Staff, View):
    def post(self, request):
        rows = [reports.gap_row(gap) for gap in gaps_or_none(self.congress, on=self.today)]
        title = _("%s未参加岗前培训的新任代表") % self.congress.name
        note = export_noted(request, self.congress, title, len(rows))
        return sheet_response(title, reports.GAPS, rows, note_for(request, len(rows)), note, name=_("岗前培训"))
