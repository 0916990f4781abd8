from django.urls import path

from congress.dashboards.views import health

app_name = "dashboards"

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
