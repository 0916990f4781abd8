"""Opinions as a list, as a sheet, and as slips for the bodies that handle them (民情清单、交办单)."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from congress.kit.downloads import document, note_for, sheet_response
from congress.kit.paging import page_of
from congress.organs.hats import hats_of, home_congress_of
from congress.organs.models import Congress, Organ
from deputies.activities.models import Campaign
from liaison.opinions import actions
from liaison.opinions.filters import MARKS, TIERS, VIEWS, Asked, counts_of
from liaison.opinions.forms import TopicForm
from liaison.opinions.models import Opinion
from liaison.opinions.papers import routing_slip
from liaison.opinions.reports import REGISTER, by_organ, by_outcome, by_tier, register_rows, topics
from liaison.opinions.rules import reads_registers
from liaison.stations.models import LiaisonStation, works_at_stations


class Listing:
    """What the list and its export have in common: the opinions that the address asks for."""

    def dispatch(self, request, *args, **kwargs):
        if not reads_registers(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def ask(self, query):
        self.today = timezone.localdate()
        self.asked = Asked.of(query)
        self.seen = Opinion.objects.visible_to(self.request.user)
        self.narrowed = self.asked.narrow(self.seen, on=self.today)


class OpinionListView(Listing, TemplateView):
    """Everybody's register; what stands in it is decided by `visible_to` alone."""

    template_name = "liaison/opinions/list.html"

    def get_context_data(self, *, topic_form=None, picked=(), **kwargs):
        self.ask(self.request.GET)
        counts = counts_of(self.narrowed)
        rows = self.asked.in_view(self.narrowed).select_related("station", "organ").defer("name", "phone")
        user = self.request.user
        hats = hats_of(user)
        may_record = works_at_stations(user)
        works = may_record or bool(hats.watches)
        called = list(Campaign.objects.calling(hats.congresses | hats.watches)) if works else []
        return super().get_context_data(
            page_obj=page_of(rows, self.request.GET.get("page"), count=counts[self.asked.view]),
            tabs=[(label, counts[code], self.asked.address(view=code), code == self.asked.view)
                  for code, (label, _where) in VIEWS.items()],
            asked=self.asked,
            today=self.today,
            stations=LiaisonStation.objects.visible_to(user) if works else (),
            tiers=TIERS,
            marks=[(code, label) for code, (label, _where) in MARKS.items()],
            channels=Opinion.Channel.choices,
            topics=topics(self.seen.open())[:8] if works else (),
            clear_url=f"?view={self.asked.view}",
            may_record=may_record,
            may_gather=bool(hats.clerk_of),
            drives=called,
            open_drives=[each for each in called if each.closed_on is None and each.starts_on <= self.today],
            topic_form=topic_form or TopicForm(),
            picked=picked,
            **kwargs,
        )  # fmt: skip


class OpinionExportView(Listing, View):
    """What the list shows as a workbook, without the residents' names; the journal keeps who took it."""

    def post(self, request):
        self.ask(request.POST)
        rows = list(register_rows(self.asked.in_view(self.narrowed)))
        return sheet_response(
            _("社情民意台账"),
            REGISTER,
            rows,
            note_for(request, len(rows)),
            lambda: actions.note_export(
                home_congress_of(request.user),
                count=len(rows),
                on=self.today,
                by=request.user,
                what=self.asked.address(),
            ),
            name=_("社情民意台账"),
        )


class SlipListView(TemplateView):
    """What each body has been given in a period, one slip each; the counts add up (社情民意交办单)."""

    template_name = "liaison/opinions/slips.html"

    def get_context_data(self, **kwargs):
        if not hats_of(self.request.user).clerk_of:
            raise Http404
        asked = Asked.of(self.request.GET)
        opinions = asked.narrow(Opinion.objects.visible_to(self.request.user), on=timezone.localdate())
        rows = by_organ(opinions)
        return super().get_context_data(
            rows=rows,
            asked=asked,
            total=sum(row["count"] for row in rows),
            tiers=by_tier(opinions),
            outcomes=by_outcome(opinions),
            period=asked.address(view="all", tier="", organ=""),
            **kwargs,
        )


class SlipView(View):
    """One body's slip as a document."""

    def get(self, request, organ):
        hats = hats_of(request.user)
        if not hats.clerk_of:
            raise Http404
        body = get_object_or_404(Organ, pk=organ)
        asked = Asked.of(request.GET)
        today = timezone.localdate()
        opinions = list(
            asked.narrow(Opinion.objects.visible_to(request.user), on=today)
            .filter(organ=body)
            .given()
            .select_related("station", "congress")
            .order_by("heard_on", "id")
        )
        if not opinions:
            raise Http404
        heard = opinions[0].congress
        issuer = heard if heard.pk in hats.clerk_of else Congress.objects.among(hats.clerk_of).first()
        content = routing_slip(body, opinions, congress=issuer, on=today)
        return document(content, f"{_('社情民意交办单')}（{body}）")
