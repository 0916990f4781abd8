from django.urls import path

from deputies.pledges.views import townships

app_name = "pledges"

urlpatterns = [
    path("townships/", townships.TownshipsView.as_view(), name="townships"),
    path("townships/export/", townships.TownshipsExportView.as_view(), name="townships_export"),
    path("townships/<slug:code>/<slug:quota>/", townships.TownshipQuotaView.as_view(), name="township_quota"),
]
