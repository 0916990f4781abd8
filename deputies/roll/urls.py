from django.urls import path

from deputies.roll.views import bodies, imports, listing, own, pictures, seats, terms

app_name = "roll"

urlpatterns = [
    path("", listing.RollListView.as_view(), name="list"),
    path("export/", listing.RollExportView.as_view(), name="export"),
    path("imports/", imports.ImportsView.as_view(), name="imports"),
    path("imports/<int:pk>/", imports.ImportView.as_view(), name="import"),
    path("imports/<int:pk>/act/", imports.ImportActView.as_view(), name="import_act"),
    path("imports/<int:pk>/left-out/", imports.LeftOutView.as_view(), name="import_left_out"),
    path("own/", own.OwnView.as_view(), name="own"),
    path("<int:pk>/", seats.MandatePage.as_view(), name="mandate"),
    path("<int:pk>/reveal/", seats.RevealView.as_view(), name="reveal"),
    path("<int:pk>/change/", seats.SeatChangeView.as_view(), name="change"),
    path("<int:pk>/step/<slug:step>/", seats.MandateStepView.as_view(), name="step"),
    path("of/<slug:code>/enter/", seats.SeatCreateView.as_view(), name="create"),
    path("of/<slug:code>/portraits/", pictures.PortraitsView.as_view(), name="portraits"),
    path("of/<slug:code>/term-end/", terms.TermEndView.as_view(), name="term_end"),
    path("of/<slug:code>/bodies/", bodies.BodiesView.as_view(), name="bodies"),
    path("of/<slug:code>/bodies/<slug:kind>/create/", bodies.BodyView.as_view(), name="body_create"),
    path("of/<slug:code>/bodies/<slug:kind>/<int:pk>/", bodies.BodyView.as_view(), name="body_change"),
]
