"""The deputy's phone: what waits for him, what is on record of him, and putting down what he did (我的履职)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import FormView, TemplateView

from congress.kit.numbers import shown_versions
from congress.procedure.panels import panels_for
from congress.procedure.views import add_errors
from deputies.duties import actions
from deputies.duties.archive import archive_of
from deputies.duties.forms import ClaimForm
from deputies.duties.models import DutyRecord
from deputies.duties.overview import is_inactive
from deputies.roll.models import DeputyGroup, Mandate
from deputies.roll.seats import active_seats_of, seats_of

S = DutyRecord.State
LATEST = 5


class OfDeputy:
    """A page of whoever holds a seat; of several the highest, or the one that the address names."""

    @cached_property
    def seats(self):
        rows = Mandate.objects.filter(pk__in=seats_of(self.request.user), state__in=Mandate.HELD)
        rows = rows.select_related("congress", "deputy", "delegation", "term", "constituency")
        return list(rows.order_by("congress__level", "congress__position", "-started_on"))

    def dispatch(self, request, *args, **kwargs):
        if not self.seats:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @property
    def seat(self):
        named = [each for each in self.seats if f"{each.pk}" == self.request.GET.get("seat")]
        return (named or self.seats)[0]


class MineView(OfDeputy, TemplateView):
    """The home of 履职 on the phone."""

    template_name = "deputies/duties/mine.html"

    def get_context_data(self, **kwargs):
        today, user, seat = timezone.localdate(), self.request.user, self.seat
        archive = archive_of(seat, year=today.year, on=today)
        own = DutyRecord.objects.filter(mandate__in=[each.pk for each in self.seats])
        open_rows = list(own.filter(state__in=(S.REGISTERED, S.CLAIMED, S.REFUSED, S.OBJECTED)).order_by("held_on"))
        leads = DeputyGroup.objects.filter(leader__in=active_seats_of(user)).exists()
        return super().get_context_data(
            seat=seat,
            seats=self.seats,
            may_act=seat.pk in active_seats_of(user),
            to_confirm=[row for row in open_rows if row.state == S.REGISTERED],
            refused=[row for row in open_rows if row.state == S.REFUSED],
            pending=[row for row in open_rows if row.state in (S.CLAIMED, S.OBJECTED)],
            archive=archive,
            latest=[row for row in reversed(archive.rows) if row.state == S.SETTLED][:LATEST],
            leads=leads,
            to_verify=DutyRecord.objects.verifiable_by(user).count() if leads else 0,
            is_quiet=is_inactive(seat, on=today),
            panels=panels_for("duties.mine", seat, reader=user),
            **kwargs,
        )


class ConfirmView(OfDeputy, View):
    """One row, or all that the page showed, found to be right by one tap."""

    http_method_names = ["post"]

    def post(self, request):
        shown = shown_versions(request.POST.getlist("row"))
        count = actions.confirm(shown, on=timezone.localdate(), by=request.user)
        if count:
            messages.success(request, _("已核对 %s 条。") % count)
        if count < len(shown):
            messages.info(request, _("有的登记刚刚有了变化，请再看一遍。"))
        return redirect("duties:mine")


class ClaimView(OfDeputy, FormView):
    """登记履职: what nobody else could have registered."""

    form_class = ClaimForm
    template_name = "deputies/duties/claim.html"

    @cached_property
    def acting(self):
        return Mandate.objects.filter(pk__in=active_seats_of(self.request.user)).select_related("congress")

    def dispatch(self, request, *args, **kwargs):
        if not active_seats_of(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self):
        kind = self.request.GET.get("kind")
        return {"kind": kind, "seat": self.seat.pk} if kind else {"seat": self.seat.pk}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"seats": self.acting, "today": timezone.localdate()}

    def form_valid(self, form):
        try:
            record = form.carry_out(on=timezone.localdate(), by=self.request.user)
        except ValidationError as error:
            add_errors(form, error)
            return self.form_invalid(form)
        messages.success(self.request, _("已登记，等待核实：%s。") % record.title)
        return redirect(reverse("duties:mine"))

    def get_context_data(self, **kwargs):
        form = kwargs.get("form") or self.get_form()
        asks_again = bool(form.is_bound and form.errors.get("is_another"))
        return super().get_context_data(**kwargs | {"form": form, "asks_again": asks_again})


class CheckView(OfDeputy, TemplateView):
    """The leader of a group checks on his phone what its members put down (组长核实)."""

    template_name = "deputies/duties/check.html"

    @cached_property
    def groups(self):
        return list(DeputyGroup.objects.filter(leader__in=active_seats_of(self.request.user)))

    def get(self, request, *args, **kwargs):
        return super().get(request, *args, **kwargs) if self.groups else redirect("duties:mine")

    def get_context_data(self, **kwargs):
        user, today, groups = self.request.user, timezone.localdate(), self.groups
        rows = DutyRecord.objects.verifiable_by(user).select_related("mandate__deputy").order_by("held_on", "pk")
        members = Mandate.objects.active().filter(groups__in=groups).select_related("deputy").distinct()
        return super().get_context_data(
            groups=groups,
            rows=list(rows[:100]),
            members=_with_counts(members.order_by("deputy__strokes", "pk"), year=today.year),
            **kwargs,
        )


def _with_counts(members, *, year):
    members = list(members)
    rows = DutyRecord.objects.filter(mandate__in=members, held_on__year=year).verified().performed()
    counts = {}
    for mandate_id in rows.order_by().values_list("mandate", flat=True):
        counts[mandate_id] = counts.get(mandate_id, 0) + 1
    for member in members:
        member.done = counts.get(member.pk, 0)
    return members
