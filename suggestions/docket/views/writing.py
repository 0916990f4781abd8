"""The deputy's pages: writing a suggestion, seconding another's, and his own (提)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from congress.files import actions as files
from congress.organs.hats import hats_of
from congress.procedure import once
from congress.procedure.panels import panels_for
from congress.procedure.workflow import StepNotOpen
from deputies.roll.seats import active_seats_of, seats_of
from suggestions.docket import actions
from suggestions.docket.forms.writing import SuggestionForm, leads_of
from suggestions.docket.models import Cosigner, Suggestion
from suggestions.docket.reports import LIGHTS
from suggestions.docket.search import similar

S = Suggestion.State


class Writing:
    """What the page and its autosave have in common: whose draft, by which seat.

    A form sent again, by hand or by itself, waits for the first and goes on with the draft that it made.
    """

    def dispatch(self, request, *args, **kwargs):
        with once.making("draft", request.POST.get("draft_key", ""), by=request.user) as self.sent:
            self.leads  # noqa: B018  who has no seat to write with finds no page, whatever the method
            return super().dispatch(request, *args, **kwargs)

    @cached_property
    def case(self):
        """The draft being written, or None for a new one; another's draft is 404."""
        pk = self.kwargs.get("pk") or self.sent.made
        if pk is None:
            return None
        rows = Suggestion.objects.visible_to(self.request.user).select_related(
            "congress", "lead__deputy", "lead__congress"
        )
        case = rows.filter(pk=pk).first()
        if case is None or not self.request.user.has_perm("docket.edit_suggestion", case):
            raise Http404
        return case

    @cached_property
    def leads(self):
        """The seats with which he may write; once he has asked others to second it, the seat of the draft stays."""
        if self.case is not None and not actions.may_change_seat(self.case):
            return [self.case.lead]
        leads = leads_of(self.request.user)
        if self.case is not None and self.case.lead not in leads:
            return [self.case.lead]
        if not leads:
            raise Http404
        return leads

    def form(self, **kwargs):
        instance = self.case or Suggestion(lead=self.leads[0], congress=self.leads[0].congress)
        return SuggestionForm(
            instance=instance, by=self.request.user, leads=self.leads, today=timezone.localdate(), **kwargs
        )

    def save(self, form):
        with transaction.atomic():
            case = form.carry_out(keep=self.keep)
        self.sent.made = case.pk
        return case

    def keep(self, case, upload):
        return files.store(upload, case=case, congress=case.congress, by=self.request.user)


class WriteView(Writing, View):
    """Write or go on writing; 预览 leads to the step of submission, which shows the whole."""

    template_name = "suggestions/docket/write.html"

    def get(self, request, **kwargs):
        if self.case is not None and self.case.state not in actions.WRITABLE:
            return redirect(self.case)
        return self.show(self.form())

    def post(self, request, **kwargs):
        form = self.form(data=request.POST, files=request.FILES)
        if form.is_valid() and self.case is None and is_blank(form) and not request.FILES:
            if "seat" in request.POST:
                return self.show(form)  # with what the other congress has to choose from
            form.add_error("title", _("还没有写内容。请先写标题和情况。"))
        if not form.is_valid():
            return self.show(form)
        try:
            case = self.save(form)
        except ValidationError as error:
            form.add_error(None, error)
            return self.show(form)
        except StepNotOpen:
            messages.warning(request, _("这件建议已经提交，不能再改。"))
            return redirect(self.case)
        if "preview" in request.POST:
            return redirect("docket:step", pk=case.pk, step="submit")
        messages.success(request, _("草稿已保存。"))
        return redirect("docket:rewrite", pk=case.pk)

    def show(self, form):
        case = form.instance
        near = []
        if case.title:
            near = similar(case.title, congress=case.congress, user=self.request.user, without=case.pk)
        saved = reverse("docket:autosave", args=[case.pk]) if case.pk else reverse("docket:autosave_new")
        cosigners = case.cosigners.select_related("mandate__deputy") if case.pk else ()
        attachments = list(case.attachments.all()) if case.pk else []
        context = {
            "form": form, "case": case, "similar": near, "save_url": saved, "cosigners": cosigners,
            "attachments": attachments, "our_congress": case.congress,
        }  # fmt: skip
        return render(self.request, self.template_name, context, status=422 if form.errors else 200)


def is_blank(form):
    """Whether nothing is written that would be worth a draft."""
    written = form.cleaned_data
    return not (written["title"].strip() or written["situation"].strip() or form.asks())


