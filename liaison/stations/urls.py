from django.urls import path

from liaison.stations import views

app_name = "stations"

urlpatterns = [
    path("", views.StationListView.as_view(), name="list"),
    path("new/", views.StationFormView.as_view(), name="create"),
    path("<int:pk>/", views.StationDetailView.as_view(), name="detail"),
    path("<int:pk>/change/", views.StationFormView.as_view(), name="change"),
    path("<int:pk>/opening/", views.StationOpeningView.as_view(), name="opening"),
    path("<int:pk>/grade/", views.StationGradeView.as_view(), name="grade"),
    path("<int:pk>/board/", views.StationBoardView.as_view(), name="board"),
    path("<int:pk>/poster/", views.StationPosterView.as_view(), name="poster"),
]
