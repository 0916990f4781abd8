"""What a field says when something else belongs into it."""

import pytest
from django import forms

from congress.organs.models import Organ


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        (forms.CharField(), "", "请填写这一项。"),
        (forms.CharField(max_length=4), "青石河石桥段", "最多 4 个字，现在有 6 个，请删短。"),
        (forms.IntegerField(min_value=1), "0", "不能小于 1。"),
        (forms.IntegerField(max_value=999), "1000", "不能大于 999。"),
        (forms.DecimalField(max_digits=3, decimal_places=1), "1.25", "小数最多 1 位。"),
        (forms.DecimalField(max_digits=3, decimal_places=1), "1234", "最多 3 位数字。"),
        (forms.DecimalField(max_digits=3, decimal_places=1), "123", "整数最多 2 位。"),
    ],
)
def test_a_field_says_in_plain_words_what_is_wrong(field, value, words):
    with pytest.raises(forms.ValidationError) as refused:
        field.clean(value)
    assert words in refused.value.messages


@pytest.mark.django_db
def test_a_number_that_no_row_can_have_is_a_choice_that_is_not_there():
    field = forms.ModelMultipleChoiceField(Organ.objects.all())
    with pytest.raises(forms.ValidationError) as refused:
        field.clean(["9" * 20])
    assert refused.value.code == "invalid_choice"
