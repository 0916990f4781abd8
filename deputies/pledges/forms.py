"""Forms of plans, pledges, cards, contacts and papers (表单)."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from congress.kit.widgets import DateInput
from congress.organs.models import Department
from congress.procedure.forms import SentOnceForm, StepForm
from deputies.duties.kinds import Kind
from deputies.duties.models import DutyRecord
from deputies.pledges import actions
from deputies.pledges.actions.townships import PAPERS
from deputies.pledges.contacting import without_secrets
from deputies.pledges.models import CardTemplate, ContactLog, FollowUp, Target
from deputies.roll.models import Mandate


class PaperForm(forms.Form):
    """A yearly plan or summary to send up."""

    file = forms.FileField(
        label=_("文件"),
        help_text=_("可以是 Word、WPS、PDF 或者 OFD。再次报送会换掉原来的文件。"),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(f".{kind}" for kind in PAPERS)}),
        error_messages={"required": _("请选择要报送的文件。")},
    )


class PledgeForm(forms.Form):
    """One pledge: which aspect, what, until when; an empty one is left out."""

    aspect = forms.CharField(label=_("方面"), max_length=40, required=False, help_text=_("如：村路、饮水、助学"))
    text = forms.CharField(
        label=_("承诺做什么"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    due_on = forms.DateField(label=_("完成时限"), required=False, widget=DateInput)

    def clean(self):
        cleaned = super().clean()
        said = {name: cleaned.get(name) for name in ("aspect", "text", "due_on")}
        if any(said.values()):
            words = {"aspect": _("请写是哪个方面。"), "text": _("请写做什么。"), "due_on": _("请选什么时候完成。")}
            for name, value in said.items():
                if not value and name not in self.errors:
                    self.add_error(name, words[name])
        return cleaned

    def promised(self):
        """The pledge as the action takes it, or None."""
        cleaned = self.cleaned_data
        if not cleaned.get("text"):
            return None
        return actions.Promised(cleaned["aspect"].strip(), cleaned["text"].strip(), cleaned["due_on"])


PledgeFormSet = forms.formset_factory(PledgeForm, extra=3, max_num=3, absolute_max=3)


class KeepForm(StepForm):
    """A pledge is kept: what was done, and which of the deputy's records show it."""

    evidence = forms.CharField(
        label=_("怎样兑现的"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    records = forms.ModelMultipleChoiceField(
        None, label=_("对应的履职记录"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        own = DutyRecord.objects.filter(mandate=self.case.plan.mandate_id, held_on__year=self.case.plan.year)
        self.fields["records"].queryset = own.performed().exclude(state=DutyRecord.State.STRUCK)
        self.fields["records"].label_from_instance = lambda record: f"{record.held_on:%m-%d} {record.title}"
        if not own.exists():
            del self.fields["records"]

    def clean_records(self):
        return list(self.cleaned_data["records"])

    def carry_out(self, case, *, by):
        said = self.cleaned_data
        actions.keep(case, evidence=said["evidence"], records=said.get("records", ()), by=by, **self.taking())


class ReopenForm(StepForm):
    def carry_out(self, case, *, by):
        actions.reopen(case, by=by, **self.taking())


class DropForm(StepForm):
    reason = forms.CharField(label=_("为什么撤下"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))

    def carry_out(self, case, *, by):
        actions.drop(case, reason=self.cleaned_data["reason"], by=by, **self.taking())


class CardForm(forms.ModelForm):
    """A target card of a congress."""

    class Meta:
        model = CardTemplate
        fields = ["name", "audience", "note", "is_active"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["audience"]


class TargetForm(forms.ModelForm):
    """One counter of a card."""

    kinds = forms.MultipleChoiceField(
        label=_("计入的履职事项"), choices=Kind.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    goal = forms.IntegerField(label=_("目标数"), min_value=1, max_value=999)

    class Meta:
        model = Target
        fields = ["label", "goal", "unit", "measure", "word", "needs_office", "kinds"]


class AllotForm(forms.Form):
    """Whom a member or a committee contacts."""

    deputies = forms.ModelMultipleChoiceField(None, label=_("联系的代表"), required=False)

    def __init__(self, *args, among, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["deputies"].queryset = among


class PairForm(forms.Form):
    """Who helps whom along."""

    deputy = forms.ModelChoiceField(
        None, label=_("新代表"), empty_label=_("请选择"), error_messages={"required": _("请选择新代表。")}
    )
    mentor = forms.ModelChoiceField(
        None, label=_("由谁帮带"), empty_label=_("请选择"), error_messages={"required": _("请选择由谁帮带。")}
    )

    def __init__(self, *args, congress, newcomers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["deputy"].queryset = newcomers
        above = Mandate.objects.active().filter(congress_id__in=[congress.pk, congress.parent_id])
        experienced = above.filter(is_re_elected=True) | above.filter(congress=congress.parent_id)
        experienced = without_secrets(experienced.select_related("congress"), "deputy")
        self.fields["mentor"].queryset = experienced.order_by("congress_id", "deputy__strokes", "pk")
        self.fields["mentor"].label_from_instance = lambda seat: (
            f"{seat.deputy.name}（{seat.congress}）" if seat.congress_id != congress.pk else seat.deputy.name
        )


class LogForm(SentOnceForm):
    """One contact: the four things that must be said."""

    held_on = forms.DateField(label=_("联系日期"), widget=DateInput)
    method = forms.ChoiceField(label=_("联系方式"), choices=ContactLog.Method.choices, widget=forms.RadioSelect)
    place = forms.CharField(label=_("联系地点"), max_length=100, error_messages={"required": _("请写联系地点。")})
    content = forms.CharField(
        label=_("联系内容"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("谈了什么，代表提了什么意见。"),
        error_messages={"required": _("请写联系内容。")},
    )

    def __init__(self, *args, today, **kwargs):
        kwargs["initial"] = {"held_on": today}
        super().__init__(*args, **kwargs)


class FollowForm(SentOnceForm):
    """Where an opinion goes."""

    text = forms.CharField(label=_("代表提的意见"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    route = forms.ChoiceField(label=_("去向"), choices=FollowUp.Route.choices, widget=forms.RadioSelect)
    department = forms.ModelChoiceField(None, label=_("办理单位"), required=False, empty_label=_("请选择"))
    meeting = forms.ChoiceField(
        label=_("哪个会议"), choices=[("", _("请选择")), *FollowUp.Meeting.choices], required=False
    )

    def __init__(self, *args, congress, today, **kwargs):
        super().__init__(*args, **kwargs)
        of_congress = Department.objects.filter(congress=congress).standing(on=today)
        self.fields["department"].queryset = of_congress


class SettleForm(StepForm):
    result = forms.CharField(label=_("结果"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))

    def carry_out(self, case, *, by):
        actions.settle(case, result=self.cleaned_data["result"], by=by, **self.taking())


class TownshipTieForm(forms.Form):
    """Which member looks after a township, and from when."""

    member = forms.ModelChoiceField(
        None, label=_("挂钩联系人"), empty_label=_("请选择"), error_messages={"required": _("请选择挂钩联系人。")}
    )
    since = forms.DateField(label=_("开始日期"), widget=DateInput)

    def __init__(self, *args, among, townships_of, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = among
        self.fields["member"].label_from_instance = lambda seat: (
            gettext("%(name)s（已挂钩 %(n)s 个乡镇）") % {"name": seat.deputy.name, "n": townships_of[seat.pk]}
            if seat.pk in townships_of
            else seat.deputy.name
        )
