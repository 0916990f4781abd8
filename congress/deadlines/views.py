"""Why a date is that date; and changes of rules or calendar, with a look at what they move first."""

import datetime as dt

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView

from congress.deadlines import moving
from congress.deadlines.models import Clock, ClockMove
from congress.deadlines.rules import cases_of, visible_to
from congress.kit.dates import said_short
from congress.organs.hats import hats_of
from congress.rulebook.book import Book
from congress.rulebook.codes import CODES
from congress.rulebook.explanation import explain, in_words
from congress.rulebook.forms import ChoiceForm, DayForm, DropForm, ImportForm, OverrideForm, YearForm
from congress.rulebook.models import CalendarDay, CalendarYear, RuleOverride
from congress.rulebook.reckoning import Step, full_date
from congress.rulebook.rules import kept_by
from congress.rulebook.workdays import Workdays

SHOWN = 50  # rows of a preview; the rest is told as a number


class ExplainView(TemplateView):
    """One clock of one case, day by day."""

    template_name = "congress/deadlines/explain.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        clock = get_object_or_404(visible_to(user).select_related("holder", "congress"), pk=self.kwargs["pk"])
        case = cases_of([clock], user).get(clock)
        if case is None:
            raise Http404
        moves = list(clock.moves.order_by("id"))
        others = visible_to(user).on_case(case).exclude(pk=clock.pk).select_related("holder").order_by("due_on", "id")
        return super().get_context_data(
            clock=clock,
            case=case,
            code=CODES[clock.rule],
            explanation=explain(
                [Step.from_json(step) for step in clock.steps],
                start=clock.started_on,
                due_on=clock.due_on,
                works=Workdays(),
                today=timezone.localdate(),
                events=[(move.on, *_EVENTS[move.verb]) for move in moves if move.verb in _EVENTS],
            ),
            moves=[move for move in moves if move.verb in _MOVED],
            outcome=_outcome(clock),
            others=[(CODES[other.rule], other) for other in others],
            **kwargs,
        )


def _outcome(clock):
    """What became of the date: done, and how many days before or after it."""
    if clock.state != Clock.State.MET:
        return ""
    done = {"day": said_short(clock.ended_on), "days": abs((clock.due_on - clock.ended_on).days)}
    if clock.ended_on > clock.due_on:
        return _("实际 %(day)s 完成，迟 %(days)s 天。") % done
    return _("实际 %(day)s 完成，早 %(days)s 天。") % done if done["days"] else _("实际当日完成。")


_EVENTS = {
    ClockMove.Verb.EXTEND: ("ev", "延期"),
    ClockMove.Verb.MEET: ("ok", "完成"),
    ClockMove.Verb.STOP: ("ev", "终止"),
}
_MOVED = {ClockMove.Verb.EXTEND, ClockMove.Verb.MOVE}


def preview_context(found, user):
    """The rows of a preview: what moves in the congresses the user watches, and how many move elsewhere."""
    watched = hats_of(user).watches
    own = [shift for congress, shifts in found.items() if congress.pk in watched for shift in shifts]
    moved = [shift for shift in own if shift.moves]
    cases = cases_of([shift.clock for shift in moved[:SHOWN]], user)
    return {
        "rows": [(CODES[shift.clock.rule], shift, cases.get(shift.clock)) for shift in moved[:SHOWN]],
        "moved": len(moved),
        "unseen": max(0, len(moved) - SHOWN),
        "settled": sum(not shift.computed.provisional for shift in own if shift.clock.provisional),
        "elsewhere": [
            (congress, sum(shift.moves for shift in shifts))
            for congress, shifts in found.items()
            if congress.pk not in watched and any(shift.moves for shift in shifts)
        ],
    }


