"""What a resident fills in, and what the office decides (居民的表单、公开审查)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from congress.accounts.models import User
from congress.kit.photos import PhotosField, PortraitField
from congress.portal.models import Publication
from congress.procedure.forms import SentOnceForm
from liaison.opinions import actions
from liaison.opinions.models import Opinion


class SayForm(SentOnceForm):
    """What a resident says: his words are enough."""

    text = forms.CharField(
        label=_("您要反映什么"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5, "placeholder": _("哪里、什么事、盼着怎么办")}),
        error_messages={"required": _("请写下您要反映的事。")},
    )
    photos = PhotosField(label=_("照片"), required=False, most=3, help_text=_("最多 3 张。拍摄地点等信息会自动去掉。"))
    place = forms.CharField(label=_("在哪个村、社区"), max_length=100, required=False)
    name = forms.CharField(label=_("怎么称呼您"), max_length=60, required=False)
    phone = forms.RegexField(
        label=_("手机号"),
        regex=r"^[0-9 +-]{7,20}$",
        required=False,
        help_text=_("可以不填。加密保存，只给处理这件事的工作人员看。"),
        error_messages={"invalid": _("请填写正确的电话号码，或者留空。")},
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    consents = forms.BooleanField(
        label=_("我已看过上面的告知，同意这样处理"), error_messages={"required": _("请先看告知，再勾选同意。")}
    )

    def carry_out(self, station, *, mandate=None, on):
        """Put it down by the robot, for a resident has no account; gives (opinion, its query code).

        What is said to a deputy without a station is kept by the office of his congress.
        """
        told = self.told()
        return actions.receive(
            congress=station.congress if station else mandate.congress,
            station=station,
            addressed_to=mandate,
            channel=Opinion.Channel.CODE,
            consented=told.pop("consents"),
            on=on,
            by=User.objects.robot(),
            **told,
        )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("查询码"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off", "class": "code-in"}),
        help_text=_("反映以后给您的八位字母和数字，如 7K4P-29MQ。"),
    )


class GradeForm(forms.Form):
    grade = forms.ChoiceField(label=_("您满意吗"), choices=Opinion.Grade.choices, widget=forms.RadioSelect)
    words = forms.CharField(label=_("还想说的"), max_length=300, required=False, widget=forms.Textarea({"rows": 2}))


class CheckForm(forms.Form):
    """The decision on one part of one suggestion, or on many."""

    act = forms.ChoiceField(choices=[("publish", ""), ("withhold", "")])
    part = forms.ChoiceField(choices=[part for part in Publication.Part.choices if part[0] != Publication.Part.KEPT])
    reason = forms.CharField(label=_("不予公开的理由"), max_length=200, required=False)


class KeptForm(forms.Form):
    """The decision on the words and photos of one kept promise."""

    act = forms.ChoiceField(choices=[("publish", ""), ("withhold", "")])
    reason = forms.CharField(label=_("不予公开的理由"), max_length=200, required=False)


class ProfileForm(forms.Form):
    portrait = PortraitField(
        label=_("照片"), required=False, help_text=_("近期正面照，用在公示栏、联系卡和公开页；不换就留空。")
    )
    introduction = forms.CharField(
        label=_("一句话介绍"),
        max_length=200,
        required=False,
        help_text=_("如：在石桥村种茶二十年，关注农村饮水和道路。"),
    )


class ShowForm(ProfileForm):
    """The same, put down by the office for a deputy who asked it to."""

    basis = forms.CharField(
        label=_("依据（本人书面同意）"),
        max_length=100,
        help_text=_("如：2026年3月2日书面同意书，存代表档案。记入日志。"),
        error_messages={"required": _("请写明依据：代表本人什么时候、以什么方式书面同意的。")},
    )
