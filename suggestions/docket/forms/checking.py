"""What the check of a suggestion asks: accept it under a number, or give the reasons why not (审)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from congress.procedure.forms import StepForm
from congress.rulebook.book import rules_for
from deputies.activities import drives
from deputies.activities.forms.drives import DriveField, offer
from suggestions.docket import actions
from suggestions.docket.models import Category


class RegisterForm(StepForm):
    """立案: the field it is filed to, and the number where the paper already bears one."""

    category = forms.ModelChoiceField(label=_("类别"), queryset=Category.objects.none(), empty_label=_("请选择类别"))
    printed_number = forms.CharField(label=_("编号"), max_length=40, required=False)
    campaign = DriveField()

    def __init__(self, *args, case, expected="", today, **kwargs):
        initial = {"category": case.category_id, "campaign": case.campaign_id} | kwargs.pop("initial", {})
        super().__init__(*args, case=case, initial=initial, today=today, **kwargs)
        self.fields["category"].queryset = Category.objects.filter(congress=case.congress_id)
        offer(self, drives.offered_to_office([case.congress_id], on=today, kept=case.campaign_id))
        self.fields["printed_number"].help_text = _("不填就接着编为 %s；纸上已经印了编号的照填。") % expected
        self.fields["printed_number"].widget.attrs["placeholder"] = expected

    def carry_out(self, case, *, by):
        actions.register(
            case,
            category=self.cleaned_data["category"],
            printed_number=self.cleaned_data["printed_number"],
            by=by,
            **self.taking(),
            **{name: self.cleaned_data[name] for name in ("campaign",) if name in self.fields},
        )


class RefusalForm(StepForm):
    """The reasons by code, each with its law, and the words that the deputy reads."""

    codes = forms.MultipleChoiceField(label=_("理由"), widget=forms.CheckboxSelectMultiple)
    reason = forms.CharField(
        label=_("说明"), widget=forms.Textarea(attrs={"rows": 4}), help_text=_("代表看得到，请写明为什么、可以怎样改。")
    )
    action = None

    def __init__(self, *args, case, today, **kwargs):
        super().__init__(*args, case=case, today=today, **kwargs)
        reasons = rules_for(case.congress, on=today).items("intake_reasons")
        self.fields["codes"].choices = [(each["code"], _reason(each)) for each in reasons]

    def carry_out(self, case, *, by):
        type(self).action(
            case, codes=self.cleaned_data["codes"], reason=self.cleaned_data["reason"], by=by, **self.taking()
        )


def _reason(each):
    law = each.get("law", "")
    return f"{each['label']}（{law}）" if law else each["label"]


class ReturnForm(RefusalForm):
    action = staticmethod(actions.return_for_revision)


class RejectForm(RefusalForm):
    action = staticmethod(actions.reject)


class LetterForm(RefusalForm):
    action = staticmethod(actions.turn_to_letter)


class CorrectForm(StepForm):
    """更正: title, category, drive and number as they ought to stand, and why."""

    NAMES = ("title", "category", "campaign", "printed_number")

    title = forms.CharField(label=_("标题"), max_length=120)
    category = forms.ModelChoiceField(
        label=_("类别"), queryset=Category.objects.none(), required=False, empty_label=_("没有类别")
    )
    campaign = DriveField()
    printed_number = forms.CharField(label=_("编号"), max_length=40, required=False)
    reason = forms.CharField(label=_("更正理由"), widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, case, today, **kwargs):
        initial = {name: getattr(case, name) for name in self.NAMES} | kwargs.pop("initial", {})
        super().__init__(*args, case=case, initial=initial, today=today, **kwargs)
        self.fields["category"].queryset = Category.objects.filter(congress=case.congress_id)
        offer(self, drives.offered_to_office([case.congress_id], on=today, kept=case.campaign_id))
        if case.category_id:
            self.fields["category"].required = True
        if case.printed_number:
            self.fields["printed_number"].required = True
        else:
            del self.fields["printed_number"]

    def carry_out(self, case, *, by):
        cleaned = self.cleaned_data
        changes = {name: cleaned[name] for name in self.NAMES if name in self.fields}
        actions.correct(case, changes=changes, reason=cleaned["reason"], by=by, **self.taking())


class UrgeForm(StepForm):
    """催办: what the departments are told."""

    reason = forms.CharField(
        label=_("催办意见"), widget=forms.Textarea(attrs={"rows": 3}), help_text=_("承办人和单位负责人都会收到。")
    )

    def carry_out(self, case, *, by):
        actions.urge(case, reason=self.cleaned_data["reason"], on=self.cleaned_data["on"], by=by)
