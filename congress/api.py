"""Table of contents of the REST interface for mini-programs, `/api/v1/` (接口)."""

from django.urls import include, path
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.exceptions import NotFound
from rest_framework.routers import SimpleRouter
from rest_framework.views import APIView

from congress.accounts.api import SignIn, TokenApi
from congress.dashboards.api import MeApi, WaitingApi
from congress.notices.api import NoticeApi
from congress.portal.api import ResidentApi
from deputies.activities.api import ActivityApi, CallApi
from deputies.duties.api import DutyApi
from liaison.opinions.api import OpinionApi
from suggestions.appraisals.api import AppraisalApi, JudgementApi, SlipApi
from suggestions.docket.api import InvitationApi, ShareApi, SuggestionApi
from suggestions.promises.api import PromiseApi

app_name = "api"


@extend_schema(exclude=True)
class Nowhere(APIView):
    """Every other address below: a program is told so in its own language, not by a page."""

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        raise NotFound


router = SimpleRouter(use_regex_path=False)
router.register("tokens", TokenApi, basename="token")
router.register("notices", NoticeApi, basename="notice")
router.register("suggestions", SuggestionApi, basename="suggestion")
router.register("shares", ShareApi, basename="share")
router.register("invitations", InvitationApi, basename="invitation")
router.register("slips", SlipApi, basename="slip")
router.register("appraisals", AppraisalApi, basename="appraisal")
router.register("judgements", JudgementApi, basename="judgement")
router.register("promises", PromiseApi, basename="promise")
router.register("activities", ActivityApi, basename="activity")
router.register("calls", CallApi, basename="call")
router.register("duties", DutyApi, basename="duty")
router.register("opinions", OpinionApi, basename="opinion")
router.register("resident", ResidentApi, basename="resident")

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path(
        "docs/",
        SpectacularSwaggerSplitView.as_view(url_name="api:schema", template_name="api/docs.html"),
        name="docs",
    ),
    path("sign-in/", SignIn.as_view(), name="sign_in"),
    path("me/", MeApi.as_view(), name="me"),
    path("waiting/", WaitingApi.as_view(), name="waiting"),
    path("", include(router.urls)),
    path("<path:address>", Nowhere.as_view(), name="nowhere"),
]
