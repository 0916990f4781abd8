"""What the office fills in to write rules and close periods, and a deputy to object (积分的表单)."""

from django import forms
from django.forms import formset_factory
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from congress.kit.dates import said
from congress.kit.widgets import DateInput
from congress.organs.models import Term
from congress.procedure.forms import SentOnceForm, StepForm
from deputies.duties.kinds import SECTIONS
from deputies.duties.models import DutyRecord
from deputies.scores import actions
from deputies.scores.models import DeputyKind, Item, Scheme, Version
from deputies.scores.presets import presets
from deputies.scores.windows import window_at

EMPTY = "empty"


class FromSample(forms.Form):
    """Where a set of rules begins: each choice stands with what is known of it."""

    preset = forms.ChoiceField(label=_("从哪里开始"), widget=forms.RadioSelect)

    def samples(self):
        """(radio, sample or None) for the page."""
        told = presets()
        radios = list(self["preset"])
        for radio in radios:
            radio.data["attrs"]["class"] = "form-check-input"
        return [(radio, told.get(radio.data["value"])) for radio in radios]


class SchemeForm(FromSample):
    """A new scheme, from a sample or empty."""

    name = forms.CharField(label=_("名称"), max_length=60, help_text=_("如：县人大代表履职积分。"))
    without_sample = _("从一个项目也没有开始写。")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        samples = [(code, each.name) for code, each in presets().items()]
        empty = [(f"{EMPTY}:{subject}", _("空白，给%s计分") % label) for subject, label in Scheme.Subject.choices]
        self.fields["preset"].choices = samples + empty
        self.fields["preset"].initial = "product_default"

    def wanted(self):
        """What the action is told."""
        chosen = self.cleaned_data["preset"]
        if chosen.startswith(EMPTY):
            return {"name": self.cleaned_data["name"], "subject": chosen.partition(":")[2]}
        return {"name": self.cleaned_data["name"], "preset": chosen}


class DraftForm(FromSample):
    """A new version of a scheme: a copy of the last one, or other rules from a sample."""

    LAST = "last"
    without_sample = _("把上一版照抄过来，再改要改的项目。")

    def __init__(self, *args, subject, **kwargs):
        super().__init__(*args, **kwargs)
        samples = [(code, each.name) for code, each in presets().items() if each.subject == subject]
        self.fields["preset"].choices = [(self.LAST, _("上一版")), *samples]
        self.fields["preset"].initial = self.LAST

    def wanted(self):
        chosen = self.cleaned_data["preset"]
        return {} if chosen == self.LAST else {"preset": chosen}


class SchemeChangeForm(forms.ModelForm):
    """Its name, and who of the deputies reads the ranking."""

    class Meta:
        model = Scheme
        fields = ("name", "shown")
        widgets = {"shown": forms.RadioSelect}
        help_texts = {"shown": _("亮分以后起作用。每位代表总能看到自己的积分和全体的分布。")}

    def validate_unique(self):
        """The action says it, in Chinese and beside the name."""


class VersionForm(forms.ModelForm):
    """What a draft says of itself."""

    class Meta:
        model = Version
        fields = ("period", "base", "cap", "prorates", "source", "note")
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "base": _("每人一开始就有的分，没有就填 0。"),
            "cap": _("不封顶的空着。"),
            "prorates": _("补选的、中途离任的、暂停执行职务的，定额按他能履职的天数打折，向下取整。"),
        }


class BandForm(forms.Form):
    """One band: its name, from how many points, and what the rule says of it."""

    name = forms.CharField(label=_("档次"), max_length=20, required=False)
    at_least = forms.DecimalField(label=_("满多少分"), max_digits=6, decimal_places=1, required=False)
    text = forms.CharField(label=_("说明"), max_length=200, required=False)

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("name") and (cleaned.get("text") or cleaned.get("at_least") is not None):
            self.add_error("name", _("请填档次的名称。"))
        return cleaned


