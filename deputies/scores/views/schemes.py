"""Schemes and the versions of their rules: reading, writing, trying, adopting (积分办法)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, ListView, TemplateView, View

from congress.organs.models import Term
from congress.procedure.views import StepView, add_errors
from deputies.scores import actions
from deputies.scores.forms import (
    AdoptForm,
    DraftForm,
    ItemForm,
    SchemeChangeForm,
    SchemeForm,
    StopForm,
    VersionForm,
    bands_of,
)
from deputies.scores.models import DeputyKind, Item, Scheme, Version
from deputies.scores.rules import kept_by, read_by
from deputies.scores.simulation import simulate, try_alone
from deputies.scores.views.listing import bars_of
from deputies.scores.workflow import RULES, SCHEME


class SchemesView(ListView):
    """The schemes of the congresses whose scores the reader reads."""

    template_name = "deputies/scores/schemes.html"
    context_object_name = "schemes"

    def get_queryset(self):
        self.congresses = list(read_by(self.request.user))
        if not self.congresses:
            raise Http404
        rows = Scheme.objects.filter(congress__in=self.congresses).select_related("congress")
        return rows.prefetch_related("versions").order_by("congress__position", "subject", "pk")

    def get_context_data(self, **kwargs):
        return super().get_context_data(kept=list(kept_by(self.request.user)), **kwargs)


class SchemeCreateView(FormView):
    """Open a scheme, from a published sample or empty."""

    form_class = SchemeForm
    template_name = "deputies/scores/scheme_form.html"

    @cached_property
    def congress(self):
        return get_object_or_404(kept_by(self.request.user), code=self.kwargs["code"])

    def form_valid(self, form):
        try:
            scheme = actions.create_scheme(
                congress=self.congress, on=timezone.localdate(), by=self.request.user, **form.wanted()
            )
        except ValidationError as error:
            add_errors(form, error)
            return self.form_invalid(form)
        messages.success(self.request, _("已建立，请核对各项分值后施行。"))
        return redirect(scheme.versions.get())

    def get_context_data(self, **kwargs):
        return super().get_context_data(congress=self.congress, **kwargs)


class OfScheme:
    """A page of one scheme; `keeps` those that only its office may open."""

    keeps = True

    @cached_property
    def scheme(self):
        rows = Scheme.objects.filter(congress__in=read_by(self.request.user)).select_related("congress")
        found = get_object_or_404(rows, pk=self.kwargs["pk"])
        if self.keeps and not self.request.user.has_perm("scores.keep", found):
            raise Http404
        return found


class SchemeView(OfScheme, TemplateView):
    """One scheme with its versions and its closed periods."""

    template_name = "deputies/scores/scheme.html"
    keeps = False

    def get_context_data(self, **kwargs):
        versions = list(self.scheme.versions.all())
        return super().get_context_data(
            scheme=self.scheme,
            versions=versions,
            has_draft=any(each.is_draft for each in versions),
            closes=list(self.scheme.closes.all()),
            may_keep=self.request.user.has_perm("scores.keep", self.scheme) and not self.scheme.is_stopped,
            **kwargs,
        )


class SchemeStepView(StepView):
    """Stopping, after the page has said what becomes of the running period."""

    procedure = SCHEME
    queryset = Scheme.objects.select_related("congress")
    forms_by_step = {"stop": StopForm}
    template_name = "deputies/scores/stop.html"


class SchemeChangeView(OfScheme, FormView):
    form_class = SchemeChangeForm
    template_name = "deputies/scores/scheme_change.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.scheme}

    def form_valid(self, form):
        try:
            actions.change_scheme(
                Scheme.objects.get(pk=self.scheme.pk),
                on=timezone.localdate(),
                by=self.request.user,
                **form.cleaned_data,
            )
        except ValidationError as error:
            add_errors(form, error)
            return self.form_invalid(form)
        messages.success(self.request, _("已保存。"))
        return redirect(self.scheme)

    def get_context_data(self, **kwargs):
        return super().get_context_data(scheme=self.scheme, **kwargs)


class DraftView(OfScheme, FormView):
    """Begin a new version: as a copy of the last one, or with the rules of a sample."""

    form_class = DraftForm
    template_name = "deputies/scores/draft.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"subject": self.scheme.subject}

    def form_valid(self, form):
        try:
            version = actions.draft(self.scheme, on=timezone.localdate(), by=self.request.user, **form.wanted())
        except ValidationError as error:
            add_errors(form, error)
            return self.form_invalid(form)
        return redirect(version)

    def get_context_data(self, **kwargs):
        return super().get_context_data(scheme=self.scheme, **kwargs)


class OfVersion:
    """A page of one version; `drafts` those that only the office may open, and only while it is a draft."""

    drafts = True

    @cached_property
    def version(self):
        rows = Version.objects.visible_to(self.request.user).select_related("scheme__congress")
        found = get_object_or_404(rows, pk=self.kwargs["pk"])
        if self.drafts and not (found.is_draft and self.request.user.has_perm("scores.keep", found)):
            raise Http404
        return found

    @property
    def is_of_groups(self):
        return self.version.scheme.subject == Scheme.Subject.GROUP

    def get_context_data(self, **kwargs):
        return super().get_context_data(version=self.version, scheme=self.version.scheme, **kwargs)


class VersionView(OfVersion, TemplateView):
    """The rules themselves: whoever is scored by them may read them."""

    template_name = "deputies/scores/version.html"
    drafts = False

    def get_context_data(self, **kwargs):
        user, version = self.request.user, self.version
        return super().get_context_data(
            items=list(version.items.all()),
            steps=RULES.open_steps(version, user),
            may_keep=user.has_perm("scores.keep", version),
            may_read_scores=user.has_perm("scores.view_list", version),
            kinds=dict(DeputyKind.choices),
            **kwargs,
        )


class VersionWriteView(OfVersion, FormView):
    """Write what a draft says of itself, its bands included."""

    form_class = VersionForm
    template_name = "deputies/scores/version_form.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.version}

    def post(self, request, *args, **kwargs):
        form, bands = self.get_form(), bands_of(self.version, request.POST)
        if form.is_valid() and bands.is_valid():
            values = form.cleaned_data | {"bands": bands.told()}
            actions.write(self.version, values=values, on=timezone.localdate(), by=request.user)
            messages.success(request, _("已保存。"))
            return redirect(self.version)
        return self.render_to_response(self.get_context_data(form=form, bands=bands))

    def get_context_data(self, **kwargs):
        kwargs.setdefault("bands", bands_of(self.version))
        return super().get_context_data(**kwargs)


class ItemView(OfVersion, FormView):
    """Add an item to a draft or write one anew."""

    form_class = ItemForm
    template_name = "deputies/scores/item_form.html"

    @cached_property
    def item(self):
        if "item" in self.kwargs:
            return get_object_or_404(self.version.items, pk=self.kwargs["item"])
        last = self.version.items.last()
        return Item(version=self.version, position=last.position + 1 if last else 1)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.item, "is_of_groups": self.is_of_groups}

    def form_valid(self, form):
        actions.put_item(self.version, form.instance, on=timezone.localdate(), by=self.request.user)
        messages.success(self.request, _("已保存“%s”。") % form.instance.text)
        return redirect(self.version)

    def get_context_data(self, **kwargs):
        return super().get_context_data(item=self.item, **kwargs)


class ItemRemoveView(OfVersion, View):
    def post(self, request, pk, item):
        found = get_object_or_404(self.version.items, pk=item)
        actions.remove_item(found, on=timezone.localdate(), by=request.user)
        messages.success(request, _("已删去“%s”。") % found.text)
        return redirect(self.version)


class DropView(OfVersion, View):
    """Throw a draft away."""

    def post(self, request, pk):
        scheme = self.version.scheme
        actions.drop(self.version, on=timezone.localdate(), by=request.user)
        messages.success(request, _("草稿已删除。"))
        return redirect(scheme if Scheme.objects.filter(pk=scheme.pk).exists() else "scores:schemes")


class VersionStepView(StepView):
    procedure = RULES
    queryset = Version.objects.select_related("scheme__congress")
    forms_by_step = {"adopt": AdoptForm}
    template_name = "deputies/scores/adopt.html"


class SimulateView(OfVersion, TemplateView):
    """A version laid on a year that is over: beside other rules, or alone where there are none (试算)."""

    template_name = "deputies/scores/simulate.html"
    drafts = False
    ALONE = "alone"

    def get_context_data(self, **kwargs):
        version, query = self.version, self.request.GET
        if not self.request.user.has_perm("scores.view_list", version):
            raise Http404
        scheme = version.scheme
        this_year = timezone.localdate().year
        years = [str(this_year - back) for back in range(1, 5)]
        chosen = query.get("year") if query.get("year") in years else years[0]
        others = self.others()
        before = self.beside(others, query.get("with"))
        terms = list(Term.objects.filter(congress=scheme.congress_id))
        result = simulate(before, version, int(chosen), terms=terms) if before else None
        trial = None if before else try_alone(version, int(chosen), terms=terms)
        asks_all = bool(query.get("all"))
        return super().get_context_data(
            years=years, year=chosen, before=before, others=others, result=result, trial=trial,
            shown=(result.moved if asks_all else result.largest) if result else [], asks_all=asks_all,
            bars=bars_of([each.points for each in trial.placed]) if trial else [],
            kinds=dict(DeputyKind.choices), **kwargs,
        )  # fmt: skip

    def others(self):
        """What a version may be set beside: the versions of its scheme, then what is in force in other schemes."""
        scheme = self.version.scheme
        rows = Version.objects.filter(scheme__congress=scheme.congress_id, scheme__subject=scheme.subject)
        rows = rows.exclude(pk=self.version.pk).select_related("scheme__congress").order_by("scheme", "-number")
        own = [each for each in rows if each.scheme_id == scheme.pk]
        beside = [each for each in rows if each.scheme_id != scheme.pk]
        return own + [each for each in beside if not each.is_draft and not each.scheme.is_stopped]

    def beside(self, others, asked):
        if asked == self.ALONE:
            return None
        named = next((each for each in others if f"{each.pk}" == asked), None)
        return named or next((each for each in others if not each.is_draft), None)
