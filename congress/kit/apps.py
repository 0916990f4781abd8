from django import forms
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KitConfig(AppConfig):
    name = "congress.kit"
    label = "kit"
    verbose_name = _("工具")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Every date field of every form refuses the same years; nobody has to think of it."""
        from congress.kit.dates import check_years

        for field in (forms.DateField, forms.DateTimeField):
            field.default_validators = [check_years]
