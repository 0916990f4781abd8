from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DebriefingsConfig(AppConfig):
    name = "deputies.debriefings"
    label = "debriefings"
    verbose_name = _("述职")
    default_auto_field = "django.db.models.BigAutoField"
