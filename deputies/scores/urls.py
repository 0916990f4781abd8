app_name = "scores"

urlpatterns = []
