"""The organiser's lists: whom to call, who else is there, the photos (名单)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from congress.kit.photos import PhotosField
from deputies.activities.models import Guest, Invitation
from deputies.roll.models import Delegation, DeputyGroup


class AudienceForm(forms.Form):
    """Which deputies to put on the page to choose from: by body, or by whose turn it is to observe."""

    groups = forms.ModelMultipleChoiceField(
        None, label=_("代表小组"), required=False, widget=forms.CheckboxSelectMultiple
    )
    delegations = forms.ModelMultipleChoiceField(
        None, label=_("代表团"), required=False, widget=forms.CheckboxSelectMultiple
    )
    standing = forms.BooleanField(label=_("常委会组成人员"), required=False)
    everybody = forms.BooleanField(label=_("全体代表"), required=False)
    townships = forms.BooleanField(label=_("所辖乡镇的代表"), required=False)
    names = forms.CharField(
        label=_("点名"), required=False, max_length=500, help_text=_("几个姓名用顿号或者空格隔开。")
    )
    expertise = forms.CharField(
        label=_("专长"),
        required=False,
        max_length=100,
        help_text=_("如：水利。几个专长用顿号隔开，懂其中一样的都列出来。"),
    )
    observers = forms.IntegerField(
        label=_("列席轮次最少的几名"),
        required=False,
        min_value=1,
        max_value=60,
        help_text=_("按本届列席常委会会议的次数，从少到多推荐。"),
    )

    def __init__(self, *args, activity, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["groups"].queryset = DeputyGroup.objects.filter(congress=activity.congress_id)
        self.fields["delegations"].queryset = Delegation.objects.filter(congress=activity.congress_id)
        if not activity.congress.children.filter(kind="congress").exists():
            del self.fields["townships"]

    def asks_for_somebody(self):
        return self.is_valid() and any(self.cleaned_data.values())


class InviteForm(forms.Form):
    """The deputies ticked, and as what they are called."""

    mandates = forms.TypedMultipleChoiceField(label=_("代表"), coerce=int, widget=forms.MultipleHiddenInput)
    part = forms.ChoiceField(label=_("身份"), choices=Invitation.Part.choices)

    def __init__(self, *args, asked=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mandates"].choices = [(pk, pk) for pk in asked if pk.isdigit() and len(pk) < 15]


class GuestForm(forms.Form):
    """Those who are no deputies, a line each: the name, and after a space where they come from."""

    lines = forms.CharField(max_length=20000)
    kind = forms.ChoiceField(label=_("类别"), choices=Guest.Kind.choices)

    def clean_lines(self):
        people = []
        for number, line in enumerate(self.cleaned_data["lines"].splitlines(), start=1):
            name, _space, unit = line.strip().replace("\u3000", " ").partition(" ")
            if len(name) > 60 or len(unit) > 100:
                raise forms.ValidationError(_("第 %s 行太长：一行写一人，姓名和单位之间空一格。") % number)
            if name:
                people.append((name, unit.strip()))
        return people


class PhotosForm(forms.Form):
    photos = PhotosField(label=_("照片"), help_text=_("可以一次选几张；照片里的位置信息会自动去掉。"))
