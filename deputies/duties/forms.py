"""What a deputy puts down on his phone, what he objects to, and how it is decided (登记、异议、更正)."""

import uuid
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from congress.kit.photos import PhotosField
from congress.kit.widgets import DateInput
from congress.procedure.forms import StepForm
from deputies.duties import actions
from deputies.duties.kinds import FROM_PAPERS, SELF_ENTERED, Kind
from deputies.duties.models import DutyRecord
from deputies.roll.models import Mandate


class SeatField(forms.ModelChoiceField):
    def label_from_instance(self, seat):
        return _("%s代表") % seat.congress.region


def _plain(value):
    """A number as somebody would write it: 1, not 1.0."""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def _kind():
    choices = [(kind.value, kind.label) for kind in SELF_ENTERED]
    return forms.ChoiceField(label=_("做了什么"), choices=[("", _("请选择")), *choices])


def _quantity():
    return forms.DecimalField(
        label=_("次数"), min_value=1, max_value=999, max_digits=4, decimal_places=1, initial=1,
        help_text=_("同一天做了几次、办了几件，就填几。"), widget=forms.NumberInput(attrs={"inputmode": "decimal"}),
    )  # fmt: skip


class _ClaimFields(forms.Form):
    """What is asked of a deputy who puts down what he did; three of the fields have to be filled."""

    kind = _kind()
    title = forms.CharField(label=_("一句话说明"), max_length=200, help_text=_("如：巡查青石河石桥段，发现一处堆渣。"))
    held_on = forms.DateField(label=_("哪一天"), widget=DateInput)
    place = forms.CharField(label=_("在哪里"), max_length=100, required=False)
    quantity = _quantity()
    hours = forms.DecimalField(
        label=_("用了几小时"), min_value=0, max_value=999, max_digits=4, decimal_places=1, required=False,
        widget=forms.NumberInput(attrs={"inputmode": "decimal"}),
    )  # fmt: skip
    text = forms.CharField(
        label=_("详细情况"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    photos = PhotosField(label=_("照片"), required=False, help_text=_("最多 6 张。照片里的位置和手机信息会自动去掉。"))
    is_another = forms.BooleanField(label=_("这是另一次，不是重复登记"), required=False)

    FIELDS = ("kind", "title", "held_on", "place", "quantity", "hours", "text", "photos", "is_another")

    def values(self):
        return {name: self.cleaned_data[name] for name in self.FIELDS}


class ClaimForm(_ClaimFields):
    """The form of 登记履职."""

    seat = SeatField(label=_("以哪里的代表身份"), queryset=Mandate.objects.none(), empty_label=None)
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    field_order = ["seat"]

    def __init__(self, *args, seats, today, **kwargs):
        initial = {"key": uuid.uuid4().hex, "held_on": today} | (kwargs.pop("initial", None) or {})
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["seat"].queryset = seats
        if len(seats) == 1:
            self.fields["seat"].required = False
            self.fields["seat"].widget = forms.HiddenInput()
        self.seats = seats

    def carry_out(self, *, on, by):
        seat = self.cleaned_data["seat"] or self.seats[0]
        return actions.claim(seat, key=self.cleaned_data["key"], on=on, by=by, **self.values())


class ResubmitForm(StepForm, _ClaimFields):
    """The same again, with what was missing."""

    def __init__(self, *args, case, **kwargs):
        names = ("kind", "title", "held_on", "place", "quantity", "hours", "text")
        initial = {name: _plain(getattr(case, name)) for name in names} | (kwargs.pop("initial", None) or {})
        super().__init__(*args, case=case, initial=initial, **kwargs)

    def own_fields(self):
        """Whether it is another one is asked only where there is one like it."""
        return [field for field in super().own_fields() if field.name != "is_another" or field.errors]

    def carry_out(self, case, *, by):
        actions.resubmit(case, by=by, **self.values(), **self.taking())


class ObjectForm(StepForm):
    """What is wrong, in the deputy's own words (提出异议)."""

    objection = forms.CharField(
        label=_("哪里不对，应当是什么"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("如：3月2日的视察我全程参加了，签到时手机没有网络。"),
    )  # fmt: skip

    def carry_out(self, case, *, by):
        actions.object_to(case, objection=self.cleaned_data["objection"], by=by, **self.taking())


class _FindingForm(StepForm):
    finding = forms.CharField(
        label=_("核实的情况"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("代表看得到。")
    )
    act = None

    def carry_out(self, case, *, by):
        type(self).act(case, finding=self.cleaned_data["finding"], by=by, **self.taking())


class UpholdForm(_FindingForm):
    act = actions.uphold


class StrikeForm(_FindingForm):
    act = actions.strike


class CorrectForm(_FindingForm):
    """The row as it should have been (更正)."""

    outcome = forms.ChoiceField(label=_("履行情况"), choices=DutyRecord.Outcome.choices, widget=forms.RadioSelect)
    title = forms.CharField(label=_("内容"), max_length=200)
    held_on = forms.DateField(label=_("日期"), widget=DateInput)
    place = forms.CharField(label=_("地点"), max_length=100, required=False)
    quantity = forms.DecimalField(label=_("数量"), min_value=0, max_digits=6, decimal_places=1)
    hours = forms.DecimalField(label=_("学时、工时"), min_value=0, max_digits=5, decimal_places=1, required=False)
    field_order = ["outcome", "title", "held_on", "place", "quantity", "hours", "finding"]
    CHANGES = ("outcome", "title", "held_on", "place", "quantity", "hours")

    def __init__(self, *args, case, **kwargs):
        initial = {name: _plain(getattr(case, name)) for name in self.CHANGES} | (kwargs.pop("initial", None) or {})
        super().__init__(*args, case=case, initial=initial, **kwargs)

    def carry_out(self, case, *, by):
        changes = {name: self.cleaned_data[name] for name in self.CHANGES}
        actions.correct(case, changes=changes, finding=self.cleaned_data["finding"], by=by, **self.taking())


class RetractForm(StepForm):
    """Nothing is asked: the deputy takes his own word back."""

    def carry_out(self, case, *, by):
        actions.retract(case, by=by, **self.taking())


class RefuseForm(forms.Form):
    """Why a claim is not recognised, for one or for many."""

    finding = forms.CharField(
        label=_("不予认可的理由"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("代表看得到，可以照理由补充后重报。"),
    )  # fmt: skip


class SheetForm(forms.Form):
    """One event and the deputies whom it concerns, by name or number of certificate (履职登记表)."""

    kind = forms.ChoiceField(
        label=_("履职事项"), choices=[(kind.value, kind.label) for kind in Kind if kind not in FROM_PAPERS]
    )
    title = forms.CharField(
        label=_("内容"), max_length=200, help_text=_("如：县优秀代表建议《关于修复青石河堤防的建议》。")
    )
    held_on = forms.DateField(label=_("日期"), widget=DateInput)
    place = forms.CharField(label=_("地点"), max_length=100, required=False)
    quantity = forms.DecimalField(label=_("每人数量"), min_value=1, max_digits=4, decimal_places=1, initial=1)
    hours = forms.DecimalField(label=_("每人学时、工时"), min_value=0, max_digits=4, decimal_places=1, required=False)
    names = forms.CharField(
        label=_("代表"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("一行一人，或用顿号隔开；写姓名，同名的写代表证号。请假、缺席的在后面注明，如：田秀英 请假。"),
    )  # fmt: skip
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def carry_out(self, congress, *, on, by):
        return actions.enter(congress, on=on, by=by, **self.cleaned_data)


class CertificateForm(forms.Form):
    """For whom, and over which days."""

    addressee = forms.CharField(label=_("致送单位"), max_length=100, help_text=_("代表的工作单位，写全称。"))
    first = forms.DateField(label=_("从"), widget=DateInput)
    last = forms.DateField(label=_("到"), widget=DateInput)
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def clean(self):
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if first and last and last < first:
            self.add_error("last", _("截止日期不能早于开始日期。"))

    def carry_out(self, seat, *, on, by):
        return actions.certify(seat, on=on, by=by, **self.cleaned_data)
