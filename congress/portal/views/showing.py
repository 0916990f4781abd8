"""A deputy shows who he is, himself or by the office on his written word; contact cards (亮身份、联系卡)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View

from congress.kit.addresses import printed
from congress.kit.downloads import pdf_file
from congress.kit.numbers import row_number
from congress.kit.pdf import qr_svg
from congress.organs.hats import hats_of
from congress.organs.views import OfCongress
from congress.portal import actions, papers, questions
from congress.portal.forms import ProfileForm, ShowForm
from congress.portal.models import Profile
from congress.procedure.views import add_errors
from congress.rulebook.book import rules_for
from deputies.roll import actions as roll
from deputies.roll.models import Delegation, Mandate
from deputies.roll.rules import kept_by
from deputies.roll.seats import active_seats_of


def code_address(request, profile):
    """What a deputy's code says."""
    return printed(request, reverse("portal:code", args=[profile.slug]))


class Showing(FormView):
    """The public page of one seat: open or closed, one line, a photo, and its code."""

    mandate = None

    @property
    def profile(self):
        return Profile.objects.filter(mandate=self.mandate).first()

    def get_initial(self):
        profile = self.profile
        return {"introduction": profile.introduction if profile else ""}

    def get_context_data(self, **kwargs):
        profile = self.profile
        shown = profile if profile and profile.is_shown else None
        return super().get_context_data(
            mandate=self.mandate,
            profile=shown,
            qr=qr_svg(code_address(self.request, shown)).decode() if shown else "",
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        if "hide" in request.POST:  # asks for nothing else
            actions.hide(self.mandate, on=timezone.localdate(), by=request.user)
            messages.success(request, self.hidden)
            return redirect(self.address)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        told, by = dict(form.cleaned_data), self.request.user
        photo = told.pop("portrait")
        try:
            actions.show(self.mandate, on=timezone.localdate(), by=by, **told)
        except ValidationError as error:
            add_errors(form, error)
            return self.form_invalid(form)
        if photo:
            roll.show_portrait(self.mandate, photo, by=by)
        messages.success(self.request, self.done)
        return redirect(self.address)


class OwnProfileView(Showing):
    """The deputy's own; who holds several seats shows himself for each."""

    form_class = ProfileForm
    template_name = "congress/portal/profile.html"

    @property
    def done(self):
        return _("已亮身份，群众扫码就能找到您。")

    @property
    def hidden(self):
        return _("公开页已收起，群众暂时不能给您留言。")

    def dispatch(self, request, *args, **kwargs):
        rows = Mandate.objects.filter(pk__in=active_seats_of(request.user)).select_related("deputy", "congress")
        self.seats = list(rows.order_by("congress__level", "pk"))
        asked = row_number(request.GET.get("seat", ""))
        found = [seat for seat in self.seats if seat.pk == asked] if "seat" in request.GET else self.seats
        if not found:
            raise Http404
        self.mandate = found[0]
        return super().dispatch(request, *args, **kwargs)

    @property
    def address(self):
        seat = f"?seat={self.mandate.pk}" if len(self.seats) > 1 else ""
        return f"{reverse('portal:profile')}{seat}"

    def get_context_data(self, **kwargs):
        shown = set(Profile.objects.shown().filter(mandate__in=self.seats).values_list("mandate", flat=True))
        seats = [(seat, seat.pk in shown) for seat in self.seats] if len(self.seats) > 1 else []
        return super().get_context_data(seats=seats, **kwargs)


class ShowView(Showing):
    """The office shows a deputy who agreed in writing: many of them will never do it on a phone."""

    form_class = ShowForm
    template_name = "congress/portal/show.html"

    @property
    def done(self):
        return _("已亮身份。")

    @property
    def hidden(self):
        return _("公开页已收起。")

    def dispatch(self, request, *args, **kwargs):
        rows = Mandate.objects.visible_to(request.user).active().select_related("deputy", "congress", "delegation")
        self.mandate = get_object_or_404(rows, pk=kwargs["pk"])
        if self.mandate.congress_id not in hats_of(request.user).clerk_of:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @property
    def address(self):
        return self.mandate.get_absolute_url()


def on_cards(profiles):
    """With all that a card prints."""
    return profiles.select_related(
        "mandate__deputy__portrait", "mandate__congress", "mandate__constituency", "mandate__delegation"
    )


class CardView(View):
    """The contact card of one deputy as a PDF (代表联系卡), for himself and for the office."""

    def get(self, request, pk):
        mandate = get_object_or_404(Mandate.objects.visible_to(request.user), pk=pk)
        profile = on_cards(Profile.objects.filter(is_shown=True)).filter(mandate=mandate).first()
        if profile is None or not request.user.has_perm("portal.show", profile):
            raise Http404
        content = papers.contact_card(profile, address=code_address(request, profile))
        return pdf_file(content, _("代表联系卡（%s）") % profile.mandate.deputy.name)


class CardsView(OfCongress, TemplateView):
    """How many show who they are, delegation by delegation, and the cards of those who do (亮身份、联系卡)."""

    template_name = "congress/portal/cards.html"
    congresses_of = staticmethod(kept_by)

    def get_context_data(self, **kwargs):
        shown, every = questions.display_rate(self.congress)
        percent = rules_for(self.congress, on=timezone.localdate()).count("identity_display_rate")
        seats = Mandate.objects.filter(congress=self.congress).active()
        rows = seats.order_by().values("delegation").annotate(
            every=Count("pk"), shown=Count("pk", filter=Q(profile__is_shown=True))
        )  # fmt: skip
        counted = {row["delegation"]: row for row in rows}
        delegations = list(Delegation.objects.filter(congress=self.congress, pk__in=[pk for pk in counted if pk]))
        found = [(each, counted[each.pk]) for each in delegations]
        return super().get_context_data(
            rows=found + ([(None, counted[None])] if None in counted else []),
            shown=shown,
            every=every,
            percent=percent,
            share=f"{100 * shown / every:.1f}" if every else "",
            reached=questions.reaches(shown, every, percent=percent),
            **kwargs,
        )

    def post(self, request):
        asked = row_number(request.POST.get("delegation", ""))
        delegation = Delegation.objects.filter(congress=self.congress, pk=asked).first() if asked else None
        if asked and delegation is None:
            raise Http404
        profiles = Profile.objects.shown().filter(mandate__congress=self.congress, mandate__delegation=delegation)
        profiles = list(on_cards(profiles).order_by("mandate__deputy__strokes", "mandate"))
        what = delegation.name if delegation else _("没有编团的代表")
        if not profiles:
            messages.warning(request, _("%s还没有代表亮身份，没有联系卡。") % what)
            return redirect(f"{reverse('portal:cards')}?congress={self.congress.code}")
        addresses = {each.pk: code_address(request, each) for each in profiles}
        content = papers.contact_cards(profiles, addresses=addresses)
        actions.note_cards(self.congress, count=len(profiles), what=what, by=request.user)
        return pdf_file(content, _("代表联系卡（%s）") % what)
