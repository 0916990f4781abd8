"""The forms of the year's plan: a line, a session, a kind (计划表单)."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from congress.kit.widgets import MomentInput
from deputies.roll.models import Delegation
from deputies.training.forms.common import AudienceForm
from deputies.training.kinds import Kind
from deputies.training.models import PlanLine


class LineForm(AudienceForm):
    """One line of the plan."""

    month = forms.TypedChoiceField(
        label=_("计划月份"), coerce=int, choices=[(month, _("%s月") % month) for month in range(1, 13)]
    )

    class Meta:
        model = PlanLine
        fields = (
            "theme", "kind", "channel", "month", "sessions", "hours",
            "to_deputies", "to_new", "to_township_deputies", "to_staff", "to_keepers", "groups",
        )  # fmt: skip

    def clean_sessions(self):
        sessions = self.cleaned_data["sessions"]
        if not 1 <= sessions <= 200:
            raise ValidationError(_("计划场次应当在 1 到 200 之间。"))
        return sessions

    def clean_hours(self):
        hours = self.cleaned_data["hours"]
        if not 0 < hours <= 200:
            raise ValidationError(_("学时应当大于 0，不超过 200。"))
        return hours


class HoldForm(forms.Form):
    """One session of a line: what it is called, where and when."""

    request_key = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    title = forms.CharField(label=_("名称"), max_length=120)
    place = forms.CharField(label=_("地点"), max_length=100)
    starts_at = forms.DateTimeField(label=_("开始时间"), widget=MomentInput)
    ends_at = forms.DateTimeField(label=_("结束时间"), widget=MomentInput)
    delegations = forms.ModelMultipleChoiceField(
        None,
        label=_("只请这些代表团"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("到乡镇办班时勾选，乡镇本级的代表一并请；不勾选就请计划对象的全部代表。"),
    )

    def __init__(self, *args, congress, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["delegations"].queryset = Delegation.objects.filter(congress=congress)

    def clean(self):
        cleaned = super().clean()
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", _("结束时间必须晚于开始时间。"))
        return cleaned


class NominationForm(forms.Form):
    """Why a group that learned nothing is put forward all the same."""

    reason = forms.CharField(label=_("理由"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}), required=False)


class LessonForm(forms.Form):
    """Of which kind an activity is as a training, and of which line of the plan."""

    kind = forms.ChoiceField(label=_("培训类型"), choices=Kind.choices)
    line = forms.ModelChoiceField(
        None, label=_("计划项目"), required=False, empty_label=_("计划外"), help_text=_("按计划组织的，选是哪一项。")
    )
    study_hours = forms.DecimalField(
        label=_("学习学时"),
        required=False,
        min_value=0,
        max_value=24,
        max_digits=5,
        decimal_places=1,
        help_text=_("会议、小组活动里安排的学习才填；到会登记后自动记入代表的学时，不用再录名单。"),
    )

    def __init__(self, *args, activity, lines, is_training, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["line"].queryset = lines
        if is_training:
            del self.fields["study_hours"]
        else:
            studies = (Kind.PRE_MEETING, Kind.PRE_GROUP)
            self.fields["kind"].choices = [(kind.value, kind.label) for kind in studies]
