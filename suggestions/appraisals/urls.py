from django.urls import path

from suggestions.appraisals import views

app_name = "appraisals"

urlpatterns = [
    path("<int:pk>/", views.RateView.as_view(), name="rate"),
    path("link/<str:token>/", views.LinkView.as_view(), name="link"),
    path("judgements/<int:pk>/<slug:step>/", views.JudgeView.as_view(), name="judge"),
]
