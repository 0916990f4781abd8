"""What is asked to arrange receptions (排接待的表单)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from congress.kit.widgets import DateInput, TimeInput
from congress.procedure.forms import SentOnceForm
from deputies.activities.kinds import Kind
from deputies.roll.models import Mandate
from liaison.stations.models import deputies_at


class YearForm(SentOnceForm):
    """A station's year at once; `shown` is the mark of the plan that its reader confirms."""

    station = forms.ModelChoiceField(label=_("联络站"), queryset=None, empty_label=None)
    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2100)
    by_openings = forms.BooleanField(
        label=_("按开放安排排"),
        required=False,
        help_text=_("排在每月第一个开放日，时间也按开放安排。不勾就按下面的日子和时间。"),
    )
    day_of_month = forms.IntegerField(
        label=_("每月几日"),
        min_value=1,
        max_value=31,
        initial=15,
        help_text=_("遇休息日顺延到本月下一个工作日；本月没有的，提前到最后一个工作日。"),
    )
    months = forms.TypedMultipleChoiceField(
        label=_("月份"),
        coerce=int,
        choices=[(month, _("%s月") % month) for month in range(1, 13)],
        initial=list(range(1, 13)),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("已经排过的月份、已经过去的日子不重排。"),
    )
    starts = forms.TimeField(label=_("开始时间"), initial="09:00", widget=TimeInput)
    ends = forms.TimeField(label=_("结束时间"), initial="11:00", widget=TimeInput)
    each_time = forms.IntegerField(
        label=_("每次几名代表"), min_value=1, max_value=20, initial=2, help_text=_("按本站代表轮流排。")
    )
    shown = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(self, *args, stations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["station"].queryset = stations

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("by_openings") and cleaned.get("station") and not cleaned["station"].openings.exists():
            self.add_error("by_openings", _("这个站还没有设开放安排。请先设，或者不勾这一项。"))
        if cleaned.get("starts") and cleaned.get("ends") and cleaned["ends"] <= cleaned["starts"]:
            self.add_error("ends", _("结束时间必须晚于开始时间。"))
        return cleaned


class ReceptionForm(forms.Form):
    """One reception at the station, or one visit outside."""

    kind = forms.ChoiceField(
        label=_("方式"),
        choices=[
            (Kind.RECEPTION, _("在站接待")),
            (Kind.VISIT, _("进村（社区）走访")),
            (Kind.DOUBLE_DAY, _("双日：领导干部人大代表接待日暨代表联系选民日")),
        ],
        initial=Kind.RECEPTION,
        widget=forms.RadioSelect,
    )
    village = forms.CharField(label=_("走访的村（社区）"), max_length=60, required=False)
    day = forms.DateField(label=_("日期"), widget=DateInput)
    starts = forms.TimeField(label=_("开始时间"), initial="09:00", widget=TimeInput)
    ends = forms.TimeField(label=_("结束时间"), initial="11:00", widget=TimeInput)
    mandates = forms.ModelMultipleChoiceField(
        label=_("代表"),
        queryset=Mandate.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请至少安排一名代表。")},
    )
    leaders = forms.CharField(
        label=_("到场接待的领导干部"), max_length=200, required=False, help_text=_("领导干部人大代表接待日填写。")
    )

    def __init__(self, *args, station, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mandates"].queryset = deputies_at([station]).select_related("deputy")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") == Kind.VISIT and not cleaned.get("village"):
            self.add_error("village", _("请写明走访哪个村（社区）。"))
        if cleaned.get("kind") == Kind.DOUBLE_DAY and not cleaned.get("leaders"):
            self.add_error("leaders", _("双日请写明到场的领导干部。"))
        return cleaned
