from django.urls import path

from liaison.opinions import views

app_name = "opinions"

urlpatterns = [
    path("", views.OpinionListView.as_view(), name="list"),
    path("export/", views.OpinionExportView.as_view(), name="export"),
    path("record/", views.OpinionRecordView.as_view(), name="record"),
    path("mine/", views.OpinionMineView.as_view(), name="mine"),
    path("note/", views.OpinionNoteView.as_view(), name="note"),
    path("gather/", views.OpinionGatherView.as_view(), name="gather"),
    path("raise/", views.OpinionRaiseView.as_view(), name="raise"),
    path("theme/", views.OpinionThemeView.as_view(), name="theme"),
    path("propose/", views.ProposeView.as_view(), name="propose"),
    path("proposals/", views.ProposalListView.as_view(), name="proposals"),
    path("proposals/<int:pk>/", views.ProposalView.as_view(), name="proposal"),
    path("proposals/<int:pk>/<slug:step>/", views.ProposalStepView.as_view(), name="proposal_step"),
    path("slips/", views.SlipListView.as_view(), name="slips"),
    path("slips/<int:organ>/", views.SlipView.as_view(), name="slip"),
    path("<int:pk>/", views.OpinionDetailView.as_view(), name="detail"),
    path("<int:pk>/reveal/", views.OpinionRevealView.as_view(), name="reveal"),
    path("<int:pk>/<slug:step>/", views.OpinionStepView.as_view(), name="step"),
]
