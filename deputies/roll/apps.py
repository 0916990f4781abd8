from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RollConfig(AppConfig):
    name = "deputies.roll"
    label = "roll"
    verbose_name = _("名册")
    default_auto_field = "django.db.models.BigAutoField"
