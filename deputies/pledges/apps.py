from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PledgesConfig(AppConfig):
    name = "deputies.pledges"
    label = "pledges"
    verbose_name = _("承诺与联系")
    default_auto_field = "django.db.models.BigAutoField"
