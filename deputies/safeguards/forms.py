"""Forms of this room: asking for help, its steps, the money (履职保障表单)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from congress.kit.widgets import DateInput
from congress.procedure.forms import SentOnceForm, StepForm
from deputies.activities.models import Activity
from deputies.roll.forms import ManyFiles, ManyFilesField
from deputies.safeguards import actions
from deputies.safeguards.actions.budgets import PAPERS
from deputies.safeguards.actions.protecting import PAPERS as EVIDENCE
from deputies.safeguards.actions.protecting import nameable
from deputies.safeguards.models import HelpRequest, ProtectedReport
from deputies.safeguards.models.budgets import LARGEST


def _accepts(kinds):
    return {"accept": ",".join(f".{kind}" for kind in kinds)}


_ACCEPTED = _accepts(PAPERS)


class AskForm(SentOnceForm):
    """What hinders a deputy; he who sits in two congresses says as whose deputy he asks."""

    seat = forms.ModelChoiceField(None, label=_("以哪一级代表求助"), widget=forms.RadioSelect, empty_label=None)
    kind = forms.ChoiceField(
        label=_("要什么帮助"),
        choices=HelpRequest.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一项，选不准的选“其他”。")},
    )
    text = forms.CharField(
        label=_("遇到什么困难"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("如：开会请假单位不批；想看某项工作的材料；联系不上某个部门。"),
        error_messages={"required": _("请写遇到了什么困难、需要什么帮助。")},
    )

    def __init__(self, *args, seats, **kwargs):
        super().__init__(*args, **kwargs)
        self.seats = seats
        if len(seats) > 1:
            self.fields["seat"].queryset = seats
            self.fields["seat"].label_from_instance = lambda seat: _("%s代表") % seat.congress.region
            self.fields["seat"].initial = seats[0]
        else:
            del self.fields["seat"]

    def carry_out(self, *, on, by):
        told = self.told()
        seat = told.pop("seat", None) or self.seats[0]
        return actions.ask(seat, on=on, by=by, **told)


class AnswerForm(StepForm):
    answer = forms.CharField(
        label=_("答复"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("写明联系了谁、办得怎样；一时办不成的，写明下一步和时间。代表会收到这段话。"),
        error_messages={"required": _("请写明办得怎样，或者怎样解决。")},
    )

    def carry_out(self, case, *, by):
        actions.answer(case, answer=self.cleaned_data["answer"], by=by, **self.taking())


class PassUpForm(StepForm):
    why = forms.CharField(
        label=_("说明"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("乡镇已经做了什么，为什么要县里答复。期限不变，代表也会收到这段话。"),
        error_messages={"required": _("请写明为什么转，乡镇已经做了什么。")},
    )

    def carry_out(self, case, *, by):
        actions.pass_up(case, why=self.cleaned_data["why"], by=by, **self.taking())


class AskAgainForm(StepForm):
    text = forms.CharField(
        label=_("还有什么没有解决"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("请写还有什么没有解决。")},
    )

    def carry_out(self, case, *, by):
        actions.ask_again(case, text=self.cleaned_data["text"], by=by, **self.taking())


class WithdrawForm(StepForm):
    def carry_out(self, case, *, by):
        actions.withdraw(case, by=by, **self.taking())


class BudgetForm(forms.Form):
    """What a congress may spend in a year, with the paper that says so."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    amount = forms.DecimalField(
        label=_("预算金额（元）"),
        min_value=0,
        **LARGEST,
        error_messages={"required": _("请填预算金额，单位是元。"), "invalid": _("请填数字，如 50000。")},
    )
    paper = forms.FileField(
        label=_("预算文件"),
        required=False,
        widget=forms.ClearableFileInput(attrs=_ACCEPTED),
        help_text=_("预算批复、拨款通知。再上传会换掉原来的。"),
    )


class SpendingForm(SentOnceForm):
    """One sum: when, how much, what for, at which activity, with its vouchers."""

    spent_on = forms.DateField(label=_("支出日期"), widget=DateInput)
    amount = forms.DecimalField(
        label=_("金额（元）"),
        **LARGEST,
        error_messages={"required": _("请填金额，单位是元。"), "invalid": _("请填数字，如 1280.50。")},
    )
    purpose = forms.CharField(
        label=_("用途"),
        max_length=200,
        help_text=_("如：视察租车费；代表小组学习资料印制。"),
        error_messages={"required": _("请写明用途。")},
    )
    activity = forms.ModelChoiceField(None, label=_("用于哪次活动"), required=False, empty_label=_("不是为某一次活动"))
    papers = ManyFilesField(
        label=_("凭证"),
        required=False,
        widget=ManyFiles(attrs=_ACCEPTED),
        help_text=_("发票、签领单的照片或者扫描件，可以一次选几份。"),
    )
    above = forms.BooleanField(label=_("我知道超出了预算，仍要登记"), required=False)

    def __init__(self, *args, budget, **kwargs):
        super().__init__(*args, **kwargs)
        held = Activity.objects.filter(congress=budget.congress_id, starts_at__year=budget.year)
        self.fields["activity"].queryset = held.exclude(state=Activity.State.CANCELLED).order_by("-starts_at", "pk")

    def carry_out(self, budget, *, on, by):
        told = self.told()
        return actions.record(budget, knows_it_is_above=told.pop("above"), on=on, by=by, **told)


class StrikeForm(forms.Form):
    why = forms.CharField(
        label=_("作废理由"),
        max_length=200,
        help_text=_("如：金额记错，另记一笔。作废的不再计算，但一直看得到。"),
        error_messages={"required": _("请写明为什么作废。")},
    )


class ReportForm(SentOnceForm):
    """What was done to him, by whom, and what he wishes; only two people read it."""

    kind = forms.ChoiceField(
        label=_("是哪种情形"),
        choices=ProtectedReport.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一项，选不准的选“其他”。")},
    )
    happened_on = forms.DateField(label=_("哪天发生的"), required=False, widget=DateInput)
    against = forms.CharField(
        label=_("涉及哪个单位、什么人"),
        max_length=300,
        error_messages={"required": _("请写涉及哪个单位、什么人。")},
    )
    text = forms.CharField(
        label=_("经过"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": _("请写经过。")},
    )
    wish = forms.CharField(
        label=_("希望怎样处理"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    papers = ManyFilesField(
        label=_("照片、材料"),
        required=False,
        widget=ManyFiles(attrs=_accepts(EVIDENCE)),
        help_text=_("可以一次选几份。"),
    )

    def carry_out(self, mandate, *, on):
        return actions.report(mandate, on=on, **self.told())


class TakeUpForm(StepForm):
    def carry_out(self, case, *, by):
        actions.take_up(case, by=by, **self.taking())


class SettleForm(StepForm):
    result = forms.CharField(
        label=_("处理结果"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("查了什么、怎样处理。只有报告的代表本人和受理人员看得到。"),
        error_messages={"required": _("请写明查了什么、怎样处理。")},
    )

    def carry_out(self, case, *, by):
        actions.settle(case, result=self.cleaned_data["result"], by=by, **self.taking())


class WithdrawReportForm(StepForm):
    def carry_out(self, case, *, by):
        actions.withdraw_report(case, by=by, **self.taking())


class ConfidantForm(forms.Form):
    user = forms.ModelChoiceField(
        None, label=_("指定谁"), empty_label=_("请选择"), error_messages={"required": _("请选择一位。")}
    )

    def __init__(self, *args, congress, by, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = nameable(congress, on=on).exclude(pk=by.pk)
        self.fields["user"].label_from_instance = lambda user: user.name