class AutosaveView(Writing, View):
    """Save what was written so far, while it is written; says when, and under which address from now on."""

    def post(self, request, **kwargs):
        form = self.form(data=request.POST)
        if not form.is_valid():
            return self.refuse(next(iter(form.errors.values()))[0])
        if is_blank(form):
            return JsonResponse({"message": ""})
        try:
            case = self.save(form)
        except StepNotOpen:
            return self.refuse(_("这件建议已经提交，不能再改。"))
        except ValidationError as error:
            return self.refuse(error.messages[0])
        return JsonResponse(
            {
                "message": _("%s 已存") % f"{timezone.localtime():%H:%M}",
                "autosave": reverse("docket:autosave", args=[case.pk]),
                "page": reverse("docket:rewrite", args=[case.pk]),
            }
        )

    def refuse(self, wrong):
        """What was not saved stays in the page, and in the browser."""
        return JsonResponse({"message": _("还没有保存：%s") % wrong, "refused": True})


class DiscardView(Writing, View):
    """Throw a draft away; asked once more before, with what becomes of the words that it was made of."""

    template_name = "suggestions/docket/discard.html"

    def dispatch(self, request, *args, **kwargs):
        if request.method == "POST" and actions.was_discarded(kwargs["pk"], by=request.user):
            return self.gone()
        if self.case.state != S.DRAFT:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, pk):
        panels = panels_for("docket.discard", self.case, reader=request.user)
        context = {"case": self.case, "panels": panels, "our_congress": self.case.congress}
        return render(request, self.template_name, context)

    def post(self, request, pk):
        try:
            actions.discard(self.case, on=timezone.localdate(), by=request.user)
        except StepNotOpen:
            messages.warning(request, _("这件建议已经提交，不能删除；要收回，请在案卷里撤回。"))
            return redirect(self.case)
        messages.success(request, _("草稿已删除。"))
        return self.gone()

    def gone(self):
        return redirect("docket:mine" if hats_of(self.request.user).deputy_in else "docket:list")


class CosignView(View):
    """Read the text and sign, or decline (附议)."""

    template_name = "suggestions/docket/cosign.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        rows = Suggestion.objects.visible_to(request.user).select_related("congress", "lead__deputy")
        self.case = rows.filter(pk=kwargs["pk"]).first()
        asked = Cosigner.objects.filter(suggestion=self.case, mandate__in=active_seats_of(request.user))
        self.cosigner = asked.select_related("mandate__deputy").first() if self.case else None

    def dispatch(self, request, *args, **kwargs):
        if self.cosigner is None:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, pk):
        return self.show()

    def show(self, error="", status=200):
        case = self.case
        context = {
            "case": case,
            "asks": list(case.asks.all()),
            "cosigner": self.cosigner,
            "is_open": case.state in actions.WRITABLE,
            "text_hash": case.text_hash(),
            "error": error,
            "our_congress": case.congress,
        }
        return render(self.request, self.template_name, context, status=status)

    def post(self, request, pk):
        confirms = request.POST.get("answer") == "confirm"
        try:
            actions.answer_invitation(
                self.case,
                mandate=self.cosigner.mandate,
                confirms=confirms,
                on=timezone.localdate(),
                by=request.user,
                read_hash=request.POST.get("text_hash", ""),
            )
        except ValidationError as error:
            return self.show("".join(error.messages), status=409)
        except StepNotOpen:
            return self.show(_("这件建议已经提交，不能再附议。"), status=409)
        messages.success(request, _("已确认附议。") if confirms else _("已回复不附议。"))
        return redirect("docket:mine")


class MineView(TemplateView):
    """What I lead, what I seconded, what waits for my yes."""

    template_name = "suggestions/docket/mine.html"

    def get_context_data(self, **kwargs):
        seats = seats_of(self.request.user)
        if not seats and not hats_of(self.request.user).deputy_in:
            raise Http404
        rows = Suggestion.objects.select_related("holder", "lead__deputy").order_by("-id")
        signed = Cosigner.objects.filter(mandate__in=seats)
        invited = signed.filter(state=Cosigner.State.INVITED, suggestion__state__in=actions.WRITABLE)
        confirmed = signed.filter(state=Cosigner.State.CONFIRMED).values("suggestion")
        return super().get_context_data(
            asked=_lit(rows.filter(pk__in=invited.values("suggestion"))),
            led=_lit(rows.filter(lead__in=seats)),
            seconded=_lit(rows.filter(pk__in=confirmed)),
            may_write=bool(active_seats_of(self.request.user)),
            **kwargs,
        )


def _lit(rows):
    """The cases with the light of their state."""
    cases = list(rows)
    for case in cases:
        case.light = LIGHTS[case.state]
    return cases
