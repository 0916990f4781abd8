"""Putting down what was heard: by the station, by the office, by the deputy on his phone (登记)."""

from django.contrib import messages
from django.db.models import Count, F, Q
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from congress.kit.numbers import row_numbers
from congress.kit.paging import page_of
from congress.procedure import once
from deputies.activities.kinds import Kind
from deputies.roll.models import Mandate
from deputies.roll.seats import active_seats_of, seats_of
from liaison.opinions import actions
from liaison.opinions.forms import NoteForm, RecordForm
from liaison.opinions.models import Opinion, ThemeProposal
from liaison.opinions.views.detail import code_told, to_detail
from liaison.receptions.models import Reception
from liaison.stations.models import LiaisonStation, works_at_stations


class OpinionRecordView(FormView):
    """The reception register, one visitor a page; what was chosen last stays chosen for the next."""

    form_class = RecordForm
    template_name = "liaison/opinions/record.html"

    def dispatch(self, request, *args, **kwargs):
        if not works_at_stations(request.user):
            raise Http404
        self.stations = LiaisonStation.objects.at_work_of(request.user).order_by("position")
        asked = request.GET.get("reception", "")
        seen = Reception.objects.visible_to(request.user).select_related("activity", "station")
        self.reception = seen.filter(pk__in=row_numbers([asked])).first()
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self):
        if self.reception is None:
            return {"channel": Opinion.Channel.PHONE} | self.request.session.get("opinion_last", {})
        is_visit = self.reception.activity.kind == Kind.VISIT
        return {
            "station": self.reception.station_id,
            "channel": Opinion.Channel.VISIT if is_visit else Opinion.Channel.RECEPTION,
            "heard_on": timezone.localdate(self.reception.activity.starts_at),
            "place": self.reception.village,
        }

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"stations": self.stations, "today": timezone.localdate()}

    def get_context_data(self, **kwargs):
        return super().get_context_data(reception=self.reception, **kwargs)

    def form_valid(self, form):
        with once.making("opinion", form.cleaned_data["request_key"], by=self.request.user) as sent:
            if sent.made:
                messages.info(self.request, _("这一份刚才已经登记，没有重复登记。查询码在第一次保存时显示过。"))
                return self.on_from(Opinion.objects.get(pk=sent.made))
            opinion = self.receive(form.told())
            sent.made = opinion.pk
        return self.on_from(opinion)

    def receive(self, told):
        station = told.pop("station")
        channel = told.pop("channel")
        opinion, code = actions.receive(
            congress=station.congress,
            station=station,
            text=told.pop("text"),
            channel=channel,
            on=told.pop("heard_on"),
            by=self.request.user,
            photos=told.pop("photos"),
            reception=self.reception,
            **told,
        )
        self.request.session["opinion_last"] = {"station": station.pk, "channel": channel}
        code_told(self.request, code)
        return opinion

    def on_from(self, opinion):
        """To the next visitor, or to what was put down."""
        if "another" in self.request.POST:
            return redirect(self.request.get_full_path())
        return to_detail(opinion)


class OpinionNoteView(FormView):
    """A deputy notes what he heard; the station of his group takes it on."""

    form_class = NoteForm
    template_name = "liaison/opinions/note.html"

    def dispatch(self, request, *args, **kwargs):
        seats = Mandate.objects.filter(pk__in=active_seats_of(request.user))
        self.mandate = seats.order_by("-term__starts_on", "pk").first()
        if self.mandate is None:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self):
        return {"note": Opinion.Note.PEOPLE}

    def form_valid(self, form):
        with once.making("opinion", form.cleaned_data["request_key"], by=self.request.user) as sent:
            if sent.made is None:
                sent.made = form.carry_out(self.mandate, on=timezone.localdate(), by=self.request.user).pk
        messages.success(self.request, _("已记下，联络站会接着办。"))
        return redirect("opinions:mine")


class OpinionMineView(TemplateView):
    """The deputy's own: what residents say to him, and what he noted (phone); of more than fit, all on a page apart."""

    template_name = "liaison/opinions/mine.html"
    SHOWN = 30

    def get_context_data(self, **kwargs):
        seats = seats_of(self.request.user)
        if not seats:
            raise Http404
        rows = Opinion.objects.select_related("organ", "suggestion").defer("name", "phone")
        own = {"told": rows.filter(addressed_to__in=seats), "noted": rows.filter(noted_by__in=seats)}
        asked = self.request.GET.get("show")
        if asked in own:
            page = page_of(own[asked], self.request.GET.get("page"), per_page=self.SHOWN)
            return super().get_context_data(page_obj=page, show=asked, today=timezone.localdate(), **kwargs)
        return super().get_context_data(
            told=self.first_of(own["told"]),
            proposals=ThemeProposal.objects.visible_to(self.request.user).waiting().count(),
            noted=self.first_of(own["noted"]),
            headed=self.headed(),
            may_note=bool(active_seats_of(self.request.user)),
            today=timezone.localdate(),
            **kwargs,
        )

    def first_of(self, rows):
        return page_of(rows, 1, per_page=self.SHOWN)

    def get_template_names(self):
        return [
            "liaison/opinions/mine_all.html"
            if self.request.GET.get("show") in ("told", "noted")
            else self.template_name
        ]

    def headed(self):
        """[(station that he heads, with how many wait there, and these, the earliest first)]."""
        rows = LiaisonStation.objects.headed_by(self.request.user).order_by("position", "pk")
        stations = list(rows.annotate(waiting=Count("opinions", filter=Q(opinions__state__in=Opinion.OPEN))))
        if not stations:
            return []
        waiting = Opinion.objects.open().filter(station__in=stations).select_related("organ").defer("name", "phone")
        found = {station.pk: [] for station in stations}
        for opinion in waiting.order_by(F("due_on").asc(nulls_last=True), "pk")[: self.SHOWN]:
            found[opinion.station_id].append(opinion)
        return [(station, found[station.pk]) for station in stations]
