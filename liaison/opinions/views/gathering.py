"""Several opinions become one matter: a word, a group's theme, a deputy's suggestion (汇聚)."""

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _
from django.views.generic import FormView

from congress.kit.numbers import row_numbers
from congress.organs.hats import hats_of
from congress.procedure import once
from congress.procedure.views import add_errors
from congress.procedure.workflow import StepNotOpen
from deputies.activities import actions as activities
from deputies.activities import drives
from deputies.activities.kinds import Kind
from deputies.activities.models import Activity
from deputies.roll.models import DeputyGroup, Mandate
from deputies.roll.seats import active_seats_of
from liaison.opinions import actions
from liaison.opinions.forms import DriveForm, RaiseForm, ThemeForm, TopicForm
from liaison.opinions.identity import suggestion_told
from liaison.opinions.models import Opinion
from liaison.opinions.views.listing import OpinionListView
from liaison.opinions.workflow import OPINION

MOST = 200


def _ids(values):
    return row_numbers(values)[:MOST]


class OpinionGatherView(OpinionListView):
    """The ticked rows of a list: under one word, to a drive, or on to the page that makes them a matter.

    The address carries the conditions of the list; what is wrong is said on it, with the ticks as they were.
    """

    def dispatch(self, request, *args, **kwargs):
        if not hats_of(request.user).clerk_of:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        return self.to_list()

    def to_list(self):
        query = self.request.GET.urlencode()
        return redirect(reverse("opinions:list") + (f"?{query}" if query else ""))

    def post(self, request):
        ids = _ids(request.POST.getlist("pick"))
        if not ids:
            messages.warning(request, _("请先勾选要合并处理的意见。"))
            return self.to_list()
        act = request.POST.get("act")
        if act in ("raise", "theme"):
            picked = "&".join(f"pick={pk}" for pk in ids)
            return redirect(f"{reverse(f'opinions:{act}')}?{picked}")
        seen = Opinion.objects.visible_to(request.user).filter(pk__in=ids).select_related("station", "congress")
        chosen = [each for each in seen if request.user.has_perm("opinions.handle", each)]
        return self.put_to_drive(chosen) if act == "drive" else self.gather(chosen)

    def put_to_drive(self, chosen):
        """Put them to a drive that the office still keeps open, or to none."""
        today = timezone.localdate()
        form = DriveForm(
            self.request.POST, offered=drives.offered_to_office(hats_of(self.request.user).clerk_of, on=today)
        )
        if not form.is_valid():
            messages.error(self.request, _("这个专项行动不能归入，请重新选择。"))
            return self.to_list()
        drive = form.cleaned_data["drive"]
        try:
            actions.put_to_drive(chosen, drive, on=today, by=self.request.user)
        except ValidationError as refused:
            messages.error(self.request, "".join(refused.messages))
            return self.to_list()
        told = {"n": len(chosen), "drive": drive}
        messages.success(
            self.request, (_("%(n)s 件已归入“%(drive)s”。") if drive else _("%(n)s 件不再归入专项行动。")) % told
        )
        return redirect(f"{reverse('opinions:list')}?campaign={drive.pk}&view=all") if drive else self.to_list()

    def gather(self, chosen):
        """Put them under one word, by which the list finds them together."""
        request, form = self.request, TopicForm(self.request.POST)
        if not form.is_valid():
            picked = [each.pk for each in chosen]
            return self.render_to_response(self.get_context_data(topic_form=form, picked=picked), status=422)
        actions.set_topic(chosen, form.cleaned_data["topic"], on=timezone.localdate(), by=request.user)
        messages.success(
            request, _("%(n)s 件已归入“%(topic)s”。") % {"n": len(chosen), "topic": form.cleaned_data["topic"]}
        )
        return redirect(f"{reverse('opinions:list')}?topic={form.cleaned_data['topic']}&view=all")


class OfPicked:
    """A page about the opinions that the address names and the reader may see."""

    @property
    def asked(self):
        return _ids(self.request.GET.getlist("pick") or self.request.POST.getlist("pick"))

    @cached_property
    def opinions(self):
        seen = Opinion.objects.visible_to(self.request.user).filter(pk__in=self.asked)
        found = list(seen.select_related("station", "congress").order_by("heard_on", "id"))
        if not found:
            raise Http404
        return found

    def ask_to_pick(self):
        """An address without opinions: back to where they are ticked."""
        messages.warning(self.request, _("请先勾选要合并处理的意见。"))
        return redirect("opinions:mine" if hats_of(self.request.user).deputy_in else "opinions:list")

    def get_context_data(self, **kwargs):
        return super().get_context_data(opinions=self.opinions, **kwargs)


