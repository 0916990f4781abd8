"""The page of one activity: for who runs it, for who reads it, for the deputy who is called (活动页)."""

from collections import Counter

from django.db.models import Case, IntegerField, Value, When
from django.http import Http404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import DetailView

from congress.files.models import StoredFile
from congress.kit.paging import page_of
from congress.procedure.models import case_key
from congress.procedure.panels import panels_for
from congress.procedure.views import StepView
from deputies.activities import actions
from deputies.activities.audience import loads_of
from deputies.activities.forms.lists import GuestForm, PhotosForm
from deputies.activities.forms.steps import ACTIVITY_FORMS, INVITATION_FORMS
from deputies.activities.kinds import STUDIED_BEFORE
from deputies.activities.models import Activity, Attendance, Invitation, Raised
from deputies.activities.timeline import sentences
from deputies.activities.turn import turn_of
from deputies.activities.views.listing import LIGHTS
from deputies.activities.workflow import ACTIVITY, INVITATION
from deputies.roll.models import Mandate
from deputies.roll.seats import active_seats_of, seats_of

PER_PAGE = 40
REPLY_LIGHTS = {
    "asked": "",
    "coming": "done",
    "leave_asked": "wait",
    "leave_granted": "end",
    "leave_refused": "late",
}
OUTCOME_LIGHTS = {"present": "done", "leave": "end", "absent": "late"}
RAISED_LIGHTS = {"noted": "wait", "forwarded": "run", "answered": "done"}
# The one step that usually comes next, by state; the others stand quiet beside it.
NEXT = {"requested": "allow", "theme": "approve_theme", "ready": "announce"}


def photos_of(activity):
    kind, case_id, _congress = case_key(activity)
    return StoredFile.objects.filter(case_kind=kind, case_id=case_id, content_type__startswith="image/").order_by("pk")


def papers_of_activity(activity):
    kind, case_id, _congress = case_key(activity)
    return (
        StoredFile.objects.filter(case_kind=kind, case_id=case_id)
        .exclude(content_type__startswith="image/")
        .order_by("pk")
    )


def own_call(activity, user):
    """The call of this deputy himself, or None."""
    seats = seats_of(user)
    return activity.invitations.filter(mandate__in=seats).select_related("mandate").first() if seats else None


