"""What the pages of training share: the congress they speak of, the doors of the room, keeping one thing (公用)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from congress.kit.numbers import asked_year
from congress.organs.views import OfCongress
from congress.procedure import journal, once
from congress.procedure.views import StepView, add_errors
from deputies.training.rules import kept_by, watched_by

DOORS = (
    ("list", gettext_lazy("年度计划")),
    ("figures", gettext_lazy("统计")),
    ("hours", gettext_lazy("代表学时")),
    ("onboarding", gettext_lazy("岗前培训")),
    ("materials", gettext_lazy("学习资料")),
    ("briefings", gettext_lazy("工作简报")),
    ("bank", gettext_lazy("题库")),
    ("quizzes", gettext_lazy("测验")),
    ("contests", gettext_lazy("竞赛评比")),
)


def doors_of(congress, here):
    """The doors of the room, for one congress."""
    return [
        {"label": label, "url": f"{reverse(f'training:{name}')}?congress={congress.code}", "is_current": name == here}
        for name, label in DOORS
    ]


class Staff(OfCongress):
    """A page for those who plan training or read of it; `door` is where it stands in the room."""

    congresses_of = staticmethod(watched_by)
    door = ""

    @cached_property
    def year(self):
        return asked_year(self.query.get("year", ""), default=self.today.year)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            room_doors=doors_of(self.congress, self.door),
            may_plan=self.request.user.has_perm("training.keep", self.congress),
            year=self.year,
            today=self.today,
            **kwargs,
        )


class Keeping(FormView):
    """Write one thing of a congress, new under `code` or standing under `pk`; what is not his to keep is 404."""

    template_name = "deputies/training/keep.html"
    model = None
    door = ""

    @cached_property
    def congress(self):
        if "code" in self.kwargs:
            return get_object_or_404(kept_by(self.request.user), code=self.kwargs["code"])
        return self.object.congress

    @cached_property
    def object(self):
        if "pk" not in self.kwargs:
            return self.fresh()
        found = get_object_or_404(self.model.objects.visible_to(self.request.user), pk=self.kwargs["pk"])
        if not self.request.user.has_perm("training.keep", found):
            raise Http404
        return found

    @property
    def noun(self):
        return self.model._meta.verbose_name

    def fresh(self):
        """What a new one starts with."""
        return self.model(congress=self.congress)

    def get_form_kwargs(self):
        congress = self.congress
        return super().get_form_kwargs() | {"congress": congress, "instance": self.object}

    def keep(self, form):
        """Carry it out; ValidationError where the action refuses."""
        raise NotImplementedError

    def form_valid(self, form):
        key = form.cleaned_data["request_key"] if "pk" not in self.kwargs else ""
        try:
            with once.making(f"training.{self.door}", key, by=self.request.user) as sent:
                if sent.made:
                    return redirect(self.back())
                kept = self.keep(form)
                sent.made = kept.pk
        except ValidationError as refused:
            add_errors(form, refused)
            return self.form_invalid(form)
        messages.success(self.request, _("已保存“%s”。") % kept)
        return redirect(self.after(kept))

    def back(self):
        """Where the form was opened from."""
        return f"{reverse(f'training:{self.door}')}?congress={self.congress.code}"

    def after(self, kept):
        return kept.get_absolute_url() if hasattr(kept, "get_absolute_url") else self.back()

    def doing(self):
        """Who does it, and when."""
        return {"on": timezone.localdate(), "by": self.request.user}

    def get_context_data(self, **kwargs):
        title = _("修改%s") % self.noun if "pk" in self.kwargs else _("新建%s") % self.noun
        return super().get_context_data(
            title=title,
            congress=self.congress,
            object=self.object,
            back=self.object.get_absolute_url() if self.object.pk and self.has_page else self.back(),
            door_label=dict(DOORS)[self.door],
            door_url=self.back(),
            **kwargs,
        )

    has_page = True


class Stepping(StepView):
    """A step of this room; `notes` are words by step that stand above the form."""

    template_name = "deputies/training/step.html"
    notes = {}

    def get_context_data(self, **kwargs):
        return super().get_context_data(step_note=self.notes.get(self.step.name, ""), **kwargs)


def export_noted(request, congress, what, count):
    """What puts an export down in the journal of the congress before it is handed out."""

    def note():
        facts = {"who": request.user.name, "what": what, "count": count}
        journal.record(congress, "training.export", by=request.user, facts=facts, congress=congress)

    return note
