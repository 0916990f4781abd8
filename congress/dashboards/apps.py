from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DashboardsConfig(AppConfig):
    name = "congress.dashboards"
    label = "dashboards"
    verbose_name = _("工作台")
    default_auto_field = "django.db.models.BigAutoField"
