"""What is asked for when rules or the calendar change, or a date is worked out (口径、日历、试算)."""

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from congress.kit.widgets import DateInput
from congress.rulebook import actions
from congress.rulebook.book import Book
from congress.rulebook.codes import CODES
from congress.rulebook.explanation import explain
from congress.rulebook.lines import LINES, LinesField
from congress.rulebook.models import Level, RuleProfile, Unit
from congress.rulebook.notice import decode, read_notice

MAX_PERIOD = 600
MAX_UPLOAD = 256 * 1024


def _profile_field():
    return forms.ModelChoiceField(
        RuleProfile.objects.all(), to_field_name="code", label=_("期限口径"), empty_label=None
    )


class TryForm(forms.Form):
    profile = _profile_field()
    level = forms.ChoiceField(choices=Level, label=_("层级"))
    rule = forms.ChoiceField(
        choices=[(code.code, code.label) for code in CODES.values() if code.is_period], label=_("期限"), initial="reply"
    )
    start = forms.DateField(widget=DateInput(), label=_("起算日"))

    def clean_start(self):
        start = self.cleaned_data["start"]
        if not 2000 <= start.year <= 2100:
            raise ValidationError(_("请填写 2000 年到 2100 年之间的日期。"))
        return start

    def work_out(self, *, today):
        values = self.cleaned_data
        book = Book.of_profile(values["profile"].code, level=values["level"])
        found = book.deadline(values["rule"], start=values["start"])
        shown = explain(found.reckoning, start=found.start, due_on=found.due_on, works=book.workdays, today=today)
        return {"found": found, "explanation": shown}


class ChoiceForm(forms.Form):
    """Which profile a congress follows from when (选用口径)."""

    profile = _profile_field()
    effective_from = forms.DateField(
        widget=DateInput(), label=_("生效日期"), help_text=_("从这一天起算的期限按这个口径计算；以前起算的不变。")
    )
    ground = forms.CharField(max_length=200, label=_("依据"), help_text=_("哪次会议决定，或者哪个文件第几条。"))

    def carry_out(self, congress):
        return actions.choose_profile(congress, **self.cleaned_data)


class OverrideForm(forms.Form):
    """A congress's own value for one rule (本级口径); the fields follow the kind of rule."""

    unit = forms.ChoiceField(choices=(), label=_("单位"))
    effective_from = forms.DateField(
        widget=DateInput(), label=_("生效日期"), help_text=_("从这一天起算的期限按这个数值计算；以前起算的不变。")
    )
    article = forms.CharField(
        max_length=200, label=_("依据"), help_text=_("写明本级哪个文件第几条，或者哪次会议决定。")
    )
    field_order = ["value", "unit", "effective_from", "article"]

    def __init__(self, *args, code, rule, **kwargs):
        super().__init__(*args, **kwargs)
        self.code, self.rule = code, rule
        self.fields["value"] = self._value_field()
        self.fields["unit"].choices = [(unit, Unit(unit).label) for unit in code.units]
        self.fields["unit"].initial = rule.unit
        if len(code.units) == 1:
            self.fields["unit"].widget = forms.HiddenInput()
        self.order_fields(self.field_order)

    def _value_field(self):
        code, value = self.code, self.rule.value
        if code.is_period:
            return forms.CharField(
                max_length=5, label=_("数值"), initial=value, help_text=_("固定日期写成 08-05，表示每年8月5日。")
            )
        if code.unit == Unit.COUNT:
            return forms.IntegerField(min_value=0, max_value=1000, label=_("数值"), initial=value)
        if code.unit == Unit.FLAG:
            return forms.TypedChoiceField(
                choices=[("1", _("是")), ("", _("否"))], coerce=bool, empty_value=False, required=False,
                label=_("数值"), initial="1" if value else "",
            )  # fmt: skip
        if code.unit == Unit.CHOICE:
            return forms.ChoiceField(choices=code.choices, label=_("数值"), initial=value)
        return LinesField(LINES.get(code.code, LINES["*"]), initial=value)

    def clean(self):
        values = super().clean()
        if self.code.is_period and values.get("value") and values.get("unit"):
            values["value"] = self._period(values["value"], values["unit"])
        return values

    def _period(self, text, unit):
        try:
            if unit == Unit.CALENDAR_DATE:
                return dt.datetime.strptime(f"2024-{text}", "%Y-%m-%d").strftime("%m-%d")
            number = int(text)
        except ValueError:
            raise ValidationError({"value": _("这里要写一个整数；固定日期写成 08-05。")}) from None
        if not 0 <= number <= MAX_PERIOD:
            raise ValidationError({"value": _("请写 0 到 %s 之间的数。") % MAX_PERIOD})
        return number

    def carry_out(self, congress):
        return actions.override_rule(congress, code=self.code.code, **self.cleaned_data)


