from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocketConfig(AppConfig):
    name = "suggestions.docket"
    label = "docket"
    verbose_name = _("案卷")
    default_auto_field = "django.db.models.BigAutoField"
