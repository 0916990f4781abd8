"""Table of contents of the portal's pages."""

from django.urls import include, path

urlpatterns = [
    path("", include("congress.dashboards.urls")),
    path("office/", include("congress.dashboards.office.urls")),
    path("accounts/", include("congress.accounts.urls")),
    path("organs/", include("congress.organs.urls")),
    path("rulebook/", include("congress.rulebook.urls")),
    path("deadlines/", include("congress.deadlines.urls")),
    path("files/", include("congress.files.urls")),
    path("notices/", include("congress.notices.urls")),
    path("deputies/", include("deputies.roll.urls")),
    path("suggestions/", include("suggestions.docket.urls")),
    path("appraisals/", include("suggestions.appraisals.urls")),
    path("", include("congress.kit.urls")),
]

handler400 = "congress.kit.views.bad_request"
