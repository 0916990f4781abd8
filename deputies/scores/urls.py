from django.urls import path

from deputies.scores.views import closing, detail, keeping, listing, mine, schemes

app_name = "scores"

urlpatterns = [
    path("", listing.ScoreListView.as_view(), name="list"),
    path("export/", listing.ScoreExportView.as_view(), name="export"),
    path("mine/", mine.MineView.as_view(), name="mine"),
    path("kinds/", keeping.KindsView.as_view(), name="kinds"),
    path("grounds/", keeping.GroundsView.as_view(), name="grounds"),
    path("<int:pk>/", detail.ScoreView.as_view(), name="detail"),
    path("groups/<int:pk>/", detail.GroupScoreView.as_view(), name="group"),
    path("standings/<int:pk>/", mine.StandingView.as_view(), name="standing"),
    path("standings/<int:pk>/object/", mine.ObjectView.as_view(), name="object"),
    path("closes/<int:pk>/", mine.ShownView.as_view(), name="shown"),
    path("closes/<int:pk>/step/<slug:step>/", closing.CloseStepView.as_view(), name="close_step"),
    path("objections/", closing.ObjectionsView.as_view(), name="objections"),
    path("objections/<int:pk>/", closing.ObjectionView.as_view(), name="objection"),
    path("objections/<int:pk>/step/<slug:step>/", closing.ObjectionStepView.as_view(), name="objection_step"),
    path("schemes/", schemes.SchemesView.as_view(), name="schemes"),
    path("of/<slug:code>/create/", schemes.SchemeCreateView.as_view(), name="scheme_create"),
    path("schemes/<int:pk>/", schemes.SchemeView.as_view(), name="scheme"),
    path("schemes/<int:pk>/change/", schemes.SchemeChangeView.as_view(), name="scheme_change"),
    path("schemes/<int:pk>/step/<slug:step>/", schemes.SchemeStepView.as_view(), name="scheme_step"),
    path("schemes/<int:pk>/draft/", schemes.DraftView.as_view(), name="draft"),
    path("schemes/<int:pk>/close/<slug:period>/", closing.CloseView.as_view(), name="close"),
    path("versions/<int:pk>/", schemes.VersionView.as_view(), name="version"),
    path("versions/<int:pk>/write/", schemes.VersionWriteView.as_view(), name="version_write"),
    path("versions/<int:pk>/items/create/", schemes.ItemView.as_view(), name="item_create"),
    path("versions/<int:pk>/items/<int:item>/", schemes.ItemView.as_view(), name="item"),
    path("versions/<int:pk>/items/<int:item>/remove/", schemes.ItemRemoveView.as_view(), name="item_remove"),
    path("versions/<int:pk>/drop/", schemes.DropView.as_view(), name="drop"),
    path("versions/<int:pk>/simulate/", schemes.SimulateView.as_view(), name="simulate"),
    path("versions/<int:pk>/step/<slug:step>/", schemes.VersionStepView.as_view(), name="version_step"),
]
