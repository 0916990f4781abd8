from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeadlinesConfig(AppConfig):
    name = "congress.deadlines"
    label = "deadlines"
    verbose_name = _("期限")
    default_auto_field = "django.db.models.BigAutoField"
