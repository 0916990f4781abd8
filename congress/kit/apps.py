from django import forms
from django.apps import AppConfig
from django.core import validators
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils.translation import gettext_lazy as _


class KitConfig(AppConfig):
    name = "congress.kit"
    label = "kit"
    verbose_name = _("工具")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Every date field refuses the same years, and every field says in plain words what is wrong with it."""
        from congress.kit.dates import check_years
        from congress.kit.numbers import within_the_database

        rows = forms.ModelMultipleChoiceField
        rows._check_values = within_the_database(rows._check_values)
        for field in (forms.DateField, forms.DateTimeField):
            field.default_validators = [check_years]
        forms.Field.default_error_messages["required"] = _("请填写这一项。")
        several = (forms.MultipleChoiceField, forms.ModelMultipleChoiceField)
        for field in (forms.ChoiceField, forms.ModelChoiceField, *several):
            field.default_error_messages["required"] = _("请选择一项。")
            field.default_error_messages["invalid_choice"] = _("请从列出的里面选。")
        for field, words in (
            (forms.DateField, _("请填写日期，如 2026-03-01。")),
            (forms.TimeField, _("请填写时间，如 09:00。")),
            (forms.IntegerField, _("请填写整数。")),
        ):
            field.default_error_messages["invalid"] = words
        for validator, words in (
            (validators.MaxLengthValidator, _("最多 %(limit_value)s 个字，现在有 %(show_value)s 个，请删短。")),
            (validators.MaxValueValidator, _("不能大于 %(limit_value)s。")),
            (validators.MinValueValidator, _("不能小于 %(limit_value)s。")),
        ):
            validator.message = words
        validators.DecimalValidator.messages |= {
            "max_digits": _("最多 %(max)s 位数字。"),
            "max_decimal_places": _("小数最多 %(max)s 位。"),
            "max_whole_digits": _("整数最多 %(max)s 位。"),
        }
        # What an empty choice says where its form has no better word; Django's own is a row of dashes.
        forms.ModelChoiceField.__init__.__kwdefaults__["empty_label"] = _("请选择")
        BLANK_CHOICE_DASH[:] = [("", _("请选择"))]
