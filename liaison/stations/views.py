"""Stations for those who keep them: the directory, one station, its checklist, its board and its code (联络站)."""

from itertools import groupby

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, OuterRef, Q, Subquery
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View

from congress.kit.addresses import printed
from congress.kit.downloads import pdf_file
from congress.kit.numbers import row_numbers
from congress.kit.paging import page_of
from congress.organs.hats import hats_of
from congress.organs.models import Congress, Membership
from congress.organs.roles import Role
from congress.procedure.panels import panels_for
from congress.procedure.telling import history
from congress.procedure.views import add_errors
from deputies.activities.kinds import RECEIVING, Kind
from deputies.activities.models import Activity
from liaison.stations import actions, papers
from liaison.stations.forms import GradingForm, OpeningsForm, StationForm
from liaison.stations.models import Grading, LiaisonStation, deputies_at, heads_a_station
from liaison.stations.openings import closed_ahead, tell_openings
from liaison.stations.rules import founds_in
from liaison.stations.standard import gaps_of, grade_of, points_of, standard


class StationListView(TemplateView):
    """All stations that the reader keeps or oversees, whatever their type."""

    template_name = "liaison/stations/list.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        hats = hats_of(user)
        if not (hats.watches or hats.stations or heads_a_station(user)):
            raise Http404
        query = self.request.GET
        kind, township = query.get("type", ""), query.get("township", "")
        seen = LiaisonStation.objects.visible_to(user)
        counted = dict(seen.order_by().values_list("type").annotate(Count("pk")))
        last = Grading.objects.filter(station=OuterRef("pk")).order_by("-on")
        rows = seen.select_related("head__deputy", "township").prefetch_related("hostings__group__leader__deputy")
        if kind in LiaisonStation.Type.values:
            rows = rows.filter(type=kind)
        if asked := row_numbers([township]):
            rows = rows.filter(township=asked[0])
        rows = rows.annotate(
            points=Subquery(last.values("points")[:1]), grade_code=Subquery(last.values("grade")[:1])
        ).order_by("position", "pk")
        page = page_of(rows, query.get("page"), per_page=50)
        page.object_list = [
            (station, station.points is not None and grade_of(station.points).label, _leader_elsewhere(station))
            for station in tell_openings(page.object_list, at=timezone.localtime())
        ]
        return super().get_context_data(
            page_obj=page,
            counts=[(code, label, counted[code]) for code, label in LiaisonStation.Type.choices if counted.get(code)],
            every=sum(counted.values()),
            types=LiaisonStation.Type.choices,
            type=kind,
            township=township,
            townships=Congress.objects.filter(pk__in=seen.values("township")),
            may_found=bool(hats.clerk_of),
            **kwargs,
        )


def _leader_elsewhere(station):
    """The leader of a group at home here who is not the head: after a change of leader somebody must decide."""
    leaders = [hosting.group.leader for hosting in station.hostings.all() if hosting.group.leader_id]
    if not leaders or station.head_id in {leader.pk for leader in leaders}:
        return None
    return leaders[0]


class OfStation:
    """A page of one station that the reader may see."""

    @cached_property
    def station(self):
        rows = LiaisonStation.objects.visible_to(self.request.user).select_related(
            "head__deputy", "township", "congress"
        )
        found = rows.filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        return found

    def allow(self, perm):
        if not self.request.user.has_perm(perm, self.station):
            raise Http404


class StationDetailView(OfStation, TemplateView):
    template_name = "liaison/stations/detail.html"

    def get_context_data(self, **kwargs):
        station, user = self.station, self.request.user
        tell_openings([station], at=timezone.localtime())
        year = timezone.localdate().year
        held = Activity.objects.filter(organ=station, starts_at__year=year)
        grading = station.gradings.select_related("by").first()
        return super().get_context_data(
            station=station,
            hostings=station.hostings.select_related("group__leader__deputy"),
            keepers=Membership.objects.filter(organ=station, role=Role.STATION_KEEPER)
            .in_force(on=timezone.localdate())
            .select_related("user"),
            deputies=deputies_at([station]).select_related("deputy", "constituency"),
            figures=held.filter(state__in=["held", "closed"]).aggregate(
                received=Count("pk", filter=Q(kind__in=RECEIVING)),
                visits=Count("pk", filter=Q(kind=Kind.VISIT)),
                activities=Count("pk"),
            ),
            year=year,
            activities=held.order_by("-starts_at")[:8],
            leader=_leader_elsewhere(station),
            grading=grading,
            closed=closed_ahead(station, on=timezone.localdate()),
            gaps=gaps_of(grading.ticked) if grading else (),
            panels=panels_for("stations.detail", station, reader=user),
            history=history(station)[:12],
            may_change=user.has_perm("stations.change", station),
            reads_roll=user.has_perm("roll.view_mandate", station),
            may_grade=user.has_perm("stations.grade", station),
            **kwargs,
        )


