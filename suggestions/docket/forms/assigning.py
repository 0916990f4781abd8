"""What assigning asks: who leads, who helps, or who shares; and what the decision on a hand-back asks (交)."""

import re

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from congress.kit.widgets import DateInput
from congress.organs.models import Department
from congress.procedure.forms import SentOnceForm, StepForm
from congress.rulebook.book import rules_for
from congress.rulebook.reckoning import within
from suggestions.docket import actions
from suggestions.docket.actions.assigning import distributor_for
from suggestions.docket.actions.extending import LONGER
from suggestions.docket.models import Assignment


def departments_of(congress, *, on):
    """The departments that may be given cases on that day."""
    standing = Department.objects.standing(on=on).filter(congress=congress)
    return (
        standing.exclude(type=Department.Type.GOVERNMENT_OFFICE).select_related("congress").order_by("position", "pk")
    )


class SharesForm(StepForm):
    """One lead with its co-handlers, or several that each answer for themselves."""

    lead = forms.ModelChoiceField(
        label=_("主办单位"), queryset=Department.objects.none(), required=False, empty_label=_("请选择")
    )
    co = forms.ModelMultipleChoiceField(
        label=_("会办单位"),
        queryset=Department.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("会办单位向主办单位提交会办意见，由主办单位统一答复代表。"),
    )
    separate = forms.ModelMultipleChoiceField(
        label=_("分别办理单位"),
        queryset=Department.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("不分主次、各自答复代表的，选在这里；一般不用选。"),
    )
    is_difficult = forms.BooleanField(required=False)
    asks = forms.MultipleChoiceField(
        label=_("各单位负责的诉求"),
        required=False,
        help_text=_("几个单位各自答复、诉求有几条时用：单位编号-诉求编号。不填就是每个单位都答全部诉求。"),
    )

    def __init__(self, *args, case, today, offered=None, **kwargs):
        super().__init__(*args, case=case, today=today, **kwargs)
        offered = offered if offered is not None else departments_of(self.congress(), on=today)
        for name in ("lead", "co", "separate"):
            self.fields[name].queryset = offered
            self.fields[name].label_from_instance = lambda department: department.name
            self.fields[name].widget.attrs["data-departments"] = name
        self.all_asks = list(getattr(self.case, "suggestion", self.case).asks.all())
        if len(self.all_asks) > 1:
            self.fields["asks"].choices = [
                (f"{each.pk}-{ask.pk}", f"{each.name}：{ask.number}") for each in offered for ask in self.all_asks
            ]
        length = rules_for(self.congress(), on=self.starts_on()).period(LONGER)
        self.fields["is_difficult"].label = _("涉及面广、办理难度大（%s答复）") % within(length)

    def congress(self):
        return getattr(self.case, "suggestion", self.case).congress

    def starts_on(self):
        """The day from which the reply counts, as far as it is known yet."""
        return self.today

    def clean(self):
        cleaned = super().clean()
        lead = cleaned.get("lead")
        if lead is not None and lead in (cleaned.get("separate") or ()):
            words = _("%s已经选作主办单位；几个单位各自答复的，主办单位改选“请选择”。")
            self.add_error("separate", words % lead.name)
        if self.are_apart():
            self._check_parts()
        elif "asks" in cleaned:
            cleaned["asks"] = []
        return cleaned

    def _answering(self):
        """The departments that will each answer the deputy, as far as they are chosen."""
        cleaned = getattr(self, "cleaned_data", {})
        chosen = [cleaned.get("lead"), *(cleaned.get("separate") or ())]
        return list(dict.fromkeys(each for each in chosen if each is not None))

    def are_apart(self):
        """Whether it is a question at all who answers what."""
        return len(self._answering()) > 1 and len(self.all_asks) > 1

    @property
    def apart(self):
        """For which departments the page shows who answers what; it comes back with the form."""
        return "-".join(f"{each.pk}" for each in self._answering()) if self.are_apart() else ""

    def _check_parts(self):
        sent = set(self.cleaned_data.get("asks", ()))
        if self.data.get("apart", self.apart) != self.apart:
            words = _("这几个单位各自答复，请看下面每条诉求归哪个单位：不归它的去掉勾选，再点一次。")
            self.add_error("asks", words)
        elif sent or "apart" in self.data:
            for each in self._answering():
                if not self._parts_of(each, sent):
                    self.add_error("asks", _("%s没有分到诉求。") % each.name)
            answered = {value.partition("-")[2] for value in sent}
            for ask in self.all_asks:
                if f"{ask.pk}" not in answered:
                    self.add_error("asks", _("第 %s 条诉求没有单位答复。") % ask.number)

    def _parts_of(self, department, sent):
        return [ask for ask in self.all_asks if f"{department.pk}-{ask.pk}" in sent]

    @property
    def parts(self):
        """[(ask, [(value, department, whether it answers it)])] for the page; at first everybody answers everything."""
        if not self.is_bound or not self.are_apart():
            return []
        was_shown = self.data.get("apart") == self.apart
        sent = set(self.data.getlist("asks")) if was_shown else None
        rows = []
        for ask in self.all_asks:
            values = [(f"{each.pk}-{ask.pk}", each) for each in self._answering()]
            rows.append((ask, [(value, each, sent is None or value in sent) for value, each in values]))
        return rows

    def shares(self):
        cleaned = self.cleaned_data
        sent = set(cleaned["asks"])
        parts = {each.pk: self._parts_of(each, sent) for each in self._answering()} if sent else {}
        return {
            "lead": cleaned["lead"],
            "co": list(cleaned["co"]),
            "separate": list(cleaned["separate"]),
            "is_difficult": cleaned["is_difficult"],
            "parts": {pk: asks for pk, asks in parts.items() if len(asks) < len(self.all_asks)},
        }


