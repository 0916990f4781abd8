from django.urls import path

from congress.dashboards.views import cockpit, desk, health, journal, settings, townships

app_name = "dashboards"

urlpatterns = [
    path("", desk.DeskView.as_view(), name="desk"),
    path("work/", desk.WorkView.as_view(), name="work"),
    path("deputy/", desk.DeputyView.as_view(), name="deputy"),
    path("cockpit/", cockpit.CockpitView.as_view(), name="cockpit"),
    path("cockpit/screen/", cockpit.ScreenView.as_view(), name="screen"),
    path("townships/", townships.ScorecardView.as_view(), name="townships"),
    path("townships/export/", townships.ScorecardExportView.as_view(), name="townships_export"),
    path("townships/<slug:code>/", townships.TownshipView.as_view(), name="township"),
    path("townships/<slug:code>/<slug:figure>/", townships.TownshipFigureView.as_view(), name="township_figure"),
    path("journal/", journal.JournalView.as_view(), name="journal"),
    path("journal/export/", journal.JournalExportView.as_view(), name="journal_export"),
    path("settings/", settings.SettingsView.as_view(), name="settings"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
