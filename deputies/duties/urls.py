from django.urls import path

from deputies.duties.views import archive, listing, overview, own, record, sheets

app_name = "duties"

urlpatterns = [
    path("", listing.RecordListView.as_view(), name="list"),
    path("export/", listing.RecordExportView.as_view(), name="export"),
    path("batch/", listing.BatchView.as_view(), name="batch"),
    path("mine/", own.MineView.as_view(), name="mine"),
    path("mine/claim/", own.ClaimView.as_view(), name="claim"),
    path("mine/confirm/", own.ConfirmView.as_view(), name="confirm"),
    path("check/", own.CheckView.as_view(), name="check"),
    path("sheets/enter/", sheets.SheetCreateView.as_view(), name="enter"),
    path("sheets/<int:pk>/", sheets.SheetView.as_view(), name="sheet"),
    path("groups/", overview.GroupsView.as_view(), name="groups"),
    path("inactive/", overview.InactiveView.as_view(), name="inactive"),
    path("subsidy/", overview.SubsidyView.as_view(), name="subsidy"),
    path("subsidy/export/", overview.SubsidyExportView.as_view(), name="subsidy_export"),
    path("<int:pk>/", record.RecordView.as_view(), name="record"),
    path("<int:pk>/step/<slug:step>/", record.RecordStepView.as_view(), name="step"),
    path("archives/<int:pk>/", archive.ArchiveView.as_view(), name="archive"),
    path("archives/<int:pk>/paper/", archive.ArchivePaperView.as_view(), name="archive_paper"),
    path("archives/<int:pk>/certificate/", archive.CertificateView.as_view(), name="certificate"),
    path("certificates/<int:pk>/", archive.IssuedView.as_view(), name="issued"),
    path("certificates/<int:pk>/paper/", archive.IssuedPaperView.as_view(), name="issued_paper"),
]