class StationFormView(FormView):
    """Set a station up, or change what is said of it."""

    form_class = StationForm
    template_name = "liaison/stations/form.html"
    station = None

    def dispatch(self, request, *args, **kwargs):
        if "pk" in kwargs:
            page = OfStation()
            page.request, page.kwargs = request, kwargs
            page.allow("stations.change")
            self.station = page.station
            self.congress = page.station.congress
        else:
            self.congress = founds_in(request.user).first()
            if self.congress is None:
                raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.station, "congress": self.congress}

    def get_context_data(self, **kwargs):
        return super().get_context_data(station=self.station, **kwargs)

    def form_valid(self, form):
        told = {"groups": list(form.cleaned_data["groups"]), "on": timezone.localdate(), "by": self.request.user}
        try:
            if self.station is None:
                station = actions.found(self.congress, **told, **form.own())
            else:
                station = actions.change(self.station, **told, **form.own())
        except ValidationError as error:
            add_errors(form, error)
            return self.form_invalid(form)
        messages.success(self.request, _("已保存。"))
        return redirect(station.get_absolute_url())


class StationOpeningView(OfStation, FormView):
    """Say when a station stands open (开放安排)."""

    form_class = OpeningsForm
    template_name = "liaison/stations/opening.html"

    def dispatch(self, request, *args, **kwargs):
        self.allow("stations.change")
        return super().dispatch(request, *args, **kwargs)

    def get_form(self, form_class=None):
        return OpeningsForm(self.request.POST or None, station=self.station, today=timezone.localdate())

    def get_context_data(self, **kwargs):
        return super().get_context_data(station=self.station, **kwargs)

    def form_valid(self, form):
        try:
            actions.set_openings(self.station, on=timezone.localdate(), by=self.request.user, **form.own())
        except ValidationError as error:
            add_errors(form, error)
            return self.form_invalid(form)
        messages.success(self.request, _("开放安排已保存。"))
        return redirect(self.station.get_absolute_url())


class StationGradeView(OfStation, FormView):
    """Tick the standard checklist; the grade follows."""

    form_class = GradingForm
    template_name = "liaison/stations/grade.html"

    def dispatch(self, request, *args, **kwargs):
        self.allow("stations.grade")
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self):
        last = self.station.gradings.first()
        return {"ticked": last.ticked if last else []}

    def get_context_data(self, **kwargs):
        form = kwargs.get("form") or self.get_form()
        ticked = form["ticked"].value() or []
        items, grades = standard()
        return super().get_context_data(
            station=self.station,
            groups=[
                (name, [(item, item.code in ticked) for item in group])
                for name, group in groupby(items, key=lambda item: item.group)
            ],
            grades=grades,
            points=points_of(ticked),
            **kwargs,
        )

    def form_valid(self, form):
        found = actions.grade(self.station, on=timezone.localdate(), by=self.request.user, **form.cleaned_data)
        messages.success(
            self.request, _("得分 %(points)s，%(grade)s。") % {"points": found.points, "grade": found.label}
        )
        return redirect(self.station.get_absolute_url())


class Printed(OfStation, View):
    """What carries the code of a station; of one that is not public it would lead nowhere."""

    def dispatch(self, request, *args, **kwargs):
        if not self.station.is_public:
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class StationBoardView(Printed):
    """The board on the wall, A3 (上墙公示栏)."""

    def get(self, request, pk):
        content = papers.wall_board(self.station, address=say_address(request, self.station), at=timezone.now())
        return pdf_file(content, _("公示栏（%s）") % self.station)


class StationPosterView(Printed):
    """The code for the door, A4 (站码)."""

    def get(self, request, pk):
        content = papers.door_code(self.station, address=say_address(request, self.station))
        return pdf_file(content, _("站码（%s）") % self.station)


def say_address(request, station):
    """What a station's code says; the public page stands a floor above, so only its address is known here."""
    return printed(request, reverse("portal:say", args=[station.slug]))