class AssignForm(SharesForm):
    """交办: directly, or to the government office where the congress lets it distribute."""

    direct = forms.BooleanField(
        label=_("直接交办，不经政府办分办"),
        required=False,
        help_text=_("平时按本级设置；只有这一件要直接交办时才勾选。"),
    )

    def are_apart(self):
        """What goes through the distributor it gives out itself, ask by ask as well."""
        return super().are_apart() and self.through() is None

    def through(self):
        first = next(iter(self._answering()), None)
        if first is None or self.cleaned_data["direct"]:
            return None
        return distributor_for(first, on=self.cleaned_data.get("on", self.today))

    def carry_out(self, case, *, by):
        actions.assign(case, **self.shares(), through=self.through(), by=by, **self.taking())


class DistributeForm(SharesForm):
    """分办: the government office gives its share to the departments."""

    def __init__(self, *args, case, **kwargs):
        initial = {"is_difficult": case.is_difficult} | kwargs.pop("initial", {})
        super().__init__(*args, case=case, initial=initial, **kwargs)

    def starts_on(self):
        return self.case.assigned_on

    def carry_out(self, case, *, by):
        actions.distribute(case, **self.shares(), by=by, **self.taking())


class KeepForm(StepForm):
    """不同意退办: the department keeps the case, and reads why."""

    reason = forms.CharField(label=_("理由"), widget=forms.Textarea(attrs={"rows": 3}))

    def carry_out(self, case, *, by):
        actions.decide_hand_back(case, agrees=False, reason=self.cleaned_data["reason"], by=by, **self.taking())


class ElsewhereForm(StepForm):
    """Another department takes the share: after a hand-back, or because the assignment was wrong."""

    organ = forms.ModelChoiceField(label=_("改由"), queryset=Department.objects.none(), empty_label=_("请选择"))
    reason = forms.CharField(label=_("理由"), widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, case, today, **kwargs):
        wanted = getattr(case.hand_back_to, "pk", None)
        super().__init__(*args, case=case, today=today, initial={"organ": wanted} | kwargs.pop("initial", {}), **kwargs)
        offered = departments_of(case.suggestion.congress, on=today).exclude(pk=case.organ_id)
        self.fields["organ"].queryset = offered
        if case.role == Assignment.Role.CO:
            self.fields["organ"].required, self.fields["organ"].empty_label = False, _("不再会办")
            self.fields["organ"].help_text = _("不需要别的单位会办的，选“不再会办”。")
        self.fields["organ"].label_from_instance = lambda department: department.name

    def carry_out(self, case, *, by):
        actions.reassign(
            case, organ=self.cleaned_data["organ"], reason=self.cleaned_data["reason"], by=by, **self.taking()
        )


