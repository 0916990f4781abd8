from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PromisesConfig(AppConfig):
    name = "suggestions.promises"
    label = "promises"
    verbose_name = _("承诺台账")
    default_auto_field = "django.db.models.BigAutoField"
