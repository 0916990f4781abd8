"""The year of receptions as a grid, and arranging them (接待)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from congress.kit.dates import asked_day
from congress.kit.numbers import asked_year, row_numbers
from congress.organs.hats import hats_of
from congress.procedure import once
from congress.procedure.views import add_errors
from liaison.receptions import actions
from liaison.receptions.forms import ReceptionForm, YearForm
from liaison.receptions.planning import mark_of, plan_year
from liaison.receptions.questions import grid
from liaison.stations.models import LiaisonStation, works_at_stations
from liaison.stations.openings import open_days


def stations_kept(user):
    """The stations whose receptions this user arranges."""
    if not works_at_stations(user):
        raise Http404
    return LiaisonStation.objects.at_work_of(user).order_by("position", "pk")


class GridView(TemplateView):
    """Stations by months: a month without a reception is red (每月至少一次)."""

    template_name = "liaison/receptions/grid.html"

    def get_context_data(self, **kwargs):
        user, today = self.request.user, timezone.localdate()
        may_arrange = works_at_stations(user)
        if not (may_arrange or hats_of(user).watches):
            raise Http404
        year = asked_year(self.request.GET.get("year"), default=today.year)
        stations = LiaisonStation.objects.visible_to(user).filter(type__in=LiaisonStation.RECEIVING)
        stations = stations.standing(on=today).select_related("congress")
        rows = grid(stations.order_by("position", "pk"), year=year, on=today)
        return super().get_context_data(
            rows=rows,
            year=year,
            years=[today.year - 1, today.year, today.year + 1],
            months=range(1, 13),
            missing=sum(cell.light == "late" for _station, cells, _held in rows for cell in cells),
            held=sum(held for _station, _cells, held in rows),
            may_arrange=may_arrange,
            **kwargs,
        )


class ArrangeView(FormView):
    """What arranging one and arranging a year have in common."""

    def dispatch(self, request, *args, **kwargs):
        self.stations = stations_kept(request.user)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"stations": self.stations}

    def form_valid(self, form):
        try:
            return self.arrange(form)
        except ValidationError as error:
            add_errors(form, error)
            return self.form_invalid(form)


class YearView(ArrangeView):
    form_class = YearForm
    template_name = "liaison/receptions/year.html"

    def get_initial(self):
        asked = row_numbers([self.request.GET.get("station", "")])
        station = self.stations.filter(pk__in=asked).first() or self.stations.first()
        return {
            "year": timezone.localdate().year,
            "station": station,
            "by_openings": station is not None and station.openings.exists(),
        }

    def post(self, request, *args, **kwargs):
        if "change" in request.POST:  # back from the plan to what was filled in
            return self.render_to_response(self.get_context_data())
        return super().post(request, *args, **kwargs)

    def arrange(self, form):
        """First what would be arranged, month by month; then, after a yes to that very plan, the letters."""
        request, told = self.request, form.told()
        if not request.user.has_perm("stations.change", told["station"]):
            raise Http404
        shown = told.pop("shown")
        if "confirm" not in request.POST:
            return self.show(told)
        try:
            with once.making("year of receptions", form.cleaned_data["request_key"], by=request.user) as sent:
                if not sent.made:
                    made = actions.arrange_year(**told, shown=shown, on=timezone.localdate(), by=request.user)
                    sent.made = told["station"].pk
                    messages.success(request, _("排了 %s 次接待，已通知代表。") % len(made))
        except actions.PlanChanged:
            return self.show(told, has_changed=True)
        return redirect(f"{reverse('receptions:grid')}?year={told['year']}")

    def show(self, told, *, has_changed=False):
        """What was filled in goes along, hidden, with the mark of what it comes to."""
        planned = plan_year(**told, on=timezone.localdate())
        data = self.request.POST.copy()
        data["shown"] = mark_of(planned)
        form = self.form_class(data, stations=self.stations)
        context = self.get_context_data(
            form=form,
            planned=planned,
            count=sum(bool(each.mandates) for each in planned),
            station=told["station"],
            year=told["year"],
            has_changed=has_changed,
        )
        return render(self.request, "liaison/receptions/year_plan.html", context, status=409 if has_changed else 200)


class CreateView(ArrangeView):
    form_class = ReceptionForm
    template_name = "liaison/receptions/create.html"

    def dispatch(self, request, *args, **kwargs):
        """The station stands in the address, so that only its own deputies are offered."""
        self.stations = stations_kept(request.user)
        asked = row_numbers([request.GET.get("station", "")])
        self.station = self.stations.filter(pk__in=asked).first() or self.stations.first()
        if self.station is None:
            return render(request, "liaison/receptions/none.html")
        if not request.user.has_perm("stations.change", self.station):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return FormView.get_form_kwargs(self) | {"station": self.station}

    def get_initial(self):
        """The day may stand in the address: an open day of the station, whose hours come with it."""
        today = timezone.localdate()
        day = asked_day(self.request.GET.get("day")) or today
        found = open_days([self.station], first=day, last=day).get(self.station.pk, ()) if day >= today else ()
        return {"day": day} | ({"starts": found[0].starts, "ends": found[0].ends} if found else {})

    def get_context_data(self, **kwargs):
        return super().get_context_data(station=self.station, stations=self.stations, **kwargs)

    def arrange(self, form):
        reception = actions.arrange(self.station, **form.cleaned_data, on=timezone.localdate(), by=self.request.user)
        messages.success(self.request, _("已排定，已通知代表。"))
        return redirect(reception.get_absolute_url())
