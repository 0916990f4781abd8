"""Forms of a debriefing: its plan, a report, the slips, the steps (述职表单)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from congress.kit.widgets import DateInput
from congress.procedure.forms import StepForm
from deputies.activities.kinds import Kind
from deputies.activities.models import Activity
from deputies.debriefings import actions
from deputies.debriefings.models import Debriefing
from deputies.roll.models import Constituency, DeputyGroup, Mandate


class ArrangeForm(forms.ModelForm):
    """When, where, how, and who reports."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    deputies = forms.ModelMultipleChoiceField(
        None, label=_("述职代表"), error_messages={"required": _("请至少选一名述职代表。")}
    )

    class Meta:
        model = Debriefing
        fields = actions.PLAN
        widgets = {
            "planned_on": DateInput,
            "mode": forms.RadioSelect,
            "arrangement": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args, among, **kwargs):
        super().__init__(*args, **kwargs)
        congress = self.instance.congress
        if self.instance.pk:
            self.fields["version"].initial = self.instance.version
        else:
            del self.fields["version"]
        self.fields["mode"].choices = Debriefing.Mode.choices
        self.fields["wording"].choices = [each for each in self.fields["wording"].choices if each[0]]
        self.fields["constituency"].queryset = Constituency.objects.filter(congress=congress)
        self.fields["group"].queryset = DeputyGroup.objects.filter(congress=congress)
        meetings = Activity.objects.filter(congress=congress, kind=Kind.DEBRIEFING)
        self.fields["activity"].queryset = meetings.exclude(state=Activity.State.CANCELLED)
        for name, empty in (("constituency", _("不限")), ("group", _("不限")), ("activity", _("没有对应的活动"))):
            self.fields[name].empty_label = empty
        self.fields["deputies"].queryset = among


class ReportForm(forms.Form):
    """The report of one deputy."""

    text = forms.CharField(
        label=_("述职报告"),
        max_length=20000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("学习法律、会议审议和建议、闭会期间活动、联系群众和办实事，各写几句。"),
    )
    upload = forms.FileField(
        label=_("或者上传文件"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(f".{kind}" for kind in actions.REPORTS)}),
    )


class TallyForm(forms.Form):
    """The slips on one deputy: handed out, returned, valid, and a number for each grade."""

    handed_out = forms.IntegerField(label=_("发出"), min_value=0, max_value=99999)
    returned = forms.IntegerField(label=_("收回"), min_value=0, max_value=99999)
    valid = forms.IntegerField(label=_("有效"), min_value=0, max_value=99999)

    def __init__(self, *args, statement, **kwargs):
        self.debriefing = statement.debriefing
        standing = {(each.aspect, each.grade): each.count for each in statement.tallies.all()}
        kwargs["initial"] = {name: getattr(statement, name) for name in ("handed_out", "returned", "valid")}
        super().__init__(*args, **kwargs)
        for aspect, _label in self.debriefing.aspects:
            for grade, words in self.debriefing.grades:
                self.fields[f"count_{aspect}_{grade}"] = forms.IntegerField(
                    label=words, min_value=0, max_value=99999, initial=standing.get((aspect, grade))
                )

    def slips(self):
        return [self["handed_out"], self["returned"], self["valid"]]

    def lines(self):
        """[(aspect, fields)] as they stand on the slip."""
        return [
            (label, [self[f"count_{aspect}_{grade}"] for grade, _words in self.debriefing.grades])
            for aspect, label in self.debriefing.aspects
        ]

    def counted(self):
        cleaned = self.cleaned_data
        counts = {
            (aspect, grade): cleaned[f"count_{aspect}_{grade}"]
            for aspect, _label in self.debriefing.aspects
            for grade, _words in self.debriefing.grades
        }
        return {name: cleaned[name] for name in ("handed_out", "returned", "valid")} | {"counts": counts}


class HoldForm(StepForm):
    """Who of those planned did report."""

    spoke = forms.ModelMultipleChoiceField(
        None,
        label=_("已经述职的代表"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("没有到场的去掉勾，另行安排；他交的报告保留，并告知本人。日期是述职的日期。"),
        error_messages={"required": _("请勾选已经述职的代表。")},
    )

    def __init__(self, *args, case, **kwargs):
        planned = Mandate.objects.filter(statements__debriefing=case).select_related("deputy")
        kwargs["initial"] = {"spoke": list(planned.values_list("pk", flat=True))}
        super().__init__(*args, case=case, **kwargs)
        self.fields["spoke"].queryset = planned.order_by("deputy__strokes", "pk")

    def carry_out(self, case, *, by):
        actions.hold(case, spoke=self.cleaned_data["spoke"], by=by, **self.taking())


class EvaluateForm(StepForm):
    def carry_out(self, case, *, by):
        actions.evaluate(case, by=by, **self.taking())


class CorrectForm(StepForm):
    why = forms.CharField(label=_("更正什么"), max_length=200)

    def carry_out(self, case, *, by):
        actions.correct(case, why=self.cleaned_data["why"], by=by, **self.taking())


class PublishForm(StepForm):
    how = forms.CharField(
        label=_("怎样公布"),
        max_length=100,
        help_text=_("如：会场当场宣布；选区公告栏张贴。公布后同时告知代表本人，总体评价列在他的公开页上。"),
    )

    def carry_out(self, case, *, by):
        actions.publish(case, how=self.cleaned_data["how"], by=by, **self.taking())


class CancelForm(StepForm):
    reason = forms.CharField(label=_("取消理由"), max_length=200)

    def carry_out(self, case, *, by):
        actions.cancel(case, reason=self.cleaned_data["reason"], by=by, **self.taking())
