app_name = "docket"

urlpatterns = []
