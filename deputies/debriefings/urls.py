from django.urls import path

from deputies.debriefings.views import case, listing

app_name = "debriefings"

urlpatterns = [
    path("", listing.DebriefingList.as_view(), name="list"),
    path("mine/", case.MineView.as_view(), name="mine"),
    path("coverage/", listing.CoverageView.as_view(), name="coverage"),
    path("export/", listing.ExportView.as_view(), name="export"),
    path("of/<slug:code>/create/", case.ArrangeView.as_view(), name="create"),
    path("<int:pk>/", case.DebriefingView.as_view(), name="detail"),
    path("<int:pk>/change/", case.ArrangeView.as_view(), name="change"),
    path("<int:pk>/slip/", case.SlipView.as_view(), name="slip"),
    path("<int:pk>/step/<slug:step>/", case.DebriefingStepView.as_view(), name="step"),
    path("reports/<int:pk>/", case.StatementView.as_view(), name="statement"),
    path("reports/<int:pk>/hand-in/", case.ReportView.as_view(), name="report"),
    path("reports/<int:pk>/tally/", case.TallyView.as_view(), name="tally"),
]
