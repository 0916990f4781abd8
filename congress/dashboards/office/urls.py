from django.urls import path, re_path

from congress.dashboards.office.views import issue, organs, people, roles, terms

app_name = "office"

urlpatterns = [
    path("", organs.Index.as_view(), name="index"),
    path("roles/", roles.RoleList.as_view(), name="roles"),
    path("<slug:code>/organs/", organs.OrganTree.as_view(), name="organs"),
    re_path(
        r"^(?P<code>[-\w]+)/organs/new/(?P<kind>committee|department|township)/$",
        organs.OrganCreate.as_view(),
        name="organ_create",
    ),
    path("<slug:code>/organs/<int:pk>/", organs.OrganChange.as_view(), name="organ_change"),
    path("<slug:code>/organs/<int:pk>/abolish/", organs.OrganAbolish.as_view(), name="organ_abolish"),
    path("<slug:code>/settings/", organs.CongressChange.as_view(), name="congress_change"),
    path("<slug:code>/terms/", terms.TermList.as_view(), name="terms"),
    path("<slug:code>/terms/new/", terms.TermCreate.as_view(), name="term_create"),
    path("<slug:code>/terms/<int:pk>/", terms.TermChange.as_view(), name="term_change"),
    path("<slug:code>/sessions/new/", terms.SessionCreate.as_view(), name="session_create"),
    path("<slug:code>/sessions/<int:pk>/", terms.SessionChange.as_view(), name="session_change"),
    path("<slug:code>/people/", people.AccountList.as_view(), name="people"),
    path("<slug:code>/people/export/", people.AccountExport.as_view(), name="people_export"),
    path("<slug:code>/people/new/", people.AccountCreate.as_view(), name="account_create"),
    path("<slug:code>/people/<int:pk>/", people.PersonDetail.as_view(), name="person"),
    path("<slug:code>/people/<int:pk>/reveal/", people.Reveal.as_view(), name="reveal"),
    path("<slug:code>/people/<int:pk>/places/new/", people.GivePlace.as_view(), name="place_give"),
    path("<slug:code>/people/<int:pk>/hand-over/", people.HandOver.as_view(), name="hand_over"),
    re_path(
        r"^(?P<code>[-\w]+)/people/(?P<pk>\d+)/(?P<step>unlock|deactivate|reactivate|second-factor)/$",
        people.AccountStep.as_view(),
        name="account_step",
    ),
    path("<slug:code>/places/<int:pk>/end/", people.EndPlace.as_view(), name="place_end"),
    path("<slug:code>/places/<int:pk>/deputise/", people.DeputisePlace.as_view(), name="place_deputise"),
    path("<slug:code>/issue/", issue.Issue.as_view(), name="issue"),
]
