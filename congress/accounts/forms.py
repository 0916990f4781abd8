"""What a person types to sign in, to activate, to change a password (登录表单)."""

from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _


class SignInForm(forms.Form):
    """Login name or phone, and password (账号密码)."""

    login = forms.CharField(
        label=_("登录名或手机号"),
        max_length=60,
        error_messages={"required": _("请填写登录名或手机号。")},
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("密码"),
        max_length=128,
        strip=False,
        error_messages={"required": _("请填写密码。")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    keep = forms.BooleanField(label=_("这台设备保持登录"), required=False)


class PhoneForm(forms.Form):
    """Where to send the code (手机号)."""

    phone = forms.RegexField(
        r"^[\d\s+-]{7,20}$",
        label=_("手机号"),
        error_messages={"required": _("请填写手机号。"), "invalid": _("手机号只含数字，请检查。")},
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )


class SmsCodeForm(PhoneForm):
    """The phone, and the code that came (验证码)."""

    code = forms.CharField(
        label=_("验证码"),
        max_length=20,
        error_messages={"required": _("请填写短信里的 6 位数字。")},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
    keep = forms.BooleanField(label=_("这台设备保持登录"), required=False)

    def clean_code(self):
        code = "".join(self.cleaned_data["code"].split())
        if not code.isdigit() or len(code) != 6:
            raise forms.ValidationError(_("验证码是 6 位数字。"))
        return code


class SecondFactorForm(forms.Form):
    """A code of the authenticator app, or a recovery code (动态口令)."""

    code = forms.CharField(
        label=_("动态口令"),
        max_length=20,
        help_text=_("身份验证应用里的 6 位数字；手机不在身边时，填写一个 8 位备用码。"),
        error_messages={"required": _("请填写 6 位动态口令或 8 位备用码。")},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}),
    )


def _in_words():
    """The policy of `AUTH_PASSWORD_VALIDATORS` as one sentence."""
    return _("至少 %(length)s 个字符，不能全是数字，不能是常见密码，也不能和登录名、姓名、手机号相近。") % {
        "length": settings.PASSWORD_LENGTH
    }


_policy_in_words = lazy(_in_words, str)()


class _NewPassword(forms.Form):
    """A new password, twice, judged by the policy in force."""

    password = forms.CharField(
        label=_("新密码"),
        max_length=128,
        strip=False,
        help_text=_policy_in_words,
        error_messages={"required": _("请填写新密码。")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("再填一次新密码"),
        max_length=128,
        strip=False,
        error_messages={"required": _("请再填一次新密码。")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_again(self):
        again = self.cleaned_data["again"]
        if again != self.cleaned_data.get("password", again):
            raise forms.ValidationError(_("两次填写的密码不一样。"))
        return again

    def judge(self, password, user):
        """Put what the policy says about this password beside its field."""
        try:
            password_validation.validate_password(password, user)
        except forms.ValidationError as refused:
            self.add_error("password", refused)


class ActivateForm(_NewPassword):
    """Login name and code from the slip, and a password of one's own (激活)."""

    login = forms.CharField(
        label=_("登录名"),
        max_length=60,
        error_messages={"required": _("请填写激活单上的登录名。")},
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    code = forms.CharField(
        label=_("激活码"),
        max_length=20,
        help_text=_("激活单上的 10 位字母和数字，不分大小写。"),
        error_messages={"required": _("请填写激活单上的激活码。")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    field_order = ["login", "code", "password", "again"]


class ChangePasswordForm(_NewPassword):
    """The old password and a new one (修改密码)."""

    old = forms.CharField(
        label=_("当前密码"),
        max_length=128,
        strip=False,
        error_messages={"required": _("请填写当前密码。")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ["old", "password", "again"]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self):
        cleaned = super().clean()
        old, new = cleaned.get("old"), cleaned.get("password")
        if new and old == new:
            self.add_error("password", _("新密码不能和当前密码一样。"))
        if new:
            self.judge(new, self.user)
        return cleaned


class OwnPasswordForm(forms.Form):
    """The password, asked again before the second factor is taken off (确认密码)."""

    password = forms.CharField(
        label=_("当前密码"),
        max_length=128,
        strip=False,
        error_messages={"required": _("请填写当前密码。")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
