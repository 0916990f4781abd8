"""The doors: password, code by SMS, second factor, activation slip, and out (登录)."""

import time

import structlog
from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import RedirectURLMixin
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, View

from congress.accounts import actions, refusals, second_factor, sms
from congress.accounts.forms import ActivateForm, PhoneForm, SecondFactorForm, SignInForm, SmsCodeForm
from congress.accounts.middleware import KEPT, SEEN
from congress.accounts.models import User

logger = structlog.get_logger(__name__)

_BACKEND = "congress.accounts.backends.SessionBackend"
_PENDING = "accounts.pending"  # the first factor is proved, the second is asked
_PENDING_SECONDS = 600


@method_decorator(
    [login_not_required, never_cache, sensitive_post_parameters("password", "again", "code")], name="dispatch"
)
class _Door(RedirectURLMixin, FormView):
    """What every way in shares: the rate limit of the address, the count on the name, the words of refusal."""

    next_page = settings.LOGIN_REDIRECT_URL

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated:
            return HttpResponseRedirect(self.get_success_url())
        return super().dispatch(request, *args, **kwargs)

    def attempt(self, form, name, proves):
        """The user whom this proof opens, or None with the reason on the form."""
        if not ratelimit.consume(self.request, action="sign_in_failed", dry_run=True):
            form.add_error(None, refusals.too_often_words())
            return None
        try:
            return actions.attempt(name, proves, at=timezone.now(), is_whole=self.is_whole)
        except actions.Locked as locked:
            form.add_error(None, refusals.locked_words(locked.until))
        except actions.Refused:
            form.add_error(None, self.refused_words())
        ratelimit.consume(self.request, action="sign_in_failed")
        logger.warning("sign_in_refused", door=type(self).__name__)  # never the name: it may be a mistyped password
        return None

    def is_whole(self, user):
        """Whether this proof alone lets him in."""
        return not second_factor.is_enrolled(user)

    def refused_words(self):
        return refusals.refused_words()

    def let_in(self, user, *, keep=False):
        """Sign him in, or ask for the second factor where he has one."""
        if second_factor.is_enrolled(user):
            self.request.session[_PENDING] = {
                "user": user.pk,
                "at": time.time(),
                "keep": keep,
                "next": self.get_success_url(),
            }
            return HttpResponseRedirect(reverse("accounts:second_factor"))
        sign_in(self.request, user, keep=keep)
        return HttpResponseRedirect(self.get_success_url())

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            has_sms=bool(settings.SMS_CHANNEL),
            keep_days=settings.KEEP_SIGNED_IN_DAYS,
            idle_minutes=settings.IDLE_MINUTES,
            next=self.get_redirect_url(),
            **kwargs,
        )


def sign_in(request, user, *, keep=False):
    """Open the session; a kept one lasts days, the other ends with the browser or when idle."""
    login(request, user, backend=_BACKEND)
    kept = keep and settings.KEEP_SIGNED_IN_DAYS > 0
    logger.info("signed_in", account=user.pk, kept=keep)
    request.session[SEEN] = time.time()
    request.session[KEPT] = kept
    request.session.set_expiry(settings.KEEP_SIGNED_IN_DAYS * 24 * 3600 if kept else 0)


class SignIn(_Door):
    """Login name or phone with password."""

    template_name = "congress/accounts/sign_in.html"
    form_class = SignInForm

    def form_valid(self, form):
        words = form.cleaned_data
        user = self.attempt(form, words["login"], lambda user: user.check_password(words["password"]))
        return self.let_in(user, keep=words["keep"]) if user else self.form_invalid(form)


@method_decorator(login_not_required, name="dispatch")  # a dispatch of its own loses the mark
class SignInByCode(_Door):
    """Phone and a code sent to it; there only where the county has an SMS channel."""

    template_name = "congress/accounts/sign_in_by_code.html"
    form_class = SmsCodeForm

    def dispatch(self, request, *args, **kwargs):
        if not settings.SMS_CHANNEL and not request.user.is_authenticated:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        return self.send() if "send" in request.POST else super().post(request, *args, **kwargs)

    def send(self):
        phone_form = PhoneForm(self.request.POST)
        form = SmsCodeForm(initial={"phone": self.request.POST.get("phone", "")})
        if not phone_form.is_valid():
            return self.render_to_response(self.get_context_data(form=phone_form, code_form=form))
        phone = phone_form.cleaned_data["phone"]
        if not ratelimit.consume(self.request, action="sms_code", key="".join(filter(str.isdigit, phone))):
            return self.render_to_response(self.get_context_data(form=form, too_often=True))
        sms.send_code(phone)
        return self.render_to_response(self.get_context_data(form=form, sent=True))

    def form_valid(self, form):
        words = form.cleaned_data
        user = self.attempt(form, words["phone"], lambda user: sms.proves(user, words["code"]))
        return self.let_in(user, keep=words["keep"]) if user else self.form_invalid(form)

    def refused_words(self):
        return _("手机号或验证码不正确，或者验证码已过期。")


@method_decorator(login_not_required, name="dispatch")  # a dispatch of its own loses the mark
class SecondFactor(_Door):
    """The second factor, after the first was proved."""

    template_name = "congress/accounts/second_factor.html"
    form_class = SecondFactorForm

    def dispatch(self, request, *args, **kwargs):
        pending = request.session.get(_PENDING)
        if not pending or time.time() - pending["at"] > _PENDING_SECONDS:
            return HttpResponseRedirect(reverse("accounts:sign_in"))
        self.pending = pending
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        waiting = User.objects.filter(pk=self.pending["user"], is_active=True).first()
        if waiting is None:
            return HttpResponseRedirect(reverse("accounts:sign_in"))
        code = form.cleaned_data["code"]
        user = self.attempt(form, waiting.username, lambda user: second_factor.proves(user, code))
        if user is None:
            return self.form_invalid(form)
        del self.request.session[_PENDING]
        sign_in(self.request, user, keep=self.pending["keep"])
        return HttpResponseRedirect(self.pending["next"])

    def is_whole(self, user):
        return True

    def refused_words(self):
        return refusals.second_factor_words()


class Activate(_Door):
    """First entry with the printed slip; a GET (also that of a chat's preview) never uses the code up."""

    template_name = "congress/accounts/activate.html"
    form_class = ActivateForm

    def get_initial(self):
        return {"login": self.request.GET.get("name", "")[:60]}

    def form_valid(self, form):
        words = form.cleaned_data
        # The password is judged against the typed name only: a stranger must not learn whose account it is.
        form.judge(words["password"], User(username=words["login"]))
        if form.errors:
            return self.form_invalid(form)
        now = timezone.now()
        user = self.attempt(form, words["login"], lambda user: actions.opens(user, words["code"], at=now))
        if user is None:
            return self.form_invalid(form)
        form.judge(words["password"], user)
        if form.errors:
            return self.form_invalid(form)
        if not actions.activate(user, code=words["code"], password=words["password"], at=now):
            form.add_error(None, self.refused_words())
            return self.form_invalid(form)
        return self.let_in(user)

    def refused_words(self):
        return _("登录名或激活码不正确，或者激活码已用过、已过期。请核对激活单，或者请代表工作机构重新签发。")


@method_decorator(login_not_required, name="dispatch")
class SignOut(View):
    """Out, by POST only: a link in a letter must not sign anybody off."""

    http_method_names = ["post"]

    def post(self, request):
        logout(request)
        return HttpResponseRedirect(reverse("accounts:sign_in"))
