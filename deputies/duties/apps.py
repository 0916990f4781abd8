from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DutiesConfig(AppConfig):
    name = "deputies.duties"
    label = "duties"
    verbose_name = _("履职")
    default_auto_field = "django.db.models.BigAutoField"
