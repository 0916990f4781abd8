from django.urls import path, re_path

from suggestions.docket.views import (
    assigning,
    bringing,
    case,
    checking,
    handling,
    listing,
    papers,
    recording,
    rhythm,
    saved,
    succeeding,
    writing,
)

app_name = "docket"

urlpatterns = [
    # ---- for everybody: the list
    path("", listing.SuggestionListView.as_view(), name="list"),
    path("export/", listing.SuggestionExportView.as_view(), name="export"),
    path("views/", saved.SavedViewsView.as_view(), name="saved"),
    path("views/<int:pk>/drop/", saved.SavedViewDropView.as_view(), name="saved_drop"),
    # ---- for the deputy: writing, co-signing, his own
    path("mine/", writing.MineView.as_view(), name="mine"),
    path("write/", writing.WriteView.as_view(), name="write"),
    path("write/save/", writing.AutosaveView.as_view(), name="autosave_new"),
    path("<int:pk>/write/", writing.WriteView.as_view(), name="rewrite"),
    path("<int:pk>/write/save/", writing.AutosaveView.as_view(), name="autosave"),
    path("<int:pk>/discard/", writing.DiscardView.as_view(), name="discard"),
    path("<int:pk>/cosign/", writing.CosignView.as_view(), name="cosign"),
    # ---- for the NPC office and the distributor: checking, assigning, recording
    path("bulk/", assigning.BulkView.as_view(), name="bulk"),
    path("batch/", rhythm.BatchView.as_view(), name="batch"),
    path("due/", rhythm.DueTextView.as_view(), name="due_text"),
    path("imports/", bringing.ImportsView.as_view(), name="imports"),
    path("imports/<int:pk>/", bringing.ImportView.as_view(), name="import"),
    path("imports/<int:pk>/act/", bringing.ImportActView.as_view(), name="import_act"),
    path("imports/<int:pk>/left-out/", bringing.ImportLeftOutView.as_view(), name="import_left_out"),
    path("imports/names/", bringing.NamesView.as_view(), name="names"),
    path("record/", recording.RecordView.as_view(), name="record"),
    path("queue/<slug:step>/", checking.QueueView.as_view(), name="queue"),
    re_path(
        r"^(?P<pk>\d+)/(?P<step>register|return|reject|turn_to_letter)/$", checking.CheckView.as_view(), name="check"
    ),
    re_path(r"^(?P<pk>\d+)/(?P<step>assign)/$", assigning.AssignView.as_view(), name="assign"),
    re_path(r"^(?P<pk>\d+)/(?P<step>correct|urge)/$", checking.OfficeStepView.as_view(), name="office_step"),
    re_path(r"^shares/(?P<pk>\d+)/(?P<step>distribute)/$", assigning.DistributeView.as_view(), name="distribute"),
    re_path(
        r"^shares/(?P<pk>\d+)/(?P<step>keep|release|replace)/$", assigning.HandBackView.as_view(), name="hand_back"
    ),
    re_path(
        r"^shares/(?P<pk>\d+)/(?P<step>grant_extension|refuse_extension|call_difficult)/$",
        assigning.ExtensionView.as_view(),
        name="extension",
    ),
    path("succession/<int:pk>/", succeeding.SuccessionView.as_view(), name="succession"),
    # ---- papers
    path("papers/assignments/", papers.AssignmentListsView.as_view(), name="assignment_lists"),
    path("papers/assignments/<int:organ>/", papers.AssignmentListView.as_view(), name="assignment_list"),
    path("papers/replies/<int:pk>/", papers.ReplyLetterView.as_view(), name="reply_letter"),
    # ---- for the department
    path("shares/<int:pk>/draft/save/", handling.SaveReplyView.as_view(), name="save_reply"),
    # ---- the case, and its steps at one address each; these come last
    path("<int:pk>/", case.CaseView.as_view(), name="detail"),
    path("shares/<int:pk>/<slug:step>/", handling.ShareStepView.as_view(), name="share_step"),
    path("<int:pk>/<slug:step>/", case.CaseStepView.as_view(), name="step"),
]