class ChangeView(FormView):
    """A change that is looked at before it counts: first post shows what it moves, the confirmed post does it."""

    template_name = "congress/deadlines/change.html"
    preview_template = "congress/deadlines/preview.html"

    def form_valid(self, form):
        try:
            if "confirm" in self.request.POST:
                return self._carried_out(self.carry_out(form))
            found = moving.rehearse(lambda: self.change(form), self.congresses)
        except ValidationError as problem:
            form.add_error(None, problem)
            return self.form_invalid(form)
        return self._previewed(form, found)

    def _previewed(self, form, found):
        context = self.get_context_data(
            form=form, kept=self.kept(form), what=self.what(form), **preview_context(found, self.request.user)
        )
        return self.response_class(self.request, [self.preview_template], context, using=self.template_engine)

    def _carried_out(self, count):
        messages.success(self.request, _("已生效，调整了 %s 个计时中的期限。") % count)
        return redirect(self.get_success_url())

    def kept(self, form):
        """The fields that travel from the preview to its confirmation."""
        return [(name, value) for name in form.fields for value in form.data.getlist(name) if value]


class CongressChangeView(ChangeView):
    """A change of the rules of one congress."""

    @cached_property
    def congress(self):
        return get_object_or_404(kept_by(self.request.user), code=self.kwargs["code"])

    @property
    def congresses(self):
        return [self.congress]

    def change(self, form):
        return form.carry_out(self.congress)

    def carry_out(self, form):
        shifts = moving.adopt(
            lambda: self.change(form),
            self.congress,
            what=self.what(form),
            on=timezone.localdate(),
            by=self.request.user,
        )
        return sum(shift.moves for shift in shifts)

    def get_context_data(self, **kwargs):
        return super().get_context_data(congress=self.congress, back=self.get_success_url(), **kwargs)

    def get_success_url(self):
        return reverse("rulebook:congress", args=[self.congress.code])


class ChooseProfileView(CongressChangeView):
    form_class = ChoiceForm
    extra_context = {"title": gettext_lazy("选用期限口径")}

    def get_initial(self):
        today = timezone.localdate()
        return {"effective_from": today, "profile": Book.of(self.congress).profile_code_on(today)}

    def what(self, form):
        values = form.cleaned_data
        return _("%(day)s起采用%(profile)s口径。") % {
            "day": full_date(values["effective_from"]),
            "profile": values["profile"],
        }


class OverrideView(CongressChangeView):
    form_class = OverrideForm

    @cached_property
    def rule_code(self):
        code = CODES.get(self.kwargs["rule"])
        if code is None or code.is_told:
            raise Http404
        return code

    def get_form_kwargs(self):
        rule = Book.of(self.congress).on(timezone.localdate()).rule(self.rule_code.code)
        return super().get_form_kwargs() | {"code": self.rule_code, "rule": rule}

    def get_initial(self):
        return {"effective_from": timezone.localdate()}

    def get_context_data(self, **kwargs):
        return super().get_context_data(title=_("本级口径：%s") % self.rule_code.label, **kwargs)

    def what(self, form):
        values = form.cleaned_data
        value = in_words(RuleOverride(unit=values["unit"], value=values["value"]), self.rule_code)
        return _("%(day)s起“%(rule)s”为：%(value)s。") % {
            "day": full_date(values["effective_from"]),
            "rule": self.rule_code.label,
            "value": value,
        }


class DropOverrideView(CongressChangeView):
    form_class = DropForm
    extra_context = {"title": gettext_lazy("撤销本级口径")}

    @cached_property
    def override(self):
        return get_object_or_404(RuleOverride, pk=self.kwargs["pk"], congress=self.congress)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"override": self.override}

    def what(self, form):
        return _("撤销%(day)s起的“%(rule)s”本级口径，恢复所选口径的数值。%(reason)s") % {
            "day": full_date(self.override.effective_from),
            "rule": CODES[self.override.code].label,
            "reason": form.cleaned_data["reason"],
        }