class ActivityView(DetailView):
    """Who is coming, who came, what was raised, what happened; a deputy who is called reads his own page of it."""

    context_object_name = "activity"

    def get_queryset(self):
        rows = Activity.objects.visible_to(self.request.user)
        return rows.select_related("congress", "organ", "guide", "campaign", "session__term", "visited", "created_by")

    @cached_property
    def is_run_here(self):
        """Whether the reader sees the organiser's page: he runs it, or reads the congress's work."""
        user = self.request.user
        call = own_call(self.object, user)
        return user.has_perm("activities.organise", self.object) or call is None

    def get_template_names(self):
        return ["deputies/activities/detail.html" if self.is_run_here else "deputies/activities/called.html"]

    def get_context_data(self, **kwargs):
        activity, user, now = self.object, self.request.user, timezone.now()
        call = own_call(activity, user)
        shared = {
            "light": LIGHTS[activity.state],
            "call": call,
            "answers": self.answers(call),
            "own_mark": self.own_mark(call),
            "takes_check_ins": activity.takes_check_ins(at=now),
            "may_raise": self.may("raise"),
            "may_photos": self.may("add_photos"),
            "photos": photos_of(activity),
            "papers": papers_of_activity(activity),
            "raised": self.raised(),
            "photos_form": PhotosForm(),
        }
        own = self.for_organiser() if self.is_run_here else {}
        return super().get_context_data(**shared, **own, **kwargs)

    def may(self, name):
        step = ACTIVITY[name]
        return self.object.state in step.sources and self.request.user.has_perm(step.perm, self.object)

    def answers(self, call):
        if call is None or self.object.state != Activity.State.ANNOUNCED:
            return []
        return [step.name for step in INVITATION.open_steps(call, self.request.user) if step.name in INVITATION_FORMS]

    def own_mark(self, call):
        if call is None:
            return None
        mark = self.object.attendances.filter(mandate=call.mandate_id).first()
        if mark:
            mark.light = OUTCOME_LIGHTS[mark.outcome]
        return mark

    def raised(self):
        found = list(self.object.raised.select_related("organ", "mandate__deputy"))
        may_forward = self.request.user.has_perm("activities.organise", self.object)
        for each in found:
            each.light = RAISED_LIGHTS[each.state]
            each.waits_for_reader = may_forward and each.state == Raised.State.NOTED
        return found

    def for_organiser(self):
        activity, user = self.object, self.request.user
        may_run = user.has_perm("activities.organise", activity)
        reads_reasons = user.has_perm("activities.read_reasons", activity)
        steps = [step for step in ACTIVITY.open_steps(activity, user) if step.is_button]
        day_has_come = activity.held_on <= timezone.localdate()
        hidden = {"raise", "write_up"} | self.premature(day_has_come)
        first = self.first_step({step.name for step in steps})
        return {
            "may_run": may_run,
            "reads_reasons": reads_reasons,
            "day_has_come": day_has_come,
            "may_release": may_run and self.may("release"),
            "may_mark": self.may("mark"),
            "primary": next((step for step in steps if step.name == first), None),
            "steps": [step for step in steps if step.name in ACTIVITY_FORMS and step.name not in hidden | {first}],
            "may_change": self.may("change"),
            "may_invite": self.may("invite"),
            "may_write_up": self.may("write_up"),
            "figures": self.figures(),
            "page_obj": self.calls(),
            "who": self.request.GET.get("who", ""),
            "guests": list(activity.guests.all()),
            "guest_form": GuestForm(),
            "checks": self.checks(),
            "timeline": sentences(activity, reads_reasons=reads_reasons),
            "turn": turn_of(activity, self.counts, at=timezone.now()),
            "panels": panels_for("activities.detail", activity, reader=user),
        }

    def premature(self, day_has_come):
        """Steps that would only be refused now: nothing to pass, nobody to tell, or not yet the day."""
        activity, found = self.object, set()
        if activity.guide_id is None:
            found.add("submit_theme")
        if not self.called or (activity.guide_id and activity.state == Activity.State.DRAFT):
            found.add("announce")
        return found if day_has_come else found | {"hold"}

    def first_step(self, open_steps):
        """What comes next: call somebody, pass the theme, tell them, end it, close it."""
        activity = self.object
        if activity.state == Activity.State.DRAFT:
            if not self.called:
                return "invite"
            return "submit_theme" if activity.guide_id else "announce"
        if activity.state == Activity.State.ANNOUNCED:
            signing_ends = activity.checkin_closes_at or activity.starts_at
            return "hold" if signing_ends < timezone.now() else ""
        if activity.state == Activity.State.HELD:
            if activity.raised.to_forward().exists():
                return ""  # the opinions wait for it, each with a button of its own
            return "close" if activity.minutes else "write_up"
        name = NEXT.get(activity.state, "")
        return name if name in open_steps else ""

    @cached_property
    def counts(self):
        replies = Counter(self.object.invitations.values_list("state", flat=True))
        return {state: replies[state] for state in Invitation.State.values}

    @property
    def called(self):
        return sum(self.counts.values())

    def figures(self):
        """Called, coming, leave, silent; then who came, and the rate with its base."""
        counts, State = self.counts, Invitation.State
        marks = Counter(self.object.attendances.values_list("outcome", flat=True))
        present, called = marks[Attendance.Outcome.PRESENT], self.called
        return {
            "called": called,
            "coming": counts[State.COMING],
            "leave": counts[State.LEAVE_GRANTED],
            "leave_asked": counts[State.LEAVE_ASKED],
            "silent": counts[State.ASKED],
            "present": present,
            "excused": marks[Attendance.Outcome.LEAVE],
            "absent": marks[Attendance.Outcome.ABSENT],
            "guests_present": self.object.guests.filter(is_present=True).count(),
            "rate": f"{present * 100 / called:.1f}" if called and marks else "",
        }

    def calls(self):
        """Who is called, those who wait for a word first; with what weighs on them while it can still be mended."""
        activity = self.object
        first = Case(When(state="leave_asked", then=Value(0)), default=Value(1), output_field=IntegerField())
        rows = activity.invitations.select_related("mandate__deputy", "mandate__delegation", "mandate__congress")
        who = self.request.GET.get("who")
        if who in Invitation.State.values:
            rows = rows.filter(state=who)
        if who in Attendance.Outcome.values:
            rows = rows.filter(mandate__in=activity.attendances.filter(outcome=who).values("mandate"))
        page = page_of(
            rows.order_by(first, "mandate__deputy__strokes", "pk"), self.request.GET.get("page"), per_page=PER_PAGE
        )
        shown = list(page.object_list)
        marks = {
            mark.mandate_id: mark
            for mark in activity.attendances.filter(mandate__in=[call.mandate_id for call in shown])
        }
        is_ahead = activity.state in Activity.PLANNED or activity.state == Activity.State.ANNOUNCED
        seats = [call.mandate for call in shown]
        loads = loads_of(activity, seats, on=timezone.localdate()) if is_ahead and seats else {}
        for call in shown:
            call.light = REPLY_LIGHTS[call.state]
            call.mark = marks.get(call.mandate_id)
            call.mark_light = OUTCOME_LIGHTS[call.mark.outcome] if call.mark else ""
            call.load = loads.get(call.mandate_id)
        page.object_list = shown
        return page

    def checks(self):
        """[(word, whether it is done, what is missing)]: before it, and for its end."""
        activity = self.object
        found = []
        if activity.guide_id:
            passed = activity.state not in {Activity.State.DRAFT, Activity.State.THEME, Activity.State.REQUESTED}
            found.append((_("主题审定"), passed, _("送%s审定") % activity.guide.name))
        if activity.kind in STUDIED_BEFORE:
            lacks = actions.lacks_study(activity, on=timezone.localdate())
            found.append((_("会前学习"), not lacks, _("填写材料或者不安排的理由")))
        if activity.state in {Activity.State.HELD, Activity.State.CLOSED}:
            found.append((_("纪要"), bool(activity.minutes), _("还没有写")))
            if activity.is_oversight:
                found += self.oversight_checks()
        return found

    def oversight_checks(self):
        said, activity = self.object.checklist, self.object
        forwarded = activity.raised.filter(kind=Raised.Kind.OPINION).exclude(state=Raised.State.NOTED).exists()
        return [
            (_("听取汇报"), bool(said.get("report_heard")), _("归档时确认")),
            (_("座谈交流"), bool(said.get("discussion_held")), _("归档时确认")),
            (_("转交意见"), forwarded, _("还没有转交的意见")),
        ]


