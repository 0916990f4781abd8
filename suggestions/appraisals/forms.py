"""What a deputy fills in under thirty seconds, and what the office decides with (征询意见表、研判)."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from congress.procedure.forms import StepForm
from suggestions.appraisals import actions
from suggestions.appraisals.models import Grade, Rating
from suggestions.docket.models import Ask


class RatingForm(forms.Form):
    """The survey slip: attitude and result apart; not satisfied says what is missing."""

    request_key = forms.CharField(max_length=64, widget=forms.HiddenInput)
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

    def __init__(self, *args, slip, **kwargs):
        self.slip = slip
        initial = {"request_key": uuid.uuid4().hex} | _given(slip.current_rating) | (kwargs.pop("initial", None) or {})
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["missing"].queryset = slip.survey.suggestion.asks.all()

    def carry_out(self, *, on, by, on_behalf_of=None, by_link=False):
        cleaned = self.cleaned_data
        return actions.rate(self.slip, on=on, by=by, on_behalf_of=on_behalf_of, by_link=by_link, **cleaned)

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
