"""A deputy's own score: how it came, what is still missing, where he stands, and how he objects (我的积分)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import DetailView, FormView, TemplateView

from congress.procedure.journal import AlreadyRecorded
from congress.procedure.views import add_errors
from deputies.roll.models import Deputy, Mandate
from deputies.roll.seats import seats_of
from deputies.scores.boards import board
from deputies.scores.forms import ObjectForm
from deputies.scores.models import PeriodClose, Scheme, Standing
from deputies.scores.views.choosing import current
from deputies.scores.views.detail import live_score, standing_score
from deputies.scores.views.listing import bars_of


class MineView(TemplateView):
    """The score of every seat he holds, under every scheme that scores deputies there."""

    template_name = "deputies/scores/mine.html"

    def get_context_data(self, **kwargs):
        seats = seats_of(self.request.user)
        if not seats:
            raise Http404
        rows = Mandate.objects.filter(pk__in=seats, state__in=Mandate.HELD)
        mandates = list(rows.select_related("congress", "deputy").defer(*Deputy.personal()))
        today = timezone.localdate()
        schemes = Scheme.objects.filter(
            congress__in=[each.congress_id for each in mandates], subject=Scheme.Subject.DEPUTY
        )
        scores = [
            score
            for scheme in schemes.select_related("congress")
            for mandate in mandates
            if mandate.congress_id == scheme.congress_id and (score := self.own(scheme, mandate, today))
        ]
        closed = Standing.objects.filter(mandate__in=seats).select_related("close__scheme")
        return super().get_context_data(
            scores=scores, closed=list(closed.order_by("-close__first", "-pk")), today=today, **kwargs
        )

    @staticmethod
    def own(scheme, mandate, today):
        """The running period of one scheme: his lines, and how everybody's points are spread."""
        rules, window = current(scheme, on=today)
        if rules is None:
            return None
        rules.scheme = scheme
        found = live_score(rules, window, mandate, on=today)
        if found["score"] is None:
            return None
        everybody = board(rules, window, on=today)
        mine = found["score"].points
        bars = bars_of([each.points for each in everybody])
        for bar in bars:
            bar["is_mine"] = bar["low"] <= mine < bar["high"]
        lacking = [line for line in found["lines"] if line["missing"] and line["item"].outcome == "done"]
        return found | {
            "scheme": scheme, "rules": rules, "window": window, "bars": bars, "lacking": lacking,
            "count": len(everybody),
        }  # fmt: skip


class StandingView(DetailView):
    """His own score of a closed period, line by line."""

    template_name = "deputies/scores/standing.html"
    context_object_name = "standing"

    def get_queryset(self):
        rows = Standing.objects.filter(mandate__in=seats_of(self.request.user))
        return rows.select_related("close__scheme__congress", "close__rules__scheme__congress", "mandate__deputy")

    def get_context_data(self, **kwargs):
        told = standing_score(self.object)
        is_open = any(each.state == "raised" for each in told["objections"])
        may_object = (
            not is_open
            and timezone.localdate() <= self.object.close.object_until
            and self.request.user.has_perm("scores.object", self.object)
        )
        return super().get_context_data(may_object=may_object, **(told | kwargs))


class ObjectView(FormView):
    """A deputy says what is wrong with his score."""

    form_class = ObjectForm
    template_name = "deputies/scores/object.html"

    @cached_property
    def standing(self):
        rows = Standing.objects.filter(mandate__in=seats_of(self.request.user))
        found = get_object_or_404(
            rows.select_related("close__scheme__congress", "mandate__deputy"), pk=self.kwargs["pk"]
        )
        if not self.request.user.has_perm("scores.object", found):
            raise Http404
        return found

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"standing": self.standing}

    def form_valid(self, form):
        try:
            objection = form.carry_out(by=self.request.user)
        except ValidationError as error:
            add_errors(form, error)
            return self.form_invalid(form)
        except AlreadyRecorded:
            return redirect("scores:standing", self.standing.pk)
        messages.success(self.request, _("已提出，代表工作机构处理后会通知您。"))
        return redirect(objection)

    def get_context_data(self, **kwargs):
        return super().get_context_data(standing=self.standing, **kwargs)


class ShownView(DetailView):
    """A published period as far as its scheme shows it to this deputy (亮分)."""

    template_name = "deputies/scores/shown.html"
    context_object_name = "close"

    def get_queryset(self):
        rows = PeriodClose.objects.visible_to(self.request.user).filter(state=PeriodClose.State.PUBLISHED)
        return rows.select_related("scheme")

    def get_context_data(self, **kwargs):
        close, user = self.object, self.request.user
        is_of_groups = close.scheme.subject == Scheme.Subject.GROUP
        points = list(close.standings.values_list("points", flat=True))
        rows = close.standings.visible_to(user).order_by("rank", "pk")
        if is_of_groups:
            rows = rows.select_related("group")
        else:
            rows = rows.select_related("mandate__deputy", "mandate__delegation").defer(
                *Deputy.personal("mandate__deputy")
            )
        shows_ranking = close.scheme.shown != Scheme.Shown.OWN
        return super().get_context_data(
            rows=list(rows),
            bars=bars_of(points),
            count=len(points),
            shows_ranking=shows_ranking,
            seats=seats_of(user),
            **kwargs,
        )
