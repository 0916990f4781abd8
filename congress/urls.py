"""Table of contents of the portal's pages."""

from django.urls import include, path

urlpatterns = [
    path("suggestions/", include("suggestions.docket.urls")),  # first, for it is asked most
    path("", include("congress.dashboards.urls")),
    path("office/", include("congress.dashboards.office.urls")),
    path("accounts/", include("congress.accounts.urls")),
    path("rulebook/", include("congress.rulebook.urls")),
    path("deadlines/", include("congress.deadlines.urls")),
    path("files/", include("congress.files.urls")),
    path("notices/", include("congress.notices.urls")),
    path("deputies/", include("deputies.roll.urls")),
    path("duties/", include("deputies.duties.urls")),
    path("activities/", include("deputies.activities.urls")),
    path("training/", include("deputies.training.urls")),
    path("pledges/", include("deputies.pledges.urls")),
    path("scores/", include("deputies.scores.urls")),
    path("assessments/", include("deputies.assessments.urls")),
    path("debriefings/", include("deputies.debriefings.urls")),
    path("safeguards/", include("deputies.safeguards.urls")),
    path("stations/", include("liaison.stations.urls")),
    path("receptions/", include("liaison.receptions.urls")),
    path("opinions/", include("liaison.opinions.urls")),
    path("public/", include("congress.portal.urls")),
    path("appraisals/", include("suggestions.appraisals.urls")),
    path("promises/", include("suggestions.promises.urls")),
    path("api/v1/", include("congress.api")),
    path("", include("congress.kit.urls")),
]

handler400 = "congress.kit.views.bad_request"