class OpinionRaiseView(OfPicked, FormView):
    """Make a deputy's draft suggestion of them; each resident keeps his code and reads on (转为代表建议)."""

    form_class = RaiseForm
    template_name = "liaison/opinions/raise.html"

    def dispatch(self, request, *args, **kwargs):
        if not (hats_of(request.user).clerk_of or active_seats_of(request.user)):
            raise Http404
        if not self.asked:
            return self.ask_to_pick()
        step = OPINION["raise"]
        self.ready = [
            each for each in self.opinions if each.state in step.sources and request.user.has_perm(step.perm, each)
        ]
        return super().dispatch(request, *args, **kwargs) if self.ready else self.on_to_what_it_became(step.perm)

    def on_to_what_it_became(self, perm):
        """Sent twice, or taken up by somebody else: to the suggestion where he reads it, else to what was said."""
        first = next((each for each in self.opinions if self.request.user.has_perm(perm, each)), None)
        if first is None:
            raise Http404
        is_raised = first.state == Opinion.State.RAISED
        messages.info(self.request, _("已经转为代表建议了。") if is_raised else _("这件意见现在不能转为代表建议。"))
        suggestion = suggestion_told(first, reader=self.request.user)
        if suggestion is None:
            return redirect(first)
        if suggestion.state == suggestion.State.DRAFT:
            return redirect("docket:rewrite", suggestion.pk)
        return redirect(suggestion)

    def get_form_kwargs(self):
        """The deputies of the congress where it was said; a township's clerk has those of his own."""
        user, congress = self.request.user, self.ready[0].congress_id
        offices = hats_of(user).clerk_of
        seats = Mandate.objects.active().select_related("deputy")
        if offices:
            seats = seats.filter(congress__in={congress} if congress in offices else offices)
        else:
            seats = seats.filter(pk__in=active_seats_of(user))
        return super().get_form_kwargs() | {"leads": seats.order_by("deputy__strokes")}

    def get_initial(self):
        first = self.ready[0]
        topic = first.topic or first.place
        said = "\n".join(f"{number}．{each.text}" for number, each in enumerate(self.ready, start=1))
        return {
            "lead": first.addressed_to_id or first.noted_by_id,
            "title": _("关于解决%s问题的建议") % topic if topic else "",
            "situation": _("群众反映 %(count)s 件：\n%(said)s") % {"count": len(self.ready), "said": said},
        }

    def form_valid(self, form):
        told = form.cleaned_data
        try:
            suggestion = actions.raise_as_suggestion(
                self.ready,
                lead=told["lead"],
                title=told["title"],
                situation=told["situation"],
                asks=[told["ask"]],
                on=timezone.localdate(),
                by=self.request.user,
            )
        except StepNotOpen:
            messages.error(self.request, _("其中有的意见刚刚被别人处理了，请回到清单重新勾选。"))
            return redirect("opinions:list")
        messages.success(
            self.request, _("%s 件意见已转为建议草稿，请补齐后提交。反映人凭查询码看得到后面的办理。") % len(self.ready)
        )
        return redirect("docket:rewrite", suggestion.pk)

    def get_context_data(self, **kwargs):
        return super().get_context_data(ready=self.ready, **kwargs)


def theme_of_words(opinions):
    """The group and the theme that the words themselves suggest: that of their station, and what they speak of."""
    first = opinions[0]
    hosted = first.station and first.station.hostings.values_list("group", flat=True).first()
    return {"group": hosted, "theme": _("解决群众反映的%s问题") % first.topic if first.topic else ""}


class OpinionThemeView(OfPicked, FormView):
    """Make them the theme of a group's activity; its leader goes on planning it (站组联动)."""

    form_class = ThemeForm
    template_name = "liaison/opinions/theme.html"

    def dispatch(self, request, *args, **kwargs):
        if not hats_of(request.user).clerk_of:
            raise Http404
        if not self.asked:
            return self.ask_to_pick()
        self.congress = self.opinions[0].congress
        if self.congress.pk not in hats_of(request.user).clerk_of:
            picked = "&".join(f"pick={each.pk}" for each in self.opinions)
            return redirect(f"{reverse('opinions:propose')}?{picked}")
        ours = [each for each in self.opinions if each.congress_id == self.congress.pk]
        if request.method == "GET" and len(ours) < len(self.opinions):
            messages.info(request, _("%s 件是别的人大的，没有列入。") % (len(self.opinions) - len(ours)))
        self.opinions = ours
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"groups": DeputyGroup.objects.filter(congress=self.congress)}

    def get_initial(self):
        return theme_of_words(self.opinions) | {"place": self.opinions[0].place}

    def form_valid(self, form):
        told, today = form.cleaned_data, timezone.localdate()
        begin = make_aware(datetime.combine(told["day"], told["starts"]))
        end = make_aware(datetime.combine(told["day"], told["ends"]))
        try:
            with once.making("theme", told["request_key"], by=self.request.user) as sent:
                if sent.made:
                    return redirect(Activity.objects.get(pk=sent.made).get_absolute_url())
                activity = activities.plan(
                    congress=self.congress,
                    organ=self.congress,
                    kind=Kind.GROUP_ACTIVITY,
                    title=told["theme"][:120],
                    theme=told["theme"],
                    place=told["place"],
                    starts_at=begin,
                    ends_at=end,
                    groups=[told["group"]],
                    on=today,
                    by=self.request.user,
                )
                actions.take_as_theme(self.opinions, activity, on=today, by=self.request.user)
                sent.made = activity.pk
        except ValidationError as error:
            add_errors(form, error)
            return self.form_invalid(form)
        messages.success(self.request, _("活动已建好，请接着邀请代表。"))
        return redirect(activity.get_absolute_url())
