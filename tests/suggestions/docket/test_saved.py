import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from suggestions.docket import actions
from suggestions.docket.actions import saving
from suggestions.docket.models import SavedView

pytestmark = pytest.mark.django_db
ADDRESS = "docket:saved"


def test_the_conditions_of_the_list_are_kept_under_a_name_and_lead_back_to_it(client, county, clerk):
    client.force_login(clerk)
    sent = {"name": "超期的", "view": "overdue", "category": ["1", "2"], "page": "3"}
    answer = client.post(reverse(ADDRESS), sent)
    assert answer.headers["Location"] == f"{reverse('docket:list')}?view=overdue&category=1&category=2"
    part = client.get(reverse(ADDRESS), {"view": "all"}, headers={"HX-Request": "true"}).text
    assert "?view=overdue&amp;category=1&amp;category=2" in part
    assert '<input type="hidden" name="view" value="all">' in part
    assert "<html" not in part
    assert "<html" in client.get(reverse(ADDRESS)).text


def test_the_same_name_takes_the_new_conditions(clerk):
    actions.save_view(name="我的", query="view=all", by=clerk)
    actions.save_view(name="我的", query="view=mine", by=clerk)
    assert SavedView.objects.get().query == "view=mine"


def test_nobody_sees_or_drops_what_another_saved(client, clerk, leader):
    view = actions.save_view(name="我的", query="", by=clerk)
    client.force_login(leader)
    assert "我的</a>" not in client.get(reverse(ADDRESS)).text
    assert client.post(reverse("docket:saved_drop", args=[view.pk])).status_code == 404
    client.force_login(clerk)
    client.post(reverse("docket:saved_drop", args=[view.pk]))
    assert not SavedView.objects.exists()


def test_there_is_an_end_to_how_many_are_kept(clerk, monkeypatch):
    monkeypatch.setattr(saving, "MOST", 1)
    actions.save_view(name="一", query="", by=clerk)
    with pytest.raises(ValidationError, match="最多存 1 个"):
        actions.save_view(name="二", query="", by=clerk)


def test_a_view_without_a_name_is_refused_beside_its_field(client, clerk):
    client.force_login(clerk)
    answer = client.post(reverse(ADDRESS), {"name": " ", "view": "all"})
    [said] = answer.context["form"].errors["name"]
    assert said in answer.text
    assert '<input type="hidden" name="view" value="all">' in answer.text
    assert not SavedView.objects.exists()


def test_conditions_that_are_too_long_are_refused_and_not_half_kept(clerk):
    with pytest.raises(ValidationError, match="条件太多"):
        actions.save_view(name="太长的", query="q=" + "路" * 1000, by=clerk)
    assert not SavedView.objects.exists()
