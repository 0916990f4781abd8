app_name = "debriefings"

urlpatterns = []
