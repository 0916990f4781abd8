"""Forms of this room: asking for help, and the steps (履职保障表单)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from congress.procedure.forms import SentOnceForm, StepForm
from deputies.safeguards import actions
from deputies.safeguards.models import HelpRequest


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
