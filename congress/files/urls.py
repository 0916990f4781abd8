from django.urls import path

from congress.files import views

app_name = "files"

urlpatterns = [
    path("<int:pk>/", views.DownloadView.as_view(), name="download"),
]
