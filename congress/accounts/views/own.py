"""One's own account: password and second factor (我的账号)."""

import segno
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, TemplateView, View

from congress.accounts import actions, second_factor
from congress.accounts.forms import ChangePasswordForm, OwnPasswordForm, SecondFactorForm

_SECRET = "accounts.second_factor_secret"


class Profile(TemplateView):
    """My account: who I am here, and how I get in."""

    template_name = "congress/accounts/profile.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        return super().get_context_data(
            has_second_factor=second_factor.is_enrolled(user), tokens=user.tokens.open(at=timezone.now()), **kwargs
        )


class RevokeToken(View):
    """Sign one device off."""

    http_method_names = ["post"]

    def post(self, request, pk):
        actions.revoke_token(get_object_or_404(request.user.tokens, pk=pk))
        messages.success(request, _("这台设备已退出登录。"))
        return redirect("accounts:profile")


class _KnowsPassword(FormView):
    """A form that asks for the current password; guesses count like those at the door."""

    def knows(self, form, field):
        try:
            password = form.cleaned_data[field]
            actions.attempt(self.request.user.username, lambda user: user.check_password(password), at=timezone.now())
        except actions.Locked:
            form.add_error(field, _("连续多次不正确，已锁定，请过一会儿再试。"))
        except actions.Refused:
            form.add_error(field, _("当前密码不正确。"))
        return not form.errors


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class ChangePassword(_KnowsPassword):
    """Choose another password; the other devices are signed off by it."""

    template_name = "congress/accounts/change_password.html"
    form_class = ChangePasswordForm
    success_url = reverse_lazy("dashboards:desk")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def form_valid(self, form):
        if not self.knows(form, "old"):
            return self.form_invalid(form)
        actions.choose_password(self.request.user, form.cleaned_data["password"])
        update_session_auth_hash(self.request, self.request.user)
        messages.success(self.request, _("密码已修改，其他设备已退出登录。"))
        return HttpResponseRedirect(self.get_success_url())


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class EnrolSecondFactor(FormView):
    """Bind an authenticator app: show the secret, ask for one right code, hand out recovery codes once."""

    template_name = "congress/accounts/second_factor_enrol.html"
    form_class = SecondFactorForm

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and second_factor.is_enrolled(request.user):
            return HttpResponseRedirect(reverse("accounts:profile"))
        return super().dispatch(request, *args, **kwargs)

    @property
    def secret(self):
        return self.request.session.setdefault(_SECRET, second_factor.new_secret())

    def get_context_data(self, **kwargs):
        address = second_factor.address(self.request.user, self.secret)
        drawing = segno.make(address, error="m").svg_inline(scale=5, border=2, omitsize=False)
        return super().get_context_data(secret=self.secret, drawing=mark_safe(drawing), **kwargs)  # segno's own SVG

    def form_valid(self, form):
        if not second_factor.is_right(self.secret, "".join(form.cleaned_data["code"].split())):
            form.add_error("code", _("动态口令不正确。请核对手机时间，等换出下一个再填。"))
            return self.form_invalid(form)
        codes = second_factor.enrol(self.request.user, self.secret)
        del self.request.session[_SECRET]
        return render(self.request, "congress/accounts/recovery_codes.html", {"codes": codes})


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class DropSecondFactor(_KnowsPassword):
    """Take the second factor off, knowing the password."""

    template_name = "congress/accounts/second_factor_drop.html"
    form_class = OwnPasswordForm
    success_url = reverse_lazy("accounts:profile")

    def form_valid(self, form):
        if not self.knows(form, "password"):
            return self.form_invalid(form)
        second_factor.drop(self.request.user)
        messages.success(self.request, _("已停用动态口令。"))
        return HttpResponseRedirect(self.get_success_url())
