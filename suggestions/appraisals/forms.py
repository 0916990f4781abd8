"""What a deputy fills in under thirty seconds, and what the office decides with (征询意见表、研判)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from congress.kit.widgets import DateInput
from congress.procedure.forms import SentOnceForm, StepForm
from suggestions.appraisals import actions
from suggestions.appraisals.models import Grade, Rating, Survey
from suggestions.docket.models import Ask


class RatingForm(SentOnceForm):
    """The survey slip: attitude and result apart; not satisfied says what is missing."""

    request_key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    rated_on = forms.DateField(
        label=_("意见表上的日期"),
        required=False,
        widget=DateInput,
        help_text=_("代表填写纸质意见表的日期；不填就是今天。"),
    )
    reason = forms.CharField(
        label=_("补录说明"), max_length=200, help_text=_("为什么评价期过了才录入，如：代表交表晚了。经过中看得到。")
    )
    attitude = forms.ChoiceField(label=_("办理态度"), choices=Grade.choices, widget=forms.RadioSelect)
    result = forms.ChoiceField(label=_("办理结果"), choices=Grade.choices, widget=forms.RadioSelect)
    contacted = forms.ChoiceField(
        label=_("答复前联系过您吗"), choices=Rating.Contacted.choices, widget=forms.RadioSelect
    )
    missing = forms.ModelMultipleChoiceField(
        label=_("哪一条没办好"), queryset=Ask.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    comment = forms.CharField(
        label=_("还缺什么"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args, slip, on_paper=False, **kwargs):
        self.slip = slip
        self.is_late = on_paper and slip.counts and slip.survey.state == Survey.State.SILENT
        initial = _given(slip.current_rating) | (kwargs.pop("initial", None) or {})
        super().__init__(*args, initial=initial, **kwargs)
        if not on_paper:
            del self.fields["rated_on"]
        if not self.is_late:
            del self.fields["reason"]
        self.fields["missing"].queryset = slip.survey.suggestion.asks.all()

    def carry_out(self, *, on, by, on_behalf_of=None, by_link=False):
        told = {"on": on, "by": by, "on_behalf_of": on_behalf_of} | self.cleaned_data
        if self.is_late:
            return actions.rate_afterwards(self.slip, **told | {"rated_on": told["rated_on"] or on})
        return actions.rate(self.slip, by_link=by_link, **told)

    def choices_first(self):
        """The three questions that are answered by one tap each."""
        return [self["contacted"], self["attitude"], self["result"]]


def _given(rating):
    """What the deputy said before, to be changed; an empty slip starts empty."""
    if rating is None:
        return {}
    given = {name: getattr(rating, name) for name in ("attitude", "result", "contacted", "comment")}
    return given | {"missing": list(rating.missing.values_list("pk", flat=True))}


class OrderForm(StepForm):
    """Order the case handled again; the words go to the departments (重新办理)."""

    reason = forms.CharField(
        label=_("还要办什么"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("承办单位和代表都看得到。写明哪一条没有办好、要办到什么程度。"),
    )

    def carry_out(self, judgement, *, by):
        cleaned = self.cleaned_data
        actions.order_rework(judgement, reason=cleaned["reason"], on=cleaned["on"], by=by, version=cleaned["version"])


class UpholdForm(StepForm):
    """Let the reply stand (维持答复)."""

    reason = forms.CharField(label=_("理由"), widget=forms.Textarea(attrs={"rows": 4}), help_text=_("代表看得到。"))

    def carry_out(self, judgement, *, by):
        cleaned = self.cleaned_data
        actions.uphold(judgement, reason=cleaned["reason"], on=cleaned["on"], by=by, version=cleaned["version"])
