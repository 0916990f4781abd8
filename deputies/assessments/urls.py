from django.urls import path

from deputies.assessments.views import awards, giving, listing, methods, sheets

app_name = "assessments"

urlpatterns = [
    path("", listing.AssessmentList.as_view(), name="list"),
    path("mine/", sheets.MineView.as_view(), name="mine"),
    path("open/", listing.OpenView.as_view(), name="open"),
    path("<int:pk>/", listing.AssessmentView.as_view(), name="detail"),
    path("<int:pk>/stages/<int:stage_pk>/", giving.RateView.as_view(), name="rate"),
    path("<int:pk>/missing/", listing.ChaseView.as_view(), name="chase"),
    path("<int:pk>/export/", listing.ExportView.as_view(), name="export"),
    path("<int:pk>/step/<slug:step>/", listing.AssessmentStepView.as_view(), name="step"),
    path("sheets/<int:pk>/", sheets.SheetView.as_view(), name="sheet"),
    path("sheets/<int:pk>/step/<slug:step>/", sheets.SheetStepView.as_view(), name="sheet_step"),
    path("markings/<int:pk>/give/", giving.GiveView.as_view(), name="give"),
    path("methods/", methods.MethodList.as_view(), name="methods"),
    path("methods/create/", methods.MethodCreateView.as_view(), name="method_create"),
    path("methods/<int:pk>/", methods.MethodView.as_view(), name="method"),
    path("methods/<int:pk>/write/", methods.MethodWriteView.as_view(), name="method_write"),
    path("methods/<int:pk>/draft/", methods.DraftView.as_view(), name="method_draft"),
    path("methods/<int:pk>/drop/", methods.DropView.as_view(), name="method_drop"),
    path("methods/<int:pk>/step/<slug:step>/", methods.MethodStepView.as_view(), name="method_step"),
    path("awards/", awards.AwardListList.as_view(), name="awards"),
    path("awards/create/", awards.AwardWriteView.as_view(), name="award_create"),
    path("awards/<int:pk>/", awards.AwardView.as_view(), name="award"),
    path("awards/<int:pk>/write/", awards.AwardWriteView.as_view(), name="award_write"),
    path("awards/<int:pk>/drop/", awards.AwardDropView.as_view(), name="award_drop"),
    path("awards/<int:pk>/export/", awards.AwardExportView.as_view(), name="award_export"),
    path("awards/<int:pk>/step/<slug:step>/", awards.AwardStepView.as_view(), name="award_step"),
]
