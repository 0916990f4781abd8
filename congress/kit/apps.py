from django import forms
from django.apps import AppConfig
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils.translation import gettext_lazy as _


class KitConfig(AppConfig):
    name = "congress.kit"
    label = "kit"
    verbose_name = _("工具")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Every date field refuses the same years, every field says in plain words that it is needed or empty."""
        from congress.kit.dates import check_years

        for field in (forms.DateField, forms.DateTimeField):
            field.default_validators = [check_years]
        forms.Field.default_error_messages["required"] = _("请填写这一项。")
        for field in (forms.ChoiceField, forms.ModelChoiceField):
            field.default_error_messages["required"] = _("请选择一项。")
        # What an empty choice says where its form has no better word; Django's own is a row of dashes.
        forms.ModelChoiceField.__init__.__kwdefaults__["empty_label"] = _("请选择")
        BLANK_CHOICE_DASH[:] = [("", _("请选择"))]
