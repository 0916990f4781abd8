from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class ProcedureConfig(AppConfig):
    name = "congress.procedure"
    label = "procedure"
    verbose_name = _("程序")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        autodiscover_modules("workflow", "reactions", "panels", "tasks")