class ActivityStepView(StepView):
    """One step on an activity."""

    procedure = ACTIVITY
    queryset = Activity.objects.select_related("congress", "organ", "guide")
    forms_by_step = ACTIVITY_FORMS
    template_name = "deputies/activities/step.html"
    dangers = frozenset({"cancel", "decline"})

    def get_form_kwargs(self):
        given = super().get_form_kwargs()
        if self.step.name == "raise":
            own = own_call(self.object, self.request.user)
            acts = own is not None and own.mandate_id in active_seats_of(self.request.user)
            if acts and not self.request.user.has_perm("activities.organise", self.object):
                given["own"] = own.mandate
            called = Mandate.objects.filter(invitations__activity=self.object).select_related("deputy")
            given["seats"] = called.order_by("deputy__strokes", "pk")
        return given

    def done_message(self):
        said = {
            "announce": _("已通知代表。"),
            "submit_theme": _("主题已送审，审定后再通知代表。"),
            "hold": _("活动已结束，没有登记的按请假或者缺席记。"),
            "raise": _("意见已记下。"),
            "write_up": _("纪要已存。"),
        }
        return said.get(self.step.name) or super().done_message()

    def get_context_data(self, **kwargs):
        activity, name = self.object, self.step.name
        context = super().get_context_data(activity=activity, is_danger=name in self.dangers, **kwargs)
        if name in {"announce", "hold"}:
            context["called"] = activity.invitations.count()
            unmarked = actions.unmarked_calls(activity)
            context["unmarked"] = unmarked.count()
            context["undecided"] = unmarked.filter(state=Invitation.State.LEAVE_ASKED).count()
        return context


class AnswerView(StepView):
    """A deputy's word to a call, and the organiser's to his leave."""

    procedure = INVITATION
    queryset = Invitation.objects.select_related("activity__congress", "activity__organ", "mandate__deputy")
    forms_by_step = INVITATION_FORMS
    template_name = "deputies/activities/answer.html"

    def done_message(self):
        said = {
            "come": _("已回复参加。"),
            "ask_leave": _("请假已报组织者，批复会通知您。"),
            "grant_leave": _("已准假。"),
            "refuse_leave": _("已回复不准假。"),
        }
        return said[self.step.name]

    def get(self, request, *args, **kwargs):
        if self.step.name in {"come", "ask_leave"} and self.object.activity.state != Activity.State.ANNOUNCED:
            raise Http404
        return super().get(request, *args, **kwargs)
