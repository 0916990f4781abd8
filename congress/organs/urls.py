app_name = "organs"

urlpatterns = []