class BandForms(forms.BaseFormSet):
    def told(self):
        """The bands as they are stored, the highest first; those without a line last."""
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("name")]
        rows.sort(key=lambda row: (row["at_least"] is None, -(row["at_least"] or 0)))
        return [
            {
                "name": row["name"],
                "at_least": None if row["at_least"] is None else f"{row['at_least']}",
                "text": row["text"],
            }
            for row in rows
        ]


BANDS = formset_factory(BandForm, formset=BandForms, extra=0, max_num=6)


def bands_of(version, data=None):
    """The bands of a draft as forms, with room for more, six in all."""
    rows = list(version.bands)
    return BANDS(data, initial=rows + [{}] * (6 - len(rows)), prefix="bands")


class ItemForm(forms.ModelForm):
    """One item: what is counted, how it becomes points, within which bounds."""

    kinds = forms.MultipleChoiceField(
        label=_("数哪些履职事项"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(title, [(kind.value, kind.label) for kind in kinds]) for title, kinds in SECTIONS],
    )  # fmt: skip

    COUNTED = ("outcome", "counts", "unit", "level", "words", "min_quantity", "below_quantity")
    POINTS = ("way", "points", "norm", "per_extra", "per_missing", "full_until", "then_percent")
    BOUNDS = ("at_most", "at_least", "highest_of", "is_off", "why_off")

    class Meta:
        model = Item
        fields = (
            *("block", "text", "position", "kinds", "outcome", "words", "min_quantity", "below_quantity", "level"),
            *("counts", "unit", "way", "points", "norm", "norm_per_member", "per_extra", "per_missing"),
            *("full_until", "then_percent", "at_most", "at_least", "highest_of", "is_off", "why_off"),
        )
        help_texts = {
            "counts": _("同一场活动到了三个人：登记三条、活动一场、三人。"),
            "words": _("只数内容里有这几个字的登记；不限的空着。"),
            "level": _("登记至少由谁核实过才算；不限的选空。"),
            "points": _("可以是负数，可以有半分。"),
            "norm": _("一个周期里应当做到多少；只提示不扣分的也可以填。"),
            "per_extra": _("用于“完成定额计一次分”。"),
            "per_missing": _("填负数，如 -5。"),
            "full_until": _("如：建议第 3 件以后减半，填 3 和 50；只计一次的填 1 和 0。"),
            "highest_of": _("写同一个词的几项只计最高的一项，如：提案。"),
            "position": _("数字小的排在前面。"),
        }

    def __init__(self, *args, is_of_groups=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [("", _("不限")), *DutyRecord.Level.choices]
        if is_of_groups:
            self.kinds_of_deputies = ()
        else:
            del self.fields["norm_per_member"]
            self.kinds_of_deputies = [each for each in DeputyKind.choices if each[0] != DeputyKind.ORDINARY]
        for kind, label in self.kinds_of_deputies:
            self.fields[f"norm_{kind}"] = forms.DecimalField(
                label=_("%s的定额") % label,
                max_digits=6,
                decimal_places=1,
                min_value=0,
                required=False,
                initial=self.instance.norms.get(kind),
            )

    def _of(self, names):
        return [self[name] for name in names if name in self.fields]

    def counted(self):
        return self._of(self.COUNTED)

    def giving(self):
        own_norms = (f"norm_{kind}" for kind, _label in self.kinds_of_deputies)
        return self._of((*self.POINTS[:3], "norm_per_member", *own_norms, *self.POINTS[3:]))

    def bounds(self):
        return self._of(self.BOUNDS)

    def clean(self):
        cleaned = super().clean()
        told = {kind: cleaned.get(f"norm_{kind}") for kind, _label in self.kinds_of_deputies}
        self.instance.norms = {kind: f"{norm}" for kind, norm in told.items() if norm is not None}
        return cleaned


class AdoptForm(StepForm):
    """From which day the draft is in force (施行)."""

    effective_from = forms.DateField(label=_("从哪一天起施行"), widget=DateInput)

    def __init__(self, *args, case, today, **kwargs):
        terms = list(Term.objects.filter(congress=case.scheme.congress_id))
        window = window_at(case.period, today, terms=terms)
        initial = {"effective_from": window.first if window else today} | kwargs.pop("initial", {})
        super().__init__(*args, case=case, today=today, initial=initial, **kwargs)
        self.fields["effective_from"].help_text = (
            _("要是一个计分周期（%s）的第一天。施行以后这一版不能再改，要改就起草新版。") % case.get_period_display()
        )

    def carry_out(self, version, *, by):
        cleaned = self.cleaned_data
        actions.adopt(
            version,
            effective_from=cleaned["effective_from"],
            on=cleaned["on"],
            by=by,
            version_number=cleaned["version"],
        )


class StopForm(StepForm):
    """Stop a scheme: what becomes of the running period, and why (停用)."""

    running = forms.ChoiceField(label=_("正在计分的周期"), widget=forms.RadioSelect)
    why = forms.CharField(label=_("停用原因"), max_length=200, help_text=_("代表看得到。如：改用新的积分办法。"))
    is_sure = forms.BooleanField(label=_("停用以后不能恢复，我已经核对"))

    def __init__(self, *args, case, today, **kwargs):
        super().__init__(*args, case=case, today=today, **kwargs)
        window = actions.running_window(case, on=today)
        if window is None:
            del self.fields["running"]
            return
        words = {"period": window.label, "last": said(window.last)}
        self.fields["running"].choices = [
            ("finish", _("%(period)s计完为止：计到%(last)s，期满照常结转") % words),
            ("drop", _("%(period)s不再计分：积分榜上没有这一周期，也不结转") % words),
        ]

    def carry_out(self, scheme, *, by):
        cleaned = self.cleaned_data
        drops = cleaned.get("running", "finish") == "drop"
        actions.stop(scheme, drops_running=drops, why=cleaned["why"], **self.taking(), by=by)


class PublishForm(StepForm):
    """Show the closed period to the deputies (亮分)."""

    def carry_out(self, close, *, by):
        actions.publish(close, **self.taking(), by=by)


class CloseForm(SentOnceForm):
    """Close a period, with or without the records that are not settled."""

    leaves_open = forms.BooleanField(label=_("不等了：没有核定的登记这一周期不计分"), required=False)

    def __init__(self, *args, waiting, **kwargs):
        super().__init__(*args, **kwargs)
        if not waiting:
            del self.fields["leaves_open"]


class FindingForm(StepForm):
    """What the office found, in words the deputy reads."""

    finding = forms.CharField(
        label=_("处理意见"), widget=forms.Textarea(attrs={"rows": 4}), help_text=_("代表看得到。")
    )


class CorrectForm(FindingForm):
    """The records were mended: add what changed (更正)."""

    def carry_out(self, objection, *, by):
        actions.correct(objection, finding=self.cleaned_data["finding"], **self.taking(), by=by)


class UpholdForm(FindingForm):
    """The score stays (维持原分)."""

    def carry_out(self, objection, *, by):
        actions.uphold(objection, finding=self.cleaned_data["finding"], **self.taking(), by=by)


class WithdrawForm(StepForm):
    """The deputy takes his objection back (撤回异议)."""

    def carry_out(self, objection, *, by):
        actions.withdraw(objection, **self.taking(), by=by)


class ObjectForm(SentOnceForm):
    """A deputy's objection: to which line, and what is wrong."""

    line = forms.ModelChoiceField(label=_("对哪一项"), queryset=None, required=False, empty_label=_("整个积分"))
    text = forms.CharField(
        label=_("哪里不对"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("如：5 月 12 日我参加了接待，没有计上。"),
    )

    def __init__(self, *args, standing, **kwargs):
        self.standing = standing
        super().__init__(*args, **kwargs)
        self.fields["line"].queryset = standing.lines.all()
        self.fields["line"].label_from_instance = lambda line: line.text

    def carry_out(self, *, by):
        return actions.raise_objection(self.standing, on=timezone.localdate(), by=by, **self.cleaned_data)
