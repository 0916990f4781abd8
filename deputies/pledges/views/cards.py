"""Target cards: which a congress keeps, how far each deputy or group is, changing one (目标卡)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import DetailView, FormView, TemplateView

from congress.kit.downloads import note_for, sheet_response
from congress.kit.paging import page_of
from congress.organs.hats import hats_of
from congress.organs.models import Congress
from congress.organs.rules import watched_by
from congress.procedure.views import add_errors
from deputies.pledges import actions, counters
from deputies.pledges.contacting import without_secrets
from deputies.pledges.forms import CardForm, TargetForm
from deputies.pledges.models import CardTemplate, Target
from deputies.pledges.presets import BY_CODE, PRESETS
from deputies.pledges.reports import card_table
from deputies.pledges.views.scope import OfFollowed, asked_year
from deputies.roll.importing import current_term
from deputies.roll.models import DeputyGroup, Mandate
from deputies.roll.seats import seats_of


def holders_of(template):
    """Who fills this card: every active deputy of the term, or every group."""
    congress = template.congress
    if template.audience == CardTemplate.Audience.GROUP:
        return DeputyGroup.objects.filter(congress=congress).order_by("position", "pk")
    seats = Mandate.objects.active().filter(congress=congress, term=current_term(congress, on=timezone.localdate()))
    return without_secrets(seats.select_related("delegation"), "deputy").order_by("deputy__strokes", "pk")


def readable_holders(user, template):
    """Whose card of this kind a user opens: everybody's in a congress he follows, else his own and his groups'."""
    if template.congress_id in hats_of(user).watches:
        return holders_of(template)
    if template.audience == CardTemplate.Audience.GROUP:
        return DeputyGroup.objects.filter(congress=template.congress, leader__in=seats_of(user))
    own = Mandate.objects.filter(congress=template.congress, pk__in=seats_of(user))
    return without_secrets(own.select_related("delegation"), "deputy")


def completed(template, *, year):
    """(how many fill this card, how many have completed it)."""
    filled = counters.cards(template, holders_of(template).values_list("pk", flat=True), year=year).values()
    return len(filled), sum(card.is_complete for card in filled)


class CardsView(OfFollowed, TemplateView):
    """The cards of a congress with how many are complete, and the samples it may take over."""

    template_name = "deputies/pledges/cards.html"

    def get_context_data(self, **kwargs):
        templates = (
            CardTemplate.objects.filter(congress=self.congress).select_related("congress").prefetch_related("targets")
        )
        rows = [(template, *completed(template, year=self.year)) for template in templates]
        taken = {template.name for template in templates}
        return super().get_context_data(
            rows=rows,
            samples=[preset for preset in PRESETS if preset.name not in taken],
            may_keep=self.request.user.has_perm("pledges.keep_cards", self.congress),
            **kwargs,
        )


class AdoptView(OfFollowed, View):
    http_method_names = ["post"]

    def post(self, request):
        preset = BY_CODE.get(request.POST.get("preset"))
        if preset is None or not request.user.has_perm("pledges.keep_cards", self.congress):
            raise Http404
        template = actions.adopt(preset, congress=self.congress, by=request.user)
        messages.success(request, _("已启用%s。可以按本级的办法修改。") % template)
        return redirect(template)


class Filled:
    """One card and how far everybody is, for its page and its export."""

    def get_queryset(self):
        rows = CardTemplate.objects.filter(congress__in=watched_by(self.request.user))
        return rows.select_related("congress").prefetch_related("targets")

    def fill(self, template):
        asked = self.request.POST if self.request.method == "POST" else self.request.GET
        self.year = asked_year(asked.get("year"), today=timezone.localdate())
        holders = list(holders_of(template))
        cards = counters.cards(template, holders, year=self.year)
        return [(holder, cards[holder.pk]) for holder in holders]


class CardView(Filled, DetailView):
    template_name = "deputies/pledges/card.html"
    context_object_name = "template"

    def get_context_data(self, **kwargs):
        rows = self.fill(self.object)
        tab = self.request.GET.get("tab")
        complete = [row for row in rows if row[1].is_complete]
        open_ones = [row for row in rows if not row[1].is_complete]
        shown = {"done": complete, "open": open_ones}.get(tab, rows)
        today = timezone.localdate()
        return super().get_context_data(
            tabs=[
                ("", _("全部"), len(rows)),
                ("open", _("未完成"), len(open_ones)),
                ("done", _("已完成"), len(complete)),
            ],
            tab=tab if tab in ("done", "open") else "",
            page_obj=page_of(shown, self.request.GET.get("page")),
            year=self.year,
            years=range(today.year, today.year - 5, -1),
            is_of_groups=self.object.audience == CardTemplate.Audience.GROUP,
            may_keep=self.request.user.has_perm("pledges.keep_cards", self.object),
            **kwargs,
        )


class FilledCardView(DetailView):
    """One card of one deputy or group: behind each number the records that it counts."""

    template_name = "deputies/pledges/filled.html"
    context_object_name = "template"

    def get_queryset(self):
        rows = CardTemplate.objects.visible_to(self.request.user)
        return rows.select_related("congress").prefetch_related("targets")

    def get_context_data(self, **kwargs):
        template, user = self.object, self.request.user
        holder = get_object_or_404(readable_holders(user, template), pk=self.kwargs["holder"])
        today = timezone.localdate()
        year = asked_year(self.request.GET.get("year"), today=today)
        card = counters.cards(template, [holder], year=year)[holder.pk]
        behind = counters.sources(template, holder, year=year)
        return super().get_context_data(
            holder=holder,
            name=getattr(holder, "deputy", holder).name,
            is_of_groups=template.audience == CardTemplate.Audience.GROUP,
            is_followed=template.congress_id in hats_of(user).watches,
            card=card,
            counted=[(counter, behind[counter.target.pk]) for counter in card.counters],
            year=year,
            years=range(today.year, today.year - 5, -1),
            **kwargs,
        )


class CardExportView(Filled, View):
    http_method_names = ["post"]

    def post(self, request, pk):
        template = get_object_or_404(self.get_queryset(), pk=pk)
        columns, rows = card_table(template, self.fill(template))
        title = _("%(year)s年%(card)s完成情况") % {"year": self.year, "card": template}

        def note():
            actions.note_export(template.congress, count=len(rows), what=title, by=request.user)

        return sheet_response(title, columns, rows, note_for(request, len(rows)), note, name=title)


class KeepsCards:
    """Pages that change the cards of a congress."""

    def template_of(self, pk):
        template = get_object_or_404(CardTemplate.objects.visible_to(self.request.user), pk=pk)
        if not self.request.user.has_perm("pledges.keep_cards", template):
            raise Http404
        return template


class CardFormView(KeepsCards, FormView):
    """A new card, or the head of one."""

    template_name = "deputies/pledges/card_form.html"
    form_class = CardForm

    @cached_property
    def template(self):
        if "pk" in self.kwargs:
            return self.template_of(self.kwargs["pk"])
        congress = get_object_or_404(Congress, code=self.kwargs["code"])
        if not self.request.user.has_perm("pledges.keep_cards", congress):
            raise Http404
        return CardTemplate(congress=congress)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.template}

    def form_valid(self, form):
        try:
            template = actions.keep_card(form.save(commit=False), by=self.request.user)
        except ValidationError as refused:
            add_errors(form, refused)
            return self.form_invalid(form)
        return redirect(template)

    def get_context_data(self, **kwargs):
        return super().get_context_data(template=self.template, **kwargs)


class TargetView(KeepsCards, FormView):
    """One counter of a card: written, or taken off."""

    template_name = "deputies/pledges/target.html"
    form_class = TargetForm

    @cached_property
    def target(self):
        template = self.template_of(self.kwargs["pk"])
        if "target" in self.kwargs:
            return get_object_or_404(
                Target.objects.select_related("template"), pk=self.kwargs["target"], template=template
            )
        return Target(template=template)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.target}

    def post(self, request, *args, **kwargs):
        if "remove" in request.POST and self.target.pk:
            actions.remove_target(self.target, by=request.user)
            return redirect(self.target.template)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        try:
            target = actions.keep_target(form.save(commit=False), by=self.request.user)
        except ValidationError as refused:
            add_errors(form, refused)
            return self.form_invalid(form)
        return redirect(target.template)

    def get_context_data(self, **kwargs):
        return super().get_context_data(target=self.target, template=self.target.template, **kwargs)
