"""A resident speaks, and follows what he said by his code, without an account (我要反映、查办理)."""

import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView, View

from congress.files.models import StoredFile
from congress.portal import questions, throttling
from congress.portal.forms import CodeForm, GradeForm, SayForm
from congress.portal.hearing import hear_once
from congress.portal.models import Profile
from congress.portal.views.common import OfAddress
from congress.procedure.views import add_errors
from congress.procedure.workflow import StepNotOpen
from congress.rulebook.book import rules_for
from deputies.roll.publicity import tell_posts
from liaison.opinions import actions
from liaison.opinions.models import Opinion, photos_of
from liaison.stations.models import LiaisonStation
from liaison.stations.openings import tell_openings

_MINE, _CODE, _USED = "resident_opinion", "resident_code", "resident_used"
_NOTICE_EVERY = 60  # seconds, as at the idle sign-off


def let_in(request, opinion_id, *, code=None):
    """From now on this browser reads that opinion, until it is left, or idle as long as a signed-in user may be.

    A phone goes from hand to hand, and a tablet stands in the station for everybody.
    """
    request.session.update({_MINE: opinion_id, _CODE: code, _USED: time.time()})
    if not request.user.is_authenticated:
        request.session.set_expiry(settings.IDLE_MINUTES * 60)


def shut_out(request):
    """The code is asked for again, and nothing of it stays in the session."""
    if request.user.is_authenticated:
        for name in (_MINE, _CODE, _USED):
            request.session.pop(name, None)
    else:
        request.session.flush()


def is_idle(request):
    """Whether nobody used this browser's way in for too long; otherwise the use is noted."""
    idle = time.time() - request.session.get(_USED, 0)
    if _NOTICE_EVERY < idle <= settings.IDLE_MINUTES * 60:
        request.session[_USED] = time.time()
    return idle > settings.IDLE_MINUTES * 60


def too_often(request):
    return render(request, "429.html", status=429)


@method_decorator([login_not_required, never_cache], name="dispatch")
class SayView(FormView):
    """The page behind a station's code on the wall."""

    form_class = SayForm
    template_name = "congress/portal/say.html"
    mandate = None

    @cached_property
    def station(self):
        return get_object_or_404(
            LiaisonStation.objects.filter(is_public=True).select_related("congress"), slug=self.kwargs["slug"]
        )

    @property
    def congress(self):
        """The congress that hears it: the deputy's own where he has no station."""
        return self.station.congress if self.station else self.mandate.congress

    def get_context_data(self, **kwargs):
        at, station, congress = timezone.localtime(), self.station, self.congress
        deputies, next_reception = (), None
        if station is not None:
            [station] = tell_openings([station], at=at)
            deputies = tell_posts(questions.found_at(station)[:6]) if self.mandate is None else ()
            next_reception = questions.receptions_ahead(congress, at=at, station=station).first()
        return super().get_context_data(
            station=station,
            keeper=station.name if station else f"{congress}{congress.office_name}",
            mandate=self.mandate,
            congress=congress,
            deputies=deputies,
            next_reception=next_reception,
            contact_days=rules_for(congress, on=at.date()).count("opinion_contact_days"),
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        if throttling.shows_too_often(request):
            return self.too_often(self.form_class(request.POST))  # his words, and no photo is read
        return super().post(request, *args, **kwargs)

    def too_often(self, form):
        form.add_error(None, _("这里一小时内写得太多了，这一次没有提交。您写的还在，请过一会儿再点提交。"))
        return self.render_to_response(self.get_context_data(form=form), status=429)

    def form_valid(self, form):
        try:
            opinion_id, code = hear_once(form, self.station, self.mandate, request=self.request)
        except throttling.TooOften:
            return self.too_often(form)
        if code is None:  # who sends an old form again has to know the code
            messages.info(self.request, _("这件以前已经收到，请用查询码查办理。"))
            return redirect("portal:look")
        let_in(self.request, opinion_id, code=code)
        return redirect("portal:opinion")


class SayToDeputyView(SayView):
    """The page behind a deputy's code: the same words, and they reach him; while he shows himself."""

    def get(self, request, *args, **kwargs):
        if not Profile.objects.shown().filter(slug=kwargs["slug"]).exists():
            return redirect("portal:code", kwargs["slug"])
        return super().get(request, *args, **kwargs)

    @cached_property
    def mandate(self):
        profile = get_object_or_404(
            Profile.objects.shown().select_related("mandate__deputy", "mandate__delegation", "mandate__congress"),
            slug=self.kwargs["slug"],
        )
        return profile.mandate

    @cached_property
    def station(self):
        """The station of his group takes it on with him; where it has none, the office of his congress."""
        return questions.station_of(self.mandate)


@method_decorator([login_not_required, never_cache], name="dispatch")
class LookView(OfAddress, FormView):
    """Ask for the code; wrong ones are counted, right ones are not."""

    form_class = CodeForm
    template_name = "congress/portal/look.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(congress=self.congress, **kwargs)

    def post(self, request, *args, **kwargs):
        if throttling.is_too_often(request, throttling.WRONG_CODE, dry_run=True):
            return too_often(request)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        opinion = actions.opinion_by_code(form.cleaned_data["code"])
        if opinion is None:
            throttling.is_too_often(self.request, throttling.WRONG_CODE)
            form.add_error("code", _("没有这个查询码，请对照抄下的再输一遍。字母 O、I 和数字 0、1 不会出现在码里。"))
            return self.form_invalid(form)
        let_in(self.request, opinion.pk)
        return redirect("portal:opinion")


class OfResident:
    """A page about the opinion whose code was given in this browser."""

    @cached_property
    def opinion(self):
        return (
            Opinion.objects.filter(pk=self.request.session.get(_MINE))
            .select_related("station", "organ", "congress", "suggestion", "theme_of", "addressed_to__deputy")
            .first()
        )

    def dispatch(self, request, *args, **kwargs):
        if _MINE in request.session and is_idle(request):
            shut_out(request)
        if self.opinion is None:
            return redirect("portal:look")
        return super().dispatch(request, *args, **kwargs)


@method_decorator([login_not_required, never_cache], name="dispatch")
class OpinionView(OfResident, TemplateView):
    """What the resident said, where it stands, what was answered and promised."""

    template_name = "congress/portal/opinion.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            opinion=self.opinion,
            congress=self.opinion.congress,
            code=self.request.session.get(_CODE),
            form=kwargs.pop("form", None) or GradeForm(),
            photos=photos_of(self.opinion),
            proofs=self.opinion.proofs.all(),
            idle_minutes=settings.IDLE_MINUTES,
            **questions.chain_of(self.opinion),
            **kwargs,
        )