class MovesView(TemplateView):
    """Running clocks that no longer stand where rules and calendar put them, e.g. after a broken run."""

    template_name = "congress/deadlines/moves.html"

    @cached_property
    def congress(self):
        return get_object_or_404(kept_by(self.request.user), code=self.kwargs["code"])

    def get_context_data(self, **kwargs):
        found = {self.congress: moving.preview_move(self.congress)}
        return super().get_context_data(congress=self.congress, **preview_context(found, self.request.user), **kwargs)

    def post(self, request, *args, **kwargs):
        reason = _("按现行规则和日历核对期限。")
        shifts = moving.move_all(self.congress, on=timezone.localdate(), by=request.user, reason=reason)
        messages.success(request, _("已调整 %s 个计时中的期限。") % sum(shift.moves for shift in shifts))
        return redirect("rulebook:congress", code=self.congress.code)


class CalendarChangeView(ChangeView):
    """A change of the calendar, which every congress of the installation counts by."""

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm("rulebook.keep_calendar"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def congresses(self):
        return moving.with_running_clocks()

    def change(self, form):
        return form.carry_out()

    def carry_out(self, form):
        found = moving.recalendar(
            lambda: self.change(form),
            lambda: CalendarYear.objects.get_or_create(year=self.year)[0],
            what=self.what(form),
            on=timezone.localdate(),
            by=self.request.user,
        )
        return sum(shift.moves for shifts in found.values() for shift in shifts)

    def get_context_data(self, **kwargs):
        return super().get_context_data(back=self.get_success_url(), **kwargs)

    def get_success_url(self):
        return reverse("rulebook:calendar_year", args=[self.year])


class DayView(CalendarChangeView):
    form_class = DayForm

    @cached_property
    def day(self):
        try:
            return dt.date(self.kwargs["year"], self.kwargs["month"], self.kwargs["day"])
        except ValueError:
            raise Http404 from None

    @property
    def year(self):
        return self.day.year

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"day": self.day}

    def get_initial(self):
        row = CalendarDay.objects.filter(date=self.day).first()
        if row is None:
            return {"kind": "plain"}
        return {"kind": "work" if row.is_workday else "rest", "name": row.name, "source": row.source}

    def get_context_data(self, **kwargs):
        return super().get_context_data(title=full_date(self.day), **kwargs)

    def what(self, form):
        values = form.cleaned_data
        kind = dict(form.KINDS)[values["kind"]]
        return _("%(day)s：%(kind)s %(name)s") % {"day": full_date(self.day), "kind": kind, "name": values["name"]}


class YearChangeView(CalendarChangeView):
    """A change of a whole year."""

    @property
    def year(self):
        return self.kwargs["year"]

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"year": self.year}


class PublishYearView(YearChangeView):
    form_class = YearForm

    def get_initial(self):
        row = CalendarYear.objects.filter(year=self.year).first()
        return {"is_published": row.is_published, "source": row.source} if row else {}

    def get_context_data(self, **kwargs):
        return super().get_context_data(title=_("%s年放假安排是否已公布") % self.year, **kwargs)

    def what(self, form):
        said = _("%s年放假安排已公布并录入。") if form.cleaned_data["is_published"] else _("%s年放假安排尚未公布。")
        return said % self.year


class ImportYearView(YearChangeView):
    form_class = ImportForm

    def get_context_data(self, **kwargs):
        return super().get_context_data(title=_("导入%s年放假安排") % self.year, **kwargs)

    def kept(self, form):
        return [("text", form.cleaned_data["text"]), ("source", form.cleaned_data["source"])]

    def what(self, form):
        rest = [day for day, works, _name in form.days if not works]
        return _("导入%(year)s年放假安排：放假 %(rest)s 日，调休上班 %(work)s 日，从%(first)s到%(last)s。") % {
            "year": self.year,
            "rest": len(rest),
            "work": len(form.days) - len(rest),
            "first": said_short(form.days[0][0]),
            "last": said_short(form.days[-1][0]),
        }
