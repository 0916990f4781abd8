from django.urls import path

from deputies.pledges.views import cards, contacts, overview, plans, townships

app_name = "pledges"

urlpatterns = [
    path("", overview.OverviewView.as_view(), name="list"),
    path("mine/", overview.MineView.as_view(), name="mine"),
    path("plans/", plans.PlansView.as_view(), name="plans"),
    path("plans/export/", plans.PlansExportView.as_view(), name="plans_export"),
    path("plans/write/", plans.WriteView.as_view(), name="write"),
    path("plans/<int:pk>/", plans.PlanView.as_view(), name="plan"),
    path("plans/pledges/<int:pk>/kept/", plans.KeptView.as_view(), name="kept"),
    path("plans/pledges/<int:pk>/<slug:step>/", plans.PledgeStepView.as_view(), name="step"),
    path("cards/", cards.CardsView.as_view(), name="cards"),
    path("cards/adopt/", cards.AdoptView.as_view(), name="adopt"),
    path("cards/of/<slug:code>/create/", cards.CardFormView.as_view(), name="card_create"),
    path("cards/<int:pk>/", cards.CardView.as_view(), name="card"),
    path("cards/<int:pk>/of/<int:holder>/", cards.FilledCardView.as_view(), name="filled"),
    path("cards/<int:pk>/export/", cards.CardExportView.as_view(), name="card_export"),
    path("cards/<int:pk>/change/", cards.CardFormView.as_view(), name="card_change"),
    path("cards/<int:pk>/targets/create/", cards.TargetView.as_view(), name="target_create"),
    path("cards/<int:pk>/targets/<int:target>/", cards.TargetView.as_view(), name="target"),
    path("contacts/", contacts.ContactsView.as_view(), name="contacts"),
    path("contacts/export/", contacts.ContactsExportView.as_view(), name="contacts_export"),
    path("contacts/rest/", contacts.AllotRestView.as_view(), name="allot_rest"),
    path("contacts/pair/", contacts.PairView.as_view(), name="pair"),
    path("contacts/of/<slug:kind>/<int:pk>/", contacts.AllotView.as_view(), name="allot"),
    path("contacts/<int:pk>/", contacts.TieView.as_view(), name="tie"),
    path("contacts/<int:pk>/end/", contacts.EndTieView.as_view(), name="end_tie"),
    path("contacts/<int:pk>/log/", contacts.LogView.as_view(), name="log"),
    path("contacts/records/<int:pk>/follow/", contacts.FollowView.as_view(), name="follow"),
    path("contacts/matters/", contacts.MattersView.as_view(), name="matters"),
    path("contacts/matters/<int:pk>/<slug:step>/", contacts.SettleView.as_view(), name="settle"),
    path("townships/", townships.TownshipsView.as_view(), name="townships"),
    path("townships/export/", townships.TownshipsExportView.as_view(), name="townships_export"),
    path("townships/<slug:code>/tie/", townships.TownshipTieView.as_view(), name="township_tie"),
    path("townships/<slug:code>/<slug:quota>/", townships.TownshipQuotaView.as_view(), name="township_quota"),
]
