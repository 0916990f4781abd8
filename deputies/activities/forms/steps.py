"""The steps of an activity, of a call and of an opinion, each with what it asks (步骤表单)."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from congress.organs.models import Department
from congress.procedure.forms import StepForm
from deputies.activities import actions


class ReasonForm(StepForm):
    """A step that says why."""

    verb = None
    reason = forms.CharField(
        label=_("理由"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("相关人员看得到。")
    )

    def carry_out(self, case, *, by):
        self.verb(case, reason=self.cleaned_data["reason"], by=by, **self.taking())


class PlainForm(StepForm):
    """A step that asks for nothing but its date."""

    verb = None

    def carry_out(self, case, *, by):
        self.verb(case, by=by, **self.taking())


class AllowForm(PlainForm):
    verb = staticmethod(actions.allow)


class DeclineForm(ReasonForm):
    verb = staticmethod(actions.decline)


class SubmitThemeForm(PlainForm):
    verb = staticmethod(actions.submit_theme)


class ApproveThemeForm(PlainForm):
    verb = staticmethod(actions.approve_theme)


class ReturnThemeForm(ReasonForm):
    verb = staticmethod(actions.return_theme)


class TakeThemeBackForm(PlainForm):
    verb = staticmethod(actions.take_theme_back)


class AnnounceForm(StepForm):
    """Nothing is asked but what must not be missing: the study before an inspection."""

    pre_study = forms.CharField(
        label=_("会前学习材料"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写明学习哪些政策法规，或者材料名称。"),
    )  # fmt: skip
    pre_study_waiver = forms.CharField(label=_("不安排学习的，写明理由"), max_length=200, required=False)

    def __init__(self, *args, case, today, **kwargs):
        super().__init__(*args, case=case, today=today, **kwargs)
        if not actions.lacks_study(case, on=today):
            del self.fields["pre_study"], self.fields["pre_study_waiver"]

    def carry_out(self, activity, *, by):
        study = {name: self.cleaned_data.get(name, "") for name in ("pre_study", "pre_study_waiver")}
        actions.announce(activity, by=by, **study, **self.taking())


class CancelForm(ReasonForm):
    verb = staticmethod(actions.cancel)


class HoldForm(StepForm):
    """It took place; whoever has no mark is put down as excused or absent."""

    def carry_out(self, activity, *, by):
        actions.hold(activity, at=timezone.now(), by=by, **self.taking())


class WriteUpForm(StepForm):
    minutes = forms.CharField(label=_("纪要"), widget=forms.Textarea(attrs={"rows": 14}))

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, case=case, **kwargs)
        self.initial["minutes"] = case.minutes

    def carry_out(self, activity, *, by):
        actions.write_up(activity, minutes=self.cleaned_data["minutes"], by=by, **self.taking())


class CloseForm(StepForm):
    """What an oversight activity must not lack altogether."""

    report_heard = forms.BooleanField(label=_("听取了情况汇报"), required=False)
    discussion_held = forms.BooleanField(label=_("组织了代表座谈交流"), required=False)

    def carry_out(self, activity, *, by):
        said = {name: self.cleaned_data[name] for name in ("report_heard", "discussion_held")}
        actions.close(activity, by=by, **said, **self.taking())


class RaiseForm(StepForm):
    """An opinion, in the deputy's own words; the organiser says whose it is."""

    text = forms.CharField(
        label=_("意见"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("一条意见只说一件事。组织者会转给有关单位研究，反馈告诉到会的代表。"),
    )
    mandate = forms.ModelChoiceField(None, label=_("提出的代表"), required=False, empty_label=_("大家共同提出"))

    def __init__(self, *args, case, seats=None, own=None, **kwargs):
        super().__init__(*args, case=case, **kwargs)
        self.own = own
        if own is not None:
            del self.fields["mandate"]
        else:
            self.fields["mandate"].queryset = seats

    def carry_out(self, activity, *, by):
        mandate = self.own or self.cleaned_data["mandate"]
        actions.raise_opinion(
            activity, text=self.cleaned_data["text"], mandate=mandate, on=self.cleaned_data["on"], by=by
        )


class ComeForm(PlainForm):
    verb = staticmethod(actions.reply)


class AskLeaveForm(StepForm):
    reason = forms.CharField(
        label=_("请假事由"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("组织者看得到。")
    )

    def carry_out(self, invitation, *, by):
        actions.ask_leave(invitation, reason=self.cleaned_data["reason"], by=by, **self.taking())


class GrantLeaveForm(StepForm):
    def carry_out(self, invitation, *, by):
        actions.decide_leave(invitation, is_granted=True, by=by, **self.taking())


class RefuseLeaveForm(StepForm):
    answer = forms.CharField(
        label=_("不准假的理由"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("代表看得到。")
    )

    def carry_out(self, invitation, *, by):
        answer = self.cleaned_data["answer"]
        actions.decide_leave(invitation, is_granted=False, answer=answer, by=by, **self.taking())


class ForwardForm(StepForm):
    organ = forms.ModelChoiceField(None, label=_("转交单位"), help_text=_("反馈期限按本级口径自动计算。"))

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, case=case, **kwargs)
        self.initial["organ"] = case.organ_id
        self.fields["organ"].queryset = Department.objects.filter(congress=case.congress_id).standing(on=self.today)

    def carry_out(self, raised, *, by):
        actions.forward(raised, organ=self.cleaned_data["organ"], by=by, **self.taking())


class AnswerForm(StepForm):
    feedback = forms.CharField(
        label=_("研究处理情况"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("到会的代表看得到。"),
    )
    is_solved = forms.BooleanField(label=_("问题已经解决"), required=False)

    def carry_out(self, raised, *, by):
        said = {name: self.cleaned_data[name] for name in ("feedback", "is_solved")}
        actions.answer(raised, by=by, **said, **self.taking())


ACTIVITY_FORMS = {
    "allow": AllowForm,
    "decline": DeclineForm,
    "submit_theme": SubmitThemeForm,
    "approve_theme": ApproveThemeForm,
    "return_theme": ReturnThemeForm,
    "take_theme_back": TakeThemeBackForm,
    "announce": AnnounceForm,
    "hold": HoldForm,
    "raise": RaiseForm,
    "write_up": WriteUpForm,
    "close": CloseForm,
    "cancel": CancelForm,
}
INVITATION_FORMS = {
    "come": ComeForm,
    "ask_leave": AskLeaveForm,
    "grant_leave": GrantLeaveForm,
    "refuse_leave": RefuseLeaveForm,
}
RAISED_FORMS = {"forward": ForwardForm, "answer": AnswerForm}
