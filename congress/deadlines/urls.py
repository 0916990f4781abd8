from django.urls import path

from congress.deadlines import views

app_name = "deadlines"

urlpatterns = [
    path("<int:pk>/", views.ExplainView.as_view(), name="explain"),
    path("congresses/<slug:code>/profile/", views.ChooseProfileView.as_view(), name="choose_profile"),
    path("congresses/<slug:code>/rules/<slug:rule>/", views.OverrideView.as_view(), name="override"),
    path("congresses/<slug:code>/overrides/<int:pk>/drop/", views.DropOverrideView.as_view(), name="drop_override"),
    path("congresses/<slug:code>/moves/", views.MovesView.as_view(), name="moves"),
    path("calendar/<int:year>/<int:month>/<int:day>/", views.DayView.as_view(), name="day"),
    path("calendar/<int:year>/publish/", views.PublishYearView.as_view(), name="publish_year"),
    path("calendar/<int:year>/import/", views.ImportYearView.as_view(), name="import_year"),
]
