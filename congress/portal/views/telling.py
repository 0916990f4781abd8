"""The office writes what is told of a deputy, and he agrees on his phone (代表风采)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from congress.kit.paging import page_of
from congress.organs.hats import hats_of
from congress.portal.forms import (
    AgreeForm,
    AskStoryForm,
    DeclineForm,
    PublishStoryForm,
    ReviseForm,
    StoryForm,
    TakeBackForm,
    WithdrawStoryForm,
)
from congress.portal.models import Story
from congress.portal.workflow import STORY
from congress.procedure import once
from congress.procedure.telling import history
from congress.procedure.views import StepView, add_errors
from deputies.roll.models import Deputy

S = Story.State
WITH_WHOM = Story.objects.select_related("congress", "mandate__deputy", "mandate__delegation", "mandate__congress")
OWN_STEPS = {"agree": AgreeForm, "decline": DeclineForm, "take_back": TakeBackForm}
OFFICE_STEPS = {
    "revise": ReviseForm,
    "ask": AskStoryForm,
    "publish": PublishStoryForm,
    "withdraw": WithdrawStoryForm,
}


class OfOffice:
    """A page of whoever serves in the office of a congress."""

    def dispatch(self, request, *args, **kwargs):
        self.congresses = hats_of(request.user).clerk_of
        if not self.congresses:
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class StoryList(OfOffice, TemplateView):
    """All that was put down, by where it stands."""

    template_name = "congress/portal/telling.html"

    def get_context_data(self, **kwargs):
        rows = Story.objects.filter(congress__in=self.congresses)
        counts = rows.aggregate(all=Count("pk"), **{state: Count("pk", filter=Q(state=state)) for state in S.values})
        tab = self.request.GET.get("view")
        tab = tab if tab in S.values else "all"
        shown = rows if tab == "all" else rows.filter(state=tab)
        shown = shown.select_related("mandate__deputy", "mandate__delegation")
        shown = shown.defer(*Deputy.personal("mandate__deputy"))
        return super().get_context_data(
            page_obj=page_of(shown, self.request.GET.get("page"), count=counts[tab]),
            tabs=[("all", _("全部"), counts["all"]), *((code, label, counts[code]) for code, label in S.choices)],
            tab=tab,
            **kwargs,
        )


class WriteView(OfOffice, FormView):
    """A new one; sent twice it is one."""

    template_name = "congress/portal/telling_new.html"
    form_class = StoryForm

    def get_initial(self):
        return {"mandate": self.request.GET.get("seat", ""), "told_on": timezone.localdate()}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"congresses": self.congresses}

    def form_valid(self, form):
        try:
            with once.making("story", form.cleaned_data["request_key"], by=self.request.user) as sent:
                if sent.made is None:
                    sent.made = form.carry_out(on=timezone.localdate(), by=self.request.user).pk
        except ValidationError as refused:
            add_errors(form, refused)
            return self.form_invalid(form)
        messages.success(
            self.request, _("已保存，请代表同意的通知已发出。") if form.cleaned_data["ask"] else _("已保存。")
        )
        return redirect("portal:telling_story", sent.made)


class StoryDetail(TemplateView):
    """One story as it stands, whose turn it is, and what happened to it."""

    template_name = "congress/portal/telling_story.html"

    def get_context_data(self, **kwargs):
        rows = WITH_WHOM.all().visible_to(self.request.user)
        story = get_object_or_404(rows.filter(congress__in=hats_of(self.request.user).clerk_of), pk=self.kwargs["pk"])
        steps = [step for step in STORY.open_steps(story, self.request.user) if step.name in OFFICE_STEPS]
        return super().get_context_data(
            story=story, photos=story.photos.all(), steps=steps, history=history(story), **kwargs
        )


class OfStory(StepView):
    """A step on a story; who takes it reads the whole of it first."""

    procedure = STORY
    queryset = WITH_WHOM
    template_name = "congress/portal/telling_step.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(photos=self.object.photos.order_by("pk"), **kwargs)


class OfficeStepView(OfStory):
    forms_by_step = OFFICE_STEPS


class OwnStepView(OfStory):
    forms_by_step = OWN_STEPS

    def get_success_url(self):
        return reverse("portal:own_story", args=[self.object.pk])

    def done_message(self):
        if self.step.name == "decline":
            return _("已告诉代表工作机构，不会公开。")
        if self.step.name == "take_back":
            return _("已收回同意，不再公开。")
        return super().done_message()


class OfDeputy:
    """A page of whoever sits."""

    def dispatch(self, request, *args, **kwargs):
        if not hats_of(request.user).deputy_in:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def own(self):
        return WITH_WHOM.all().visible_to(self.request.user).filter(mandate__deputy__user=self.request.user.pk)


class OwnStoriesView(OfDeputy, TemplateView):
    """What is told of him, what waits for his word first (phone)."""

    template_name = "congress/portal/own_stories.html"

    def get_context_data(self, **kwargs):
        rows = self.own().defer(*Deputy.personal("mandate__deputy"))
        return super().get_context_data(
            waiting=rows.filter(state=S.ASKED),
            page_obj=page_of(rows.exclude(state=S.ASKED), self.request.GET.get("page")),
            **kwargs,
        )


class OwnStoryView(OfDeputy, TemplateView):
    template_name = "congress/portal/own_story.html"

    def get_context_data(self, **kwargs):
        story = get_object_or_404(self.own(), pk=self.kwargs["pk"])
        steps = [step for step in STORY.open_steps(story, self.request.user) if step.name in OWN_STEPS]
        return super().get_context_data(story=story, photos=story.photos.all(), steps=steps, **kwargs)
