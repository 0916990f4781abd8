app_name = "roll"

urlpatterns = []
