from django.urls import path, re_path

from deputies.activities.views import campaigns, detail, figures, listing, papers, planning, presence, raised

app_name = "activities"

urlpatterns = [
    path("", listing.ActivityListView.as_view(), name="list"),
    path("export/", listing.ActivityExportView.as_view(), name="export"),
    path("mine/", listing.MineView.as_view(), name="mine"),
    path("plan/", planning.PlanView.as_view(), name="plan"),
    path("figures/", figures.FiguresView.as_view(), name="figures"),
    path("figures/export/", figures.FiguresExportView.as_view(), name="figures_export"),
    path("figures/rows/", figures.RowsView.as_view(), name="rows"),
    path("figures/rows/export/", figures.RowsExportView.as_view(), name="rows_export"),
    path("figures/absences/", figures.AbsencesView.as_view(), name="absences"),
    path("campaigns/", campaigns.CampaignListView.as_view(), name="campaigns"),
    path("campaigns/new/", campaigns.CampaignFormView.as_view(), name="campaign_create"),
    path("campaigns/<int:pk>/", campaigns.CampaignView.as_view(), name="campaign"),
    path("campaigns/<int:pk>/change/", campaigns.CampaignFormView.as_view(), name="campaign_change"),
    path("campaigns/<int:pk>/close/", campaigns.CloseView.as_view(), name="campaign_close"),
    path("campaigns/<int:pk>/reopen/", campaigns.ReopenView.as_view(), name="campaign_reopen"),
    path("raised/", raised.RaisedListView.as_view(), name="raised_list"),
    path("raised/<int:pk>/", raised.RaisedView.as_view(), name="raised"),
    path("raised/<int:pk>/<slug:step>/", raised.RaisedStepView.as_view(), name="raised_step"),
    path("calls/<int:pk>/<slug:step>/", detail.AnswerView.as_view(), name="answer"),
    path("check-in/<int:pk>/<slug:code>/", presence.CheckInView.as_view(), name="check_in"),
    path("<int:pk>/", detail.ActivityView.as_view(), name="detail"),
    path("<int:pk>/change/", planning.ChangeView.as_view(), name="change"),
    path("<int:pk>/invite/", planning.InviteView.as_view(), name="invite"),
    path("<int:pk>/release/", planning.ReleaseView.as_view(), name="release"),
    path("<int:pk>/screen/", presence.ScreenView.as_view(), name="screen"),
    path("<int:pk>/screen/part/", presence.ScreenPartView.as_view(), name="screen_part"),
    path("<int:pk>/mark/", presence.MarkView.as_view(), name="mark"),
    path("<int:pk>/guests/", presence.GuestView.as_view(), name="guests"),
    path("<int:pk>/photos/", presence.PhotosView.as_view(), name="photos"),
    re_path(r"^(?P<pk>\d+)/(?P<paper>notice|sign-in)\.docx$", papers.PaperView.as_view(), name="paper"),
    path("<int:pk>/<slug:step>/", detail.ActivityStepView.as_view(), name="step"),
]
