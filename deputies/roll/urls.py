from django.urls import path

from deputies.roll.views import imports, listing

app_name = "roll"

urlpatterns = [
    path("", listing.RollList.as_view(), name="list"),
    path("import/", imports.ImportList.as_view(), name="import"),
]
