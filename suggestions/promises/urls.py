from django.urls import path

from suggestions.promises import views

app_name = "promises"

urlpatterns = [
    path("", views.LedgerView.as_view(), name="list"),
    path("export/", views.LedgerExportView.as_view(), name="export"),
    path("<int:pk>/", views.PromiseView.as_view(), name="detail"),
    path("<int:pk>/<slug:step>/", views.PromiseStepView.as_view(), name="step"),
]