@method_decorator([login_not_required, never_cache], name="dispatch")
class LeaveView(View):
    """He has read it and hands the phone back (看完了，退出)."""

    http_method_names = ["post"]

    def post(self, request):
        shut_out(request)
        messages.success(request, _("已退出。再看要输入查询码。"))
        return redirect("portal:look")


@method_decorator([login_not_required, never_cache], name="dispatch")
class PhotoView(OfResident, View):
    """What he showed himself, and what was shown him as done; nobody else's."""

    def get(self, request, pk):
        of_it = StoredFile.objects.filter(case_kind=Opinion._meta.label_lower, case_id=self.opinion.pk)
        stored = get_object_or_404(of_it, pk=pk)
        return FileResponse(stored.file.open("rb"), filename=stored.name, content_type=stored.content_type)


@method_decorator([login_not_required, never_cache], name="dispatch")
class GradeView(OfResident, FormView):
    """The resident rates the answer."""

    form_class = GradeForm
    template_name = "congress/portal/opinion.html"
    http_method_names = ["post"]

    def form_valid(self, form):
        try:
            actions.rate(self.opinion, on=timezone.localdate(), **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
            return self.form_invalid(form)
        except StepNotOpen:
            messages.info(self.request, _("这件已经评价过了。"))
        else:
            goes_back = self.opinion.state == Opinion.State.RECEIVED
            told = _("已收到您的评价，这件退回重新办理。") if goes_back else _("已收到您的评价，谢谢。")
            messages.success(self.request, told)
        return redirect("portal:opinion")

    def form_invalid(self, form):
        page = OpinionView()
        page.setup(self.request)
        return self.render_to_response(page.get_context_data(form=form))


@method_decorator([login_not_required, never_cache], name="dispatch")
class WithdrawView(OfResident, TemplateView):
    """Take back what was said; asked once more before."""

    template_name = "congress/portal/withdraw.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(opinion=self.opinion, congress=self.opinion.congress, **kwargs)

    def get(self, request):
        return super().get(request) if self.opinion.state in Opinion.OPEN else self.too_late()

    def post(self, request):
        try:
            actions.withdraw(self.opinion, on=timezone.localdate())
        except StepNotOpen:
            return self.too_late()
        return redirect("portal:opinion")

    def too_late(self):
        withdrawn = self.opinion.state == Opinion.State.WITHDRAWN
        messages.info(self.request, _("这件已经撤回了。") if withdrawn else _("这件已经有了结果，不能撤回。"))
        return redirect("portal:opinion")