class GrantExtensionForm(StepForm):
    """同意延期: to the day that was asked for, or to another."""

    until = forms.DateField(label=_("答复期限延到"), widget=DateInput)

    def __init__(self, *args, case, **kwargs):
        initial = {"until": case.asked_until} | kwargs.pop("initial", {})
        super().__init__(*args, case=case, initial=initial, **kwargs)

    def carry_out(self, case, *, by):
        actions.grant_extension(case, until=self.cleaned_data["until"], by=by, **self.taking())


class RefuseExtensionForm(StepForm):
    """不同意延期: the department is held to its day."""

    reason = forms.CharField(
        label=_("理由"), widget=forms.Textarea(attrs={"rows": 3}), help_text=_("承办单位看得到，仍按现定期限答复。")
    )

    def carry_out(self, case, *, by):
        actions.refuse_extension(case, reason=self.cleaned_data["reason"], by=by, **self.taking())


class DifficultForm(StepForm):
    """改按难度大的期限: it turned out more difficult than it looked when it was assigned."""

    reason = forms.CharField(
        label=_("理由"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("为什么涉及面广、办理难度大。承办单位和代表看得到。"),
    )

    def carry_out(self, case, *, by):
        actions.call_difficult(case, reason=self.cleaned_data["reason"], by=by, **self.taking())


# ---- many at once

_BETWEEN_NAMES = re.compile(r"[、，,;；/\s]+")


class BulkAssignForm(forms.Form):
    """One row of the bulk assignment: departments by name, as they are typed or proposed."""

    lead = forms.CharField(label=_("主办单位"), required=False)
    co = forms.CharField(label=_("会办单位"), required=False)

    def __init__(self, *args, names, **kwargs):
        super().__init__(*args, **kwargs)
        self.names = names
        self.fields["lead"].widget.attrs = {"list": "departments", "class": "form-control", "autocomplete": "off"}
        self.fields["co"].widget.attrs = {"class": "form-control", "autocomplete": "off"}

    def clean_lead(self):
        typed = self.cleaned_data["lead"].strip()
        return self._named(typed) if typed else None

    def clean_co(self):
        return [self._named(name) for name in _BETWEEN_NAMES.split(self.cleaned_data["co"]) if name]

    def _named(self, typed):
        if typed not in self.names:
            raise forms.ValidationError(_("没有叫“%s”的承办单位，请按名册里的全称或简称填写。") % typed)
        return self.names[typed]


def department_names(congress, *, on):
    """{full or short name: department}, as people type them."""
    names = {}
    for department in departments_of(congress, on=on):
        names[department.name] = department
        if department.short_name:
            names.setdefault(department.short_name, department)
    return names


class BulkForm(SentOnceForm):
    """What many cases are done at once: the day, and for urging the words, for refiling the category."""

    on = forms.DateField(label=_("日期"), widget=DateInput)
    reason = forms.CharField(label=_("意见"), widget=forms.Textarea(attrs={"rows": 3}))
    category = forms.ModelChoiceField(label=_("改为类别"), queryset=None)

    def __init__(self, *args, act, categories, **kwargs):
        super().__init__(*args, initial={"on": timezone.localdate()}, **kwargs)
        self.fields["category"].queryset = categories
        if act != "category":
            del self.fields["category"]
        if act == "assign":
            del self.fields["reason"]

    def clean_on(self):
        on = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError(_("日期不能晚于今天。"))
        return on
