"""What is asked of a station (联络站的表单)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from congress.kit.widgets import DateInput, TimeInput
from congress.organs.models import Congress
from deputies.roll.models import DeputyGroup, Mandate
from liaison.stations.models import LiaisonStation, Opening
from liaison.stations.openings import WEEKDAYS
from liaison.stations.standard import standard


class StationForm(forms.ModelForm):
    groups = forms.ModelMultipleChoiceField(
        label=_("在这里活动的代表小组"),
        queryset=DeputyGroup.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("一个站可以有几个小组；一个小组只在一个站。"),
    )

    class Meta:
        model = LiaisonStation
        fields = (
            "name", "short_name", "type", "township", "head", "profession", "address", "phone", "area", "is_public",
        )  # fmt: skip
        help_texts = {
            "name": _("如：石桥镇代表联络站。"),
            "short_name": _("表格里用的短名，如：石桥站。"),
            "head": _("空着就由小组组长兼任。"),
            "profession": _("代表工作室填写，如：农业技术。"),
            "is_public": _("公开的站群众查得到、扫得开。"),
        }

    def __init__(self, *args, congress, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["township"].queryset = Congress.objects.filter(parent=congress).order_by("position")
        self.fields["township"].empty_label = _("县级")
        self.fields["head"].queryset = (
            Mandate.objects.filter(congress=congress).active().select_related("deputy").order_by("deputy__strokes")
        )
        self.fields["head"].empty_label = _("由小组组长兼任")
        self.fields["groups"].queryset = DeputyGroup.objects.filter(congress=congress)
        if self.instance.pk:
            self.fields["groups"].initial = list(self.instance.hostings.values_list("group", flat=True))

    def own(self):
        """What the action is told."""
        return {name: self.cleaned_data[name] for name in self._meta.fields}


class GradingForm(forms.Form):
    ticked = forms.MultipleChoiceField(label=_("已达到的"), required=False, widget=forms.CheckboxSelectMultiple)
    remarks = forms.CharField(label=_("备注"), max_length=300, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        items, _grades = standard()
        self.fields["ticked"].choices = [(item.code, item.label) for item in items]


class OpeningForm(forms.Form):
    """One regular opening; a line without a day is none."""

    when = forms.ChoiceField(label=_("哪天"), required=False)
    starts = forms.TimeField(label=_("从"), required=False, widget=TimeInput)
    ends = forms.TimeField(label=_("到"), required=False, widget=TimeInput)
    on_rest = forms.ChoiceField(label=_("遇休息日"), choices=Opening.OnRest, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        P = Opening.Pattern
        self.fields["when"].choices = [
            ("", _("不设")),
            (P.WORKDAYS, P.WORKDAYS.label),
            (P.WEEKLY.label, [(f"{P.WEEKLY}-{n}", _("每周%s") % day) for n, day in enumerate(WEEKDAYS, start=1)]),
            (P.MONTHLY.label, [(f"{P.MONTHLY}-{n}", _("每月%s日") % n) for n in range(1, 32)]),
        ]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("when"):
            _need_hours(self)
        elif cleaned.get("starts") or cleaned.get("ends"):
            self.add_error("when", _("请选哪天开放；不要这一行，就把时间也清空。"))
        return cleaned

    def said(self):
        """One opening as the action takes it, or None."""
        cleaned = self.cleaned_data
        if not cleaned.get("when"):
            return None
        pattern, _dash, number = cleaned["when"].partition("-")
        return {
            "pattern": pattern, "number": int(number or 0), "starts": cleaned["starts"], "ends": cleaned["ends"],
            "on_rest": cleaned["on_rest"] or Opening.OnRest.MOVE,
        }  # fmt: skip


class ExceptionForm(forms.Form):
    """One day that is otherwise; a line without a date is none."""

    day = forms.DateField(label=_("日期"), required=False, widget=DateInput)
    is_open = forms.TypedChoiceField(
        label=_("怎样"), choices=[("", _("停开")), ("1", _("加开"))], coerce=bool, empty_value=False, required=False
    )
    starts = forms.TimeField(label=_("从"), required=False, widget=TimeInput)
    ends = forms.TimeField(label=_("到"), required=False, widget=TimeInput)
    remark = forms.CharField(label=_("说明"), max_length=60, required=False)

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("day"):
            if cleaned["day"] < self.today:
                self.add_error("day", _("这一天已经过去了。"))
            if cleaned.get("is_open"):
                _need_hours(self)
        elif any(cleaned.get(name) for name in ("is_open", "starts", "ends", "remark")) and "day" not in self.errors:
            self.add_error("day", _("请选日期。"))
        return cleaned

    def said(self):
        cleaned = self.cleaned_data
        if not cleaned.get("day"):
            return None
        hours = {name: cleaned[name] if cleaned["is_open"] else None for name in ("starts", "ends")}
        return {"day": cleaned["day"], "is_open": cleaned["is_open"], "remark": cleaned["remark"].strip(), **hours}


def _need_hours(form):
    cleaned = form.cleaned_data
    for name, words in (("starts", _("请填开始时间。")), ("ends", _("请填结束时间。"))):
        if not cleaned.get(name) and name not in form.errors:
            form.add_error(name, words)
    if cleaned.get("starts") and cleaned.get("ends") and cleaned["ends"] <= cleaned["starts"]:
        form.add_error("ends", _("结束时间必须晚于开始时间。"))


_OPENINGS = forms.formset_factory(OpeningForm, extra=2, max_num=10, absolute_max=10)
_EXCEPTIONS = forms.formset_factory(ExceptionForm, extra=3, max_num=40, absolute_max=40)


class OpeningsForm(forms.Form):
    """When a station stands open: regular days, days that are otherwise, and a remark."""

    remark = forms.CharField(
        label=_("开放说明"), max_length=200, required=False, help_text=_("上面写不下的，如：赶集日上午也开。")
    )

    def __init__(self, data=None, *, station, today):
        super().__init__(data, initial={"remark": station.opening_remark})
        self.openings = _OPENINGS(
            data,
            prefix="open",
            initial=[
                {
                    "when": f"{each.pattern}-{each.number}" if each.number else each.pattern,
                    "starts": each.starts, "ends": each.ends, "on_rest": each.on_rest,
                }
                for each in station.openings.all()
            ],
        )  # fmt: skip
        self.exceptions = _EXCEPTIONS(
            data,
            prefix="except",
            form_kwargs={"today": today},
            initial=[
                {
                    "day": each.day, "is_open": "1" if each.is_open else "",
                    "starts": each.starts, "ends": each.ends, "remark": each.remark,
                }
                for each in station.exceptions.filter(day__gte=today)
            ],
        )  # fmt: skip

    def is_valid(self):
        return all([super().is_valid(), self.openings.is_valid(), self.exceptions.is_valid()])

    def own(self):
        """What the action is told."""
        return {
            "openings": [said for form in self.openings if (said := form.said())],
            "exceptions": [said for form in self.exceptions if (said := form.said())],
            "remark": self.cleaned_data["remark"].strip(),
        }
