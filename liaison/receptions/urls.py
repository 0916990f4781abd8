from django.urls import path

from liaison.receptions import views

app_name = "receptions"

urlpatterns = [
    path("", views.GridView.as_view(), name="grid"),
    path("new/", views.CreateView.as_view(), name="create"),
    path("year/", views.YearView.as_view(), name="year"),
]
