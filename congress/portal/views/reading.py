"""Who are the deputies, where are the stations, what was suggested and answered (公开页)."""

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import cache_control
from django.views.decorators.vary import vary_on_cookie
from django.views.generic import TemplateView, View

from congress.kit.paging import page_of
from congress.kit.views import remember_look
from congress.kit.words import asked_words
from congress.portal import questions
from congress.portal.masking import masked
from congress.portal.models import Profile, Publication
from congress.portal.views.common import OfAddress
from congress.rulebook.book import rules_for
from deputies.roll.models import Delegation, Deputy, Mandate
from deputies.roll.publicity import tell_posts
from liaison.stations.models import LiaisonStation, stations_of
from liaison.stations.openings import closed_ahead, next_openings, tell_openings
from suggestions.promises.figures import keeping_of

SECONDS = 60  # how long a browser or a proxy may keep a public page
PORTRAIT_SECONDS = 3600
AHEAD = 12
DRIVES = 10  # on a page
STORIES = 30  # on a page, so that a column of twenty episodes stands on the page of its deputy
DAYS_AHEAD = 3  # open days on the page of a station
OPEN_AHEAD = 20  # stations among the receptions ahead


@method_decorator([login_not_required, cache_control(public=True, max_age=SECONDS), vary_on_cookie], name="dispatch")
class PublicView(OfAddress, TemplateView):
    """A page without account or form, the same for everybody but for the elder mode."""

    def get_context_data(self, **kwargs):
        if self.congress is None:
            raise Http404
        return super().get_context_data(congress=self.congress, is_public_page=True, **kwargs)


class HomeView(PublicView):
    template_name = "congress/portal/home.html"

    def get_context_data(self, **kwargs):
        congress = self.congress
        return super().get_context_data(
            receptions=questions.receptions_ahead(congress, at=timezone.now())[:5],
            suggestions=questions.published(congress)[:5],
            stations=tell_openings(questions.stations(congress)[:6], at=timezone.localtime()),
            drives=questions.drives(congress).running(on=timezone.localdate())[:2],
            **kwargs,
        )


class DeputyListView(PublicView):
    template_name = "congress/portal/deputies.html"

    def get_context_data(self, **kwargs):
        query = self.request.GET
        words, delegation = asked_words(query.get("q")), query.get("delegation", "")
        shown, every = questions.display_rate(self.congress)
        percent = rules_for(self.congress, on=timezone.localdate()).count("identity_display_rate")
        rows = questions.deputies(self.congress, words=words, delegation=delegation)
        page = page_of(rows, query.get("page"), per_page=30)
        page.object_list = tell_posts(page.object_list)
        return super().get_context_data(
            page_obj=page,
            delegations=Delegation.objects.filter(congress=self.congress),
            congresses=questions.congresses(),
            words=words,
            delegation=delegation,
            shown=shown,
            every=every,
            reached=questions.reaches(shown, every, percent=percent),
            **kwargs,
        )


class DeputyView(PublicView):
    """One deputy: who, for whom, what he did this year, what he suggested, what his voters gave him."""

    template_name = "congress/portal/deputy.html"

    def get_context_data(self, **kwargs):
        seats = Mandate.objects.active().select_related(
            "deputy", "congress", "delegation", "constituency", "term", "profile"
        )
        mandate = get_object_or_404(seats.defer(*Deputy.personal()), pk=self.kwargs["pk"])
        [mandate] = tell_posts([mandate])
        year = timezone.localdate().year
        profile = getattr(mandate, "profile", None)
        told = questions.stories(mandate.congress, deputy=mandate.deputy_id)
        told = page_of(told, self.request.GET.get("page"), per_page=STORIES)
        told.object_list = questions.as_agreed(told.object_list)
        return super().get_context_data(
            mandate=mandate,
            profile=profile if profile and profile.is_shown else None,
            duties=questions.performance(mandate, year=year),
            year=year,
            results=questions.results_of(mandate),
            stations=stations_of(mandate).filter(is_public=True),
            stories=told,
            suggestions=questions.published(mandate.congress).filter(
                suggestion__lead=mandate, suggestion__protects_identity=False
            )[:10],
            **kwargs,
        )


@method_decorator([login_not_required, cache_control(public=True, max_age=PORTRAIT_SECONDS)], name="dispatch")
class PortraitView(View):
    """A deputy's photo: everybody may see it while he is in office (代表法 Art. 58)."""

    def get(self, request, pk):
        seats = Mandate.objects.active().filter(deputy__portrait__isnull=False).select_related("deputy__portrait")
        stored = get_object_or_404(seats, pk=pk).deputy.portrait
        return FileResponse(stored.file.open("rb"), filename=stored.name, content_type=stored.content_type)


