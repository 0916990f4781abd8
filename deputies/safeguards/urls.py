from django.urls import path

from deputies.safeguards.views import helping

app_name = "safeguards"

urlpatterns = [
    path("", helping.HelpList.as_view(), name="list"),
    path("mine/", helping.MineView.as_view(), name="mine"),
    path("ask/", helping.AskView.as_view(), name="ask"),
    path("help/<int:pk>/", helping.HelpView.as_view(), name="help"),
    path("help/<int:pk>/step/<slug:step>/", helping.HelpStepView.as_view(), name="help_step"),
]
