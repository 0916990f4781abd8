from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    name = "congress.demo"
    label = "demo"
    verbose_name = _("演示县")
    default_auto_field = "django.db.models.BigAutoField"