class StationListView(PublicView):
    """Stations, homes, studios and contact points in one directory."""

    template_name = "congress/portal/stations.html"

    def get_context_data(self, **kwargs):
        kind = self.request.GET.get("type", "")
        words = asked_words(self.request.GET.get("q"))
        rows = questions.stations(self.congress)
        if kind in LiaisonStation.Type.values:
            rows = rows.filter(type=kind)
        if words:
            rows = rows.filter(name__icontains=words) | rows.filter(address__icontains=words)
        page = page_of(rows, self.request.GET.get("page"), per_page=30)
        page.object_list = tell_openings(page.object_list, at=timezone.localtime())
        return super().get_context_data(
            page_obj=page,
            types=LiaisonStation.Type.choices,
            type=kind,
            words=words,
            **kwargs,
        )


class StationView(PublicView):
    template_name = "congress/portal/station.html"

    def get_context_data(self, **kwargs):
        station = get_object_or_404(
            LiaisonStation.objects.filter(is_public=True).select_related("head__deputy", "congress", "township"),
            slug=self.kwargs["slug"],
        )
        at = timezone.localtime()
        tell_openings([station], at=at)
        return super().get_context_data(
            station=station,
            open_ahead=next_openings([station], at=at, most=DAYS_AHEAD).get(station.pk, ()),
            closed=closed_ahead(station, on=at.date()),
            deputies=tell_posts(questions.found_at(station)[:60]),
            done=questions.done_at(station, year=timezone.localdate().year),
            receptions=questions.receptions_ahead(station.congress, at=timezone.now(), station=station)[:AHEAD],
            **kwargs,
        )


class ReceptionListView(PublicView):
    """Where deputies will be heard next."""

    template_name = "congress/portal/receptions.html"

    def get_context_data(self, **kwargs):
        rows = questions.receptions_ahead(self.congress, at=timezone.now())
        return super().get_context_data(
            page_obj=page_of(rows, self.request.GET.get("page")),
            open_next=questions.open_next(self.congress, at=timezone.localtime())[:OPEN_AHEAD],
            **kwargs,
        )


class SuggestionListView(PublicView):
    template_name = "congress/portal/suggestions.html"

    def get_context_data(self, **kwargs):
        words = asked_words(self.request.GET.get("q"))
        rows = questions.published(self.congress, words=words)
        return super().get_context_data(
            page_obj=page_of(rows, self.request.GET.get("page")),
            words=words,
            congresses=questions.congresses(),
            keeping=(keeping := keeping_of(self.congress, on=timezone.localdate())),
            kept_percent=f"{keeping.all_kept * 100 / keeping.due:.1f}" if keeping.due else "",
            **kwargs,
        )


class DriveListView(PublicView):
    """The published drives, each with its totals (专项行动)."""

    template_name = "congress/portal/drives.html"

    def get_context_data(self, **kwargs):
        page = page_of(questions.drives(self.congress), self.request.GET.get("page"), per_page=DRIVES)
        today = timezone.localdate()
        page.object_list = questions.drives_told(page.object_list, on=today)
        return super().get_context_data(page_obj=page, today=today, **kwargs)


@method_decorator([login_not_required, cache_control(public=True, max_age=SECONDS)], name="dispatch")
class ProofPhotoView(View):
    """A photo of what was done for a promise, once the office has made it public."""

    def get(self, request, pk):
        stored = questions.shown_photo(pk)
        if stored is None:
            raise Http404
        return FileResponse(stored.file.open("rb"), filename=stored.name, content_type=stored.content_type)


class SuggestionView(PublicView):
    """A published suggestion, and its reply once that is published too; numbers of persons are starred out."""

    template_name = "congress/portal/suggestion.html"

    def get_context_data(self, **kwargs):
        checks = Publication.objects.published().filter(part=Publication.Part.TEXT)
        check = get_object_or_404(
            checks.select_related("suggestion__lead__deputy", "suggestion__category", "suggestion__congress"),
            suggestion=self.kwargs["pk"],
        )
        case = check.suggestion
        through = questions.public_through(case)
        return super().get_context_data(
            case=case,
            proposer=check.proposer,
            situation=masked(case.situation),
            analysis=masked(case.analysis),
            asks=[(ask.number, masked(ask.text)) for ask in case.asks.all()],
            answers=questions.answers_of(case, on=timezone.localdate(), through=through),
            shows_reply=through > 0,
            **kwargs,
        )  # fmt: skip


class CodeView(PublicView):
    """A deputy's code on a card: to him while he sits and shows himself, to his station otherwise."""

    def get(self, request, slug):
        profile = get_object_or_404(Profile.objects.select_related("mandate"), slug=slug)
        if profile.is_shown and profile.mandate.state == Mandate.State.ACTIVE:
            return redirect("portal:say_deputy", profile.slug)
        station = stations_of(profile.mandate).filter(is_public=True).first()
        return redirect("portal:say", station.slug) if station else redirect("portal:home")


@login_not_required
def elder(request):
    """The elder switch of the public pages: a plain link, so that these pages carry no form and can be cached."""
    home = reverse("portal:home")
    target = request.GET.get("next", home)
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = home
    return remember_look(HttpResponseRedirect(target), "elder", is_on=request.GET.get("on") == "1")