class DayForm(forms.Form):
    """What a day is by the holiday notice (放假、调休)."""

    KINDS = [("rest", _("放假")), ("work", _("调休上班")), ("plain", _("按平常的一周"))]
    kind = forms.ChoiceField(choices=KINDS, widget=forms.RadioSelect, label=_("这一天"))
    name = forms.CharField(max_length=20, required=False, label=_("名称"), help_text=_("如：春节。"))
    source = forms.CharField(max_length=200, required=False, label=_("依据"), help_text=_("哪一份放假通知。"))

    def __init__(self, *args, day, **kwargs):
        super().__init__(*args, **kwargs)
        self.day = day

    def clean(self):
        values = super().clean()
        if values.get("kind") in {"rest", "work"}:
            for field in ("name", "source"):
                if not values.get(field):
                    self.add_error(field, _("请填写。"))
        return values

    def carry_out(self):
        values = self.cleaned_data
        if values["kind"] == "plain":
            return actions.clear_day(self.day)
        return actions.set_day(
            self.day, is_workday=values["kind"] == "work", name=values["name"], source=values["source"]
        )


class YearForm(forms.Form):
    """Whether the notice of a year has been entered in full (放假安排已公布)."""

    is_published = forms.BooleanField(
        required=False,
        label=_("这一年的放假安排已经公布，并且已经录入完整"),
        help_text=_("没有勾选时，落在这一年的期限都是暂定的。"),
    )
    source = forms.CharField(max_length=200, required=False, label=_("依据"))

    def __init__(self, *args, year, **kwargs):
        super().__init__(*args, **kwargs)
        self.year = year

    def clean(self):
        values = super().clean()
        if values.get("is_published") and not values.get("source"):
            self.add_error("source", _("请写明哪一份放假通知。"))
        return values

    def carry_out(self):
        return actions.publish_year(self.year, **self.cleaned_data)


class ImportForm(forms.Form):
    """A whole year from a table (导入放假安排); what was read travels on as text to the confirmation."""

    file = forms.FileField(required=False, label=_("CSV 文件"), help_text=_("三列：日期、放假或者上班、名称。"))
    text = forms.CharField(
        required=False, max_length=20000, widget=forms.Textarea({"rows": 8}), label=_("或者直接粘贴表格")
    )
    source = forms.CharField(max_length=200, label=_("依据"), help_text=_("哪一份放假通知。"))

    def __init__(self, *args, year, **kwargs):
        super().__init__(*args, **kwargs)
        self.year, self.days = year, ()

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > MAX_UPLOAD:
            raise ValidationError(_("文件太大。一年的放假安排只有几十行，请检查选的文件。"))
        return file

    def clean(self):
        values = super().clean()
        if self.errors:
            return values
        file = values.get("file")
        text = decode(file.read()) if file else values.get("text", "")
        if not text.strip():
            raise ValidationError(_("请选择文件，或者粘贴表格。"))
        self.days = read_notice(text, year=self.year)
        values["text"] = "\n".join(f"{day},{'上班' if works else '放假'},{name}" for day, works, name in self.days)
        return values

    def carry_out(self):
        actions.import_year(self.year, self.days, source=self.cleaned_data["source"])


class DropForm(forms.Form):
    """Taking an own value back needs a reason (撤销本级口径)."""

    reason = forms.CharField(max_length=200, label=_("理由"))

    def __init__(self, *args, override, **kwargs):
        super().__init__(*args, **kwargs)
        self.override = override

    def carry_out(self, congress):
        actions.drop_override(self.override)
