"""What a resident fills in, and what the office decides (居民的表单、公开审查)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from congress.accounts.models import User
from congress.kit.photos import PhotosField, PortraitField
from congress.kit.widgets import DateInput
from congress.portal import stories
from congress.portal.models import ONLY_WEB, Publication, Story
from congress.procedure.forms import SentOnceForm, StepForm
from deputies.roll.models import Deputy, Mandate
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
        regex=r"^\+?(?:[ -]?[0-9]){7,15}$",
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


class WebField(forms.URLField):
    """An address of the web and of nothing else; whoever types none of `https://` means it."""

    default_validators = (ONLY_WEB,)


class StoryFields(forms.Form):
    """What is told of a deputy, or where a report on him is found."""

    kind = forms.ChoiceField(
        label=_("类别"), choices=Story.Kind.choices, initial=Story.Kind.STORY, widget=forms.RadioSelect
    )
    title = forms.CharField(label=_("标题"), max_length=120, error_messages={"required": _("请写标题。")})
    text = forms.CharField(
        label=_("正文"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("代表故事必填；媒体报道可以写一两句简介。公开时自动遮住手机号、身份证号、银行卡号。"),
    )
    outlet = forms.CharField(
        label=_("媒体、栏目"), max_length=100, required=False, help_text=_("如：县融媒体中心“代表视点”。媒体报道必填。")
    )
    url = WebField(
        label=_("网址"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("媒体报道必填，从浏览器地址栏复制。"),
        error_messages={"invalid": ONLY_WEB.message},
    )
    told_on = forms.DateField(label=_("刊播日期"), widget=DateInput, error_messages={"required": _("请填刊播日期。")})
    photos = PhotosField(
        label=_("照片"),
        required=False,
        help_text=_("一次最多 6 张，拍摄地点等信息会自动去掉。照片里有别人的，先征得同意。"),
    )
    ask = forms.BooleanField(label=_("保存后马上请代表同意"), required=False, initial=True)

    def content(self):
        """The words and pictures among what was filled in."""
        return {name: self.cleaned_data[name] for name in (*Story.CONTENT, "photos")}


class StoryForm(SentOnceForm, StoryFields):
    """A new one; of which deputy, stays."""

    mandate = forms.ModelChoiceField(
        None,
        label=_("代表"),
        empty_label=_("请选代表"),
        error_messages={"required": _("请选代表。"), "invalid_choice": _("请从列表里选代表。")},
    )
    field_order = ("mandate",)

    def __init__(self, *args, congresses, **kwargs):
        super().__init__(*args, **kwargs)
        seats = (
            Mandate.objects.active().filter(congress__in=congresses).select_related("deputy", "delegation__township")
        )
        self.fields["mandate"].queryset = seats.defer(*Deputy.personal()).order_by(
            "congress__level", "deputy__strokes", "pk"
        )
        self.fields["mandate"].label_from_instance = lambda seat: (
            f"{seat.deputy.name}（{seat.delegation}）" if seat.delegation else seat.deputy.name
        )

    def carry_out(self, *, on, by):
        story = stories.write(self.cleaned_data["mandate"], on=on, by=by, **self.content())
        return stories.ask(story, on=on, by=by) if self.cleaned_data["ask"] else story


class ReviseForm(StepForm, StoryFields):
    drop = forms.ModelMultipleChoiceField(
        None, label=_("去掉哪些照片"), required=False, widget=forms.CheckboxSelectMultiple
    )
    field_order = ("kind", "title", "text", "outlet", "url", "told_on", "drop", "photos", "ask")

    def __init__(self, *args, case, **kwargs):
        stands = {name: getattr(case, name) for name in Story.CONTENT}
        super().__init__(*args, case=case, initial=stands | kwargs.pop("initial", {}), **kwargs)
        self.fields["photos"].label = _("再加照片")
        photos = list(case.photos.order_by("pk"))
        numbers = {photo.pk: number for number, photo in enumerate(photos, start=1)}
        self.fields["drop"].queryset = case.photos.order_by("pk")
        self.fields["drop"].label_from_instance = lambda photo: _("照片 %s") % numbers[photo.pk]
        if not photos:
            del self.fields["drop"]

    def carry_out(self, case, *, by):
        on, drop = self.cleaned_data["on"], self.cleaned_data.get("drop", ())
        stories.revise(case, drop=drop, by=by, **self.taking(), **self.content())
        if self.cleaned_data["ask"] and case.state in (Story.State.DRAFT, Story.State.WITHDRAWN):
            stories.ask(case, on=on, by=by)


class AskStoryForm(StepForm):
    def carry_out(self, case, *, by):
        stories.ask(case, by=by, **self.taking())


class AgreeForm(StepForm):
    """His tick: the step is not taken without it."""

    consents = forms.BooleanField(
        label=_("我看过全文和照片，同意照此公开"), error_messages={"required": _("请看过全文，再勾选同意。")}
    )

    def carry_out(self, case, *, by):
        stories.agree(case, by=by, **self.taking())


class DeclineForm(StepForm):
    reason = forms.CharField(
        label=_("为什么不同意，哪里要改"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("请写为什么不同意，哪里要改。")},
    )

    def carry_out(self, case, *, by):
        stories.decline(case, reason=self.cleaned_data["reason"], by=by, **self.taking())


class PublishStoryForm(StepForm):
    def carry_out(self, case, *, by):
        stories.publish(case, by=by, **self.taking())


class TakeBackForm(StepForm):
    reason = forms.CharField(label=_("理由"), max_length=200, required=False, help_text=_("可以不写。"))

    def carry_out(self, case, *, by):
        stories.take_back(case, reason=self.cleaned_data["reason"], by=by, **self.taking())


class WithdrawStoryForm(StepForm):
    reason = forms.CharField(label=_("为什么撤下"), max_length=200, error_messages={"required": _("请写为什么撤下。")})

    def carry_out(self, case, *, by):
        stories.withdraw(case, reason=self.cleaned_data["reason"], by=by, **self.taking())
