from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SafeguardsConfig(AppConfig):
    name = "deputies.safeguards"
    label = "safeguards"
    verbose_name = _("履职保障")
    default_auto_field = "django.db.models.BigAutoField"
