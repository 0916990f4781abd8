"""One deputy's seat: the page, its steps, changing it, looking at personal data (代表资格)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import DetailView, FormView

from congress.procedure.models import Entry
from congress.procedure.panels import panels_for
from congress.procedure.views import StepView, add_errors
from congress.procedure.workflow import says
from deputies.roll import actions
from deputies.roll.forms import EndForm, ResumeForm, SeatForm, SuspendForm
from deputies.roll.importing import current_term
from deputies.roll.models import Deputy, Mandate
from deputies.roll.terms import coming_terms
from deputies.roll.views.listing import kept_congress
from deputies.roll.workflow import SEAT


def _timeline(seat):
    return [_line(entry) for entry in Entry.objects.of(seat).select_related("by").order_by("-seq")]


def _line(entry):
    """What happened, and below it the facts that the sentence itself does not tell."""
    sentence = str(says(entry.verb))
    rest = {name: value for name, value in entry.facts.items() if value and f"%({name})s" not in sentence}
    return {
        "on": entry.on,
        "by": entry.by.name,
        "says": sentence % entry.facts,
        "more": "　".join(_words(name, value) for name, value in rest.items()),
    }


def _words(name, value):
    labels = {"ground": _("依据"), "announcement": _("公告"), "late_reason": _("补录说明"), "field": _("查看")}
    if isinstance(value, list):
        before, after = (("、".join(part) if isinstance(part, list) else part) or _("空") for part in value)
        return f"{_label(name)}：{before} → {after}"
    return f"{labels.get(name) or _label(name)}：{value}"


def _label(name):
    if name in actions.PERSON:
        return Deputy._meta.get_field(name).verbose_name
    if name in (*actions.SEAT_FIELDS, "groups"):
        return Mandate._meta.get_field(name).verbose_name
    return name


class MandatePage(DetailView):
    """A deputy as the roll knows him; personal data are masked."""

    template_name = "deputies/roll/mandate.html"
    context_object_name = "seat"
    revealed = None

    def get_queryset(self):
        rows = Mandate.objects.visible_to(self.request.user)
        return rows.select_related("deputy", "delegation", "constituency", "congress", "term")

    def get_context_data(self, **kwargs):
        seat, user = self.object, self.request.user
        may_keep = user.has_perm("roll.keep", seat)
        mine = seat.deputy.user_id == user.pk
        return super().get_context_data(
            may_keep=may_keep,
            shows_private=may_keep or mine,
            private=self.private(seat.deputy),
            steps=SEAT.open_steps(seat, user),
            timeline=_timeline(seat) if may_keep else [],
            groups=seat.groups.all(),
            panels=panels_for("roll.mandate", seat, reader=user),
            **kwargs,
        )

    def private(self, deputy):
        """Personal values as they may be shown: masked, but the one just revealed."""
        masked = {
            "phone": deputy.masked_phone,
            "id_number": deputy.masked_id_number,
            "born": deputy.born[:4] and _("%s年") % deputy.born[:4],
        }
        return [
            {
                "code": code,
                "label": actions.SECRET[code],
                "value": self.revealed[1] if self.revealed and self.revealed[0] == code else value,
                "is_open": bool(self.revealed and self.revealed[0] == code),
            }
            for code, value in masked.items()
        ]


class RevealView(MandatePage):
    """One personal value in full, by POST only; the journal says who looked."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        self.object = self.get_object()
        field = request.POST.get("field")
        if field not in actions.SECRET or not request.user.has_perm("roll.keep", self.object):
            raise Http404
        self.revealed = (field, actions.reveal(self.object, field, by=request.user))
        response = self.render_to_response(self.get_context_data())
        response["Cache-Control"] = "private, no-store"
        return response


class MandateStepView(StepView):
    procedure = SEAT
    queryset = Mandate.objects
    forms_by_step = {"suspend": SuspendForm, "resume": ResumeForm, "end": EndForm}


class SeatFormView(FormView):
    """Common to entering and changing."""

    form_class = SeatForm
    template_name = "deputies/roll/seat_form.html"

    def form_valid(self, form):
        try:
            seat = self.carry_out(form)
        except ValidationError as error:
            add_errors(form, error)
            return self.form_invalid(form)
        if photo := form.cleaned_data["portrait"]:
            actions.show_portrait(seat, photo, by=self.request.user)
        return redirect(seat)


class SeatCreateView(SeatFormView):
    """Enter one deputy by hand (登记代表)."""

    def dispatch(self, request, *args, **kwargs):
        self.congress = kept_congress(request.user, kwargs["code"])
        today = timezone.localdate()
        self.term = current_term(self.congress, on=today)
        self.coming = coming_terms([self.congress], on=today)
        if self.term is None and not self.coming:
            messages.error(request, _("还没有登记届次，请先在设置里登记本届。"))
            return redirect("roll:list")
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"congress": self.congress, "term": self.term, "coming": self.coming}

    def carry_out(self, form):
        seat = actions.enter(
            congress=self.congress,
            term=form.cleaned_data["term"],
            values=form.values(),
            groups=form.cleaned_data["groups"],
            by=self.request.user,
        )
        messages.success(self.request, _("%s已登入名册。") % seat)
        return seat

    def get_context_data(self, **kwargs):
        return super().get_context_data(title=_("登记代表"), congress=self.congress, **kwargs)


class SeatChangeView(SeatFormView):
    """Change what the roll says of one deputy."""

    def dispatch(self, request, *args, **kwargs):
        self.seat = get_object_or_404(Mandate.objects.visible_to(request.user), pk=kwargs["pk"])
        if not request.user.has_perm("roll.keep", self.seat):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        own = {"congress": self.seat.congress, "term": self.seat.term, "seat": self.seat}
        return super().get_form_kwargs() | own

    def carry_out(self, form):
        said = {"values": form.values(), "groups": form.cleaned_data["groups"]}
        actions.change(self.seat, by=self.request.user, shown=self.request.POST.get("shown", ""), **said)
        messages.success(self.request, _("已保存。"))
        return self.seat

    def get_context_data(self, **kwargs):
        title, shown = _("修改%s的资料") % self.seat, self.request.POST.get("shown") or actions.mark_of(self.seat)
        here = {"title": title, "seat": self.seat, "congress": self.seat.congress, "shown": shown}
        return super().get_context_data(**here, **kwargs)
