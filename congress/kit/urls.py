from django.urls import path

from congress.kit import views

app_name = "kit"

urlpatterns = [
    path("elder/", views.switch_elder, name="elder"),
    path("ground/", views.choose_ground, name="ground"),
    path("gallery/", views.GalleryView.as_view(), name="gallery"),
]
