from django.urls import path

from deputies.safeguards.views import budgets, helping, protecting

app_name = "safeguards"

urlpatterns = [
    path("", helping.HelpList.as_view(), name="list"),
    path("mine/", helping.MineView.as_view(), name="mine"),
    path("ask/", helping.AskView.as_view(), name="ask"),
    path("help/<int:pk>/", helping.HelpView.as_view(), name="help"),
    path("help/<int:pk>/step/<slug:step>/", helping.HelpStepView.as_view(), name="help_step"),
    path("budgets/", budgets.BudgetsView.as_view(), name="budgets"),
    path("budgets/export/", budgets.BudgetsExportView.as_view(), name="budgets_export"),
    path("budgets/of/<slug:code>/<int:year>/", budgets.SetBudgetView.as_view(), name="budget_set"),
    path("budgets/<int:pk>/", budgets.BudgetView.as_view(), name="budget"),
    path("budgets/<int:pk>/export/", budgets.BudgetExportView.as_view(), name="budget_export"),
    path("budgets/<int:pk>/record/", budgets.RecordView.as_view(), name="budget_record"),
    path("spendings/<int:pk>/strike/", budgets.StrikeView.as_view(), name="budget_strike"),
    path("report/", protecting.ReportView.as_view(), name="report"),
    path("protected/", protecting.ProtectedList.as_view(), name="protected"),
    path("protected/<int:pk>/", protecting.ProtectedView.as_view(), name="protected_report"),
    path("protected/<int:pk>/step/<slug:step>/", protecting.ProtectedStepView.as_view(), name="protected_step"),
    path("confidants/", protecting.ConfidantsView.as_view(), name="confidants"),
    path("confidants/<int:pk>/end/", protecting.EndConfidantView.as_view(), name="confidant_end"),
]
