from django.urls import path

from congress.rulebook import views

app_name = "rulebook"

urlpatterns = [
    path("", views.MyRulesView.as_view(), name="mine"),
    path("profiles/", views.ProfileListView.as_view(), name="profiles"),
    path("profiles/<slug:code>/", views.ProfileView.as_view(), name="profile"),
    path("congresses/<slug:code>/", views.CongressRulesView.as_view(), name="congress"),
    path("calendar/", views.CalendarView.as_view(), name="calendar"),
    path("calendar/<int:year>/", views.CalendarView.as_view(), name="calendar_year"),
    path("try/", views.TryView.as_view(), name="try"),
]
