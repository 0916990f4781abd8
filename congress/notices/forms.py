"""The form of a reader's wishes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from congress.notices import actions
from congress.notices.channels import channels
from congress.notices.models import Preference, Wish

UNREACHABLE = _("没有登记这一渠道的地址，现在发不到；可以请代表工作机构补登。")


class PreferencesForm(forms.Form):
    """One choice per channel (接收设置)."""

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        chosen = dict(Preference.objects.filter(user=user).values_list("channel", "wish"))
        for code, channel in channels().items():
            self.fields[code] = forms.ChoiceField(
                label=channel.label,
                choices=Wish.choices,
                initial=chosen.get(code, channel.default),
                widget=forms.RadioSelect,
                help_text="" if channel.address_of(user) else UNREACHABLE,
            )

    def carry_out(self, *, by):
        for code, wish in self.cleaned_data.items():
            actions.choose(by, channel=code, wish=wish)
