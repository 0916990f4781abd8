"""Rating somebody, opening and closing an assessment, writing a method, configuring a list (考评的表单)."""

from decimal import Decimal

from django import forms
from django.forms import formset_factory
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from congress.kit.widgets import DateInput
from congress.organs.models import Term
from congress.procedure.forms import SentOnceForm, StepForm
from deputies.assessments import actions
from deputies.assessments.models import Assessment, AwardList, Method, Stage
from deputies.assessments.presets import presets
from deputies.scores.models import PeriodClose
from deputies.scores.windows import window_at


class GiveForm(forms.Form):
    """One rater's marks for one deputy; many of them stand in a list, each with a prefix of its own."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    remark = forms.CharField(label=_("评语"), max_length=200, required=False)

    def __init__(self, *args, marking, dimensions, initial=None, **kwargs):
        self.marking, self.dimensions = marking, dimensions
        standing = {"version": marking.version, "remark": marking.remark, "grade": marking.grade}
        standing |= {f"mark_{each.dimension_id}": _plain(each.points) for each in marking.marks.all()}
        super().__init__(*args, initial=standing | (initial or {}), use_required_attribute=False, **kwargs)
        if marking.stage.gives_points:
            for each in dimensions:
                self.fields[f"mark_{each.pk}"] = _mark_field(each)
        else:
            names = marking.stage.method.grade_names
            widget = forms.Select if self.prefix else forms.RadioSelect
            choices = [("", "—"), *((name, name) for name in names)] if self.prefix else [(n, n) for n in names]
            self.fields["grade"] = forms.ChoiceField(label=_("等次"), choices=choices, widget=widget)
        self.order_fields([*(name for name in self.fields if name != "remark"), "remark"])

    def is_touched(self):
        """Whether anything was written that does not stand already."""
        return any(name != "version" for name in self.changed_data)

    def marks_fields(self):
        return [self[f"mark_{each.pk}"] for each in self.dimensions] if self.marking.stage.gives_points else []

    def with_hints(self, before):
        """[(field, what the rater before gave there or None)]."""
        given = {each.dimension_id: each.points for each in before.marks.all()} if before else {}
        fields = self.marks_fields()
        return [(field, given.get(each.pk)) for field, each in zip(fields, self.dimensions, strict=False)]

    def given(self):
        """What was written, as the actions are told."""
        cleaned = self.cleaned_data
        marks = {each.pk: cleaned[f"mark_{each.pk}"] for each in self.dimensions if f"mark_{each.pk}" in cleaned}
        return actions.Given(marks, cleaned.get("grade", ""), cleaned["remark"], cleaned["version"])

    def carry_out(self, *, on, by, request_key=""):
        given = self.given()
        return actions.give(
            self.marking,
            marks=given.marks,
            grade=given.grade,
            remark=given.remark,
            version=given.version,
            on=on,
            by=by,
            request_key=request_key,
        )


def _plain(points):
    """15.0 as 15, and 60 not as 6E+1."""
    return Decimal(f"{points.normalize():f}")


def _mark_field(dimension):
    most = _plain(dimension.standard)
    words = {"required": _("请打分，没有做的打 0 分。"), "invalid": _("请填数字。")}
    between = _("请填 0 到 %s。") % most
    return forms.DecimalField(
        label=dimension.text,
        min_value=0,
        max_value=most,
        error_messages=words | {"min_value": between, "max_value": between},
        help_text=_("0 到 %s 分") % most,
        widget=forms.NumberInput(attrs={"step": "0.5", "min": "0", "max": f"{most}", "inputmode": "decimal"}),
    )


class OpenForm(SentOnceForm):
    """Open an assessment: by which method, for which period, until when."""

    method = forms.ModelChoiceField(label=_("考评办法"), queryset=None, empty_label=None)
    day = forms.DateField(
        label=_("考评哪一个周期"),
        widget=DateInput,
        help_text=_("填那一周期里的任一天：填去年任一天，就是去年全年。"),
    )
    due_on = forms.DateField(label=_("评定截止"), widget=DateInput, help_text=_("截止前三天和逾期后，平台各提醒一次。"))

    def __init__(self, *args, congress, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.congress, self.today = congress, today
        self.fields["method"].queryset = Method.objects.in_force().filter(congress=congress)

    def clean(self):
        cleaned = super().clean()
        method, day = cleaned.get("method"), cleaned.get("day")
        if method and day:
            terms = Term.objects.filter(congress=self.congress)
            cleaned["window"] = window_at(method.period, day, terms=terms)
            if cleaned["window"] is None:
                self.add_error("day", _("这一天不在任何一届里。"))
            elif day > self.today:
                self.add_error("day", _("周期还没有开始。"))
        return cleaned

    def carry_out(self, *, by):
        cleaned = self.cleaned_data
        return actions.open_assessment(
            cleaned["method"],
            cleaned["window"],
            due_on=cleaned["due_on"],
            on=self.today,
            by=by,
            request_key=cleaned["request_key"],
        )


class CloseForm(StepForm):
    """Close, with or without those who are not rated by all (结束考评)."""

    leaves_open = forms.BooleanField(label=_("不等了：没有评齐的没有结果"), required=False)

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, case=case, **kwargs)
        self.lacking = case.sheets.lacking().count()
        if not self.lacking:
            del self.fields["leaves_open"]

    def carry_out(self, assessment, *, by):
        leaves_open = self.cleaned_data.get("leaves_open", False)
        actions.close(assessment, leaves_open=leaves_open, **self.taking(), by=by)


class UrgeForm(StepForm):
    """Tell everybody who is missing (催一下)."""

    def carry_out(self, assessment, *, by):
        actions.urge(assessment, **self.taking(), by=by)


class ReasonForm(StepForm):
    """A step that needs a reason."""

    reason = forms.CharField(label=_("理由"), max_length=200)


class CancelForm(ReasonForm):
    """Cancel what was opened by mistake (取消考评)."""

    def carry_out(self, assessment, *, by):
        actions.cancel(assessment, reason=self.cleaned_data["reason"], **self.taking(), by=by)


class ExcuseForm(ReasonForm):
    """Somebody is not assessed this time (不参加)."""

    def carry_out(self, sheet, *, by):
        actions.excuse(sheet, reason=self.cleaned_data["reason"], **self.taking(), by=by)


class IncludeForm(StepForm):
    """He is assessed after all (恢复参加)."""

    def carry_out(self, sheet, *, by):
        actions.include(sheet, **self.taking(), by=by)


class MethodCreateForm(forms.Form):
    """A new method, from a sample."""

    name = forms.CharField(label=_("名称"), max_length=60, help_text=_("如：县人大代表履职考评办法。"))
    preset = forms.ChoiceField(label=_("从哪里开始"), widget=forms.RadioSelect, initial="product_default")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["preset"].choices = [(code, each.name) for code, each in presets().items()]

    def samples(self):
        """(radio, sample) for the page."""
        told, radios = presets(), list(self["preset"])
        for radio in radios:
            radio.data["attrs"]["class"] = "form-check-input"
        return [(radio, told[radio.data["value"]]) for radio in radios]


class MethodForm(forms.ModelForm):
    """What a draft says of itself."""

    class Meta:
        model = Method
        fields = ("period", "in_turn", "source", "note")
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}


class DimensionForm(forms.Form):
    """One dimension with its standard value."""

    block = forms.CharField(label=_("板块"), max_length=30, required=False)
    text = forms.CharField(label=_("项目"), max_length=100, required=False)
    standard = forms.DecimalField(label=_("标准分"), max_digits=5, decimal_places=1, min_value=0, required=False)


class StageForm(forms.Form):
    """One rater of the set."""

    rater = forms.ChoiceField(label=_("由谁评"), required=False, choices=[("", "—"), *Stage.Rater.choices])
    label = forms.CharField(label=_("环节名称"), max_length=20, required=False)
    gives = forms.ChoiceField(label=_("评什么"), choices=Stage.Gives.choices, required=False)
    weight = forms.IntegerField(label=_("占 %"), min_value=0, max_value=100, required=False)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("rater") and not cleaned.get("label"):
            self.add_error("label", _("请填环节名称。"))
        return cleaned


class GradeForm(forms.Form):
    """One grade: its name, from how many points, what is said of it."""

    name = forms.CharField(label=_("等次"), max_length=20, required=False)
    at_least = forms.DecimalField(label=_("满多少分"), max_digits=6, decimal_places=1, required=False)
    text = forms.CharField(label=_("说明"), max_length=200, required=False)


def _parts(form, most):
    return formset_factory(form, extra=0, max_num=most)


DIMENSIONS, STAGES, GRADES = _parts(DimensionForm, 12), _parts(StageForm, 5), _parts(GradeForm, 6)


class MethodForms:
    """A draft with its parts as forms, each with empty lines for more."""

    def __init__(self, method, data=None):
        dimensions = list(method.dimensions.values("block", "text", "standard"))
        stages = list(method.stages.values("rater", "label", "gives", "weight"))
        self.form = MethodForm(data, instance=method)
        self.dimensions = DIMENSIONS(data, initial=_filled(dimensions, 12), prefix="dimensions")
        self.stages = STAGES(data, initial=_filled(stages, 5), prefix="stages")
        self.grades = GRADES(data, initial=_filled(method.grades, 6), prefix="grades")

    def is_valid(self):
        valid = [part.is_valid() for part in (self.form, self.dimensions, self.stages, self.grades)]
        return all(valid)  # every part says what is wrong with it

    def carry_out(self, method, *, by):
        dimensions = [each for each in self.dimensions.cleaned_data if each.get("text")]
        stages = [each | {"weight": each["weight"] or 0} for each in self.stages.cleaned_data if each.get("rater")]
        grades = [
            each | {"at_least": None if each["at_least"] is None else f"{each['at_least']}"}
            for each in self.grades.cleaned_data
            if each.get("name")
        ]
        values = self.form.cleaned_data | {"grades": grades}
        return actions.write(
            method, values=values, dimensions=dimensions, stages=stages, on=timezone.localdate(), by=by
        )


def _filled(rows, most):
    return list(rows) + [{}] * (most - len(rows))


class AdoptForm(StepForm):
    """Put a draft in force (施行)."""

    def carry_out(self, method, *, by):
        actions.adopt(method, **self.taking(), by=by)


class RetireForm(StepForm):
    """Take a method out of use (停用)."""

    def carry_out(self, method, *, by):
        actions.retire(method, **self.taking(), by=by)


class AwardForm(forms.ModelForm):
    """What a list weighs and rests on."""

    class Meta:
        model = AwardList
        fields = (
            "name", "first", "last", "as_of", "points_weight", "closes", "assessment_weight", "assessments",
            "voters_weight", "middle_worth", "missing", "places",
        )  # fmt: skip
        widgets = {
            "first": DateInput,
            "last": DateInput,
            "as_of": DateInput,
            "closes": forms.CheckboxSelectMultiple,
            "assessments": forms.CheckboxSelectMultiple,
            "missing": forms.RadioSelect,
        }
        help_texts = {
            "name": _("如：2025 年度优秀代表候选名单。"),
            "middle_worth": _("最好的等次一票计 100，最差的计 0。"),
            "places": _("只在名单上画一条线，不产生别的作用。"),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        congress = self.instance.congress_id
        closes = PeriodClose.objects.filter(congress=congress, scheme__subject="deputy").select_related("scheme")
        held = Assessment.objects.filter(congress=congress, state=Assessment.State.CLOSED).select_related("method")
        self.fields["closes"].queryset, self.fields["assessments"].queryset = closes, held
        self.fields["assessments"].label_from_instance = lambda each: f"{each}（{each.method.name}）"
        self.fields["missing"].choices = AwardList.Missing.choices

    def validate_unique(self):
        """The action says it, in Chinese and beside the name."""

    def carry_out(self, *, on, by):
        cleaned = self.cleaned_data
        return actions.write_award(
            self.instance, closes=cleaned["closes"], assessments=cleaned["assessments"], on=on, by=by
        )


class SettleForm(StepForm):
    """Write the list down (定稿)."""

    def carry_out(self, award, *, by):
        actions.settle(award, **self.taking(), by=by)
