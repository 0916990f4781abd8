from django.test import Client
from django.urls import reverse

from congress.procedure.journal import broken_link
from congress.procedure.models import Entry
from suggestions.docket.models import Category, NumberSeries, Suggestion
from tests.at_once import sent_at_once
from tests.factories.docket import SuggestionFactory, clerk_of, seat, session_of


def test_twenty_identical_requests_at_once_register_one_case_under_one_number(replanted, county):
    case = SuggestionFactory(congress=county, submitted=True)
    category = Category.objects.create(congress=county, name="农业水利")
    user = clerk_of(county)
    url = reverse("docket:check", args=[case.pk, "register"])
    client = Client()
    client.force_login(user)
    form = client.get(url).context["form"]
    filled = {name: form[name].value() for name in ("version", "request_key")}
    filled |= {"on": case.submitted_on, "late_reason": "会议期间纸质办理。", "category": category.pk}
    assert sent_at_once(url, user, filled) <= {302, 409}
    case = Suggestion.objects.get(pk=case.pk)
    assert (case.state, case.serial) == (Suggestion.State.REGISTERED, 1)
    assert Entry.objects.filter(verb="suggestion.register").count() == 1
    assert NumberSeries.objects.get().last == 1
    assert broken_link(case) is None


def test_one_form_sent_twenty_times_at_once_makes_one_draft(replanted, county):
    session_of(county)
    user = seat(county).deputy.user
    written = {"kind": "suggestion", "title": "修缮村小操场", "situation": "开裂。", "ask": "修缮。", "draft_key": "k"}
    assert sent_at_once(reverse("docket:write"), user, written) <= {302, 422}
    assert Suggestion.objects.count() == 1
