"""A deputy of the county and of his township: to which congress he writes (两级代表)."""

import pytest
from django.urls import reverse

from suggestions.docket import actions
from suggestions.docket.forms.writing import leads_of
from suggestions.docket.models import Category, Suggestion
from tests.factories.docket import seat
from tests.factories.organs import DepartmentFactory, MembershipFactory
from tests.factories.roll import MandateFactory

pytestmark = pytest.mark.django_db
WRITTEN = {"kind": "suggestion", "title": "关于修路的建议", "situation": "路坏了", "ask": ["修路。"], "draft_key": "k1"}


@pytest.fixture
def in_township(township, county):
    own = seat(township)
    MembershipFactory(role="deputy", organ=county, user=own.deputy.user)
    return own


@pytest.fixture
def in_county(in_township, county):
    return MandateFactory(congress=county, deputy=in_township.deputy)


@pytest.fixture
def deputy(client, in_county):
    client.force_login(in_county.deputy.user)
    return client


@pytest.fixture
def others(county, township):
    """A category, a department and a colleague of each congress."""
    return {
        each: (Category.objects.create(congress=each, name="交通"), DepartmentFactory(congress=each), seat(each))
        for each in (county, township)
    }


def offered(form):
    names = ("category", "proposed_department", "cosigners")
    return {row.congress_id for name in names for row in form.fields[name].queryset}


def test_the_countys_seat_comes_first_with_what_the_county_has_to_choose_from(deputy, in_county, in_township, others):
    assert leads_of(in_county.deputy.user) == [in_county, in_township]
    form = deputy.get(reverse("docket:write")).context["form"]
    assert form["lead"].value() == in_county.pk
    assert offered(form) == {in_county.congress_id}


def test_the_seat_chosen_brings_its_own_choices_before_anything_is_written(deputy, in_township, others):
    blank = {"kind": "suggestion", "title": "", "ask": [""], "lead": in_township.pk, "seat": "1"}
    page = deputy.post(reverse("docket:write"), blank)
    assert page.status_code == 200
    assert offered(page.context["form"]) == {in_township.congress_id}
    assert not Suggestion.objects.exists()


def test_a_draft_that_has_saved_itself_still_goes_to_the_other_congress(deputy, in_county, in_township, others):
    category, department, colleague = others[in_county.congress]
    saved = deputy.post(reverse("docket:autosave_new"), WRITTEN | {"lead": in_county.pk}).json()
    told = {"lead": in_township.pk, "category": category.pk, "proposed_department": department.pk,
            "cosigners": [colleague.pk]}  # fmt: skip
    assert "refused" not in deputy.post(saved["autosave"], WRITTEN | told).json()
    case = Suggestion.objects.get()
    assert (case.lead, case.congress) == (in_township, in_township.congress)
    assert (case.category, case.proposed_department, case.cosigners.count()) == (None, None, 0)
    form = deputy.get(saved["page"]).context["form"]
    assert form.has_choice_of_seat
    assert (form["lead"].value(), offered(form)) == (in_township.pk, {in_township.congress_id})


def test_who_has_asked_others_to_second_it_keeps_his_seat_and_is_told_why(deputy, in_county, in_township, others):
    colleague = others[in_county.congress][2]
    saved = deputy.post(reverse("docket:autosave_new"), WRITTEN | {"lead": in_county.pk}).json()
    deputy.post(saved["autosave"], WRITTEN | {"lead": in_county.pk, "cosigners": [colleague.pk]})
    assert not deputy.get(saved["page"]).context["form"].has_choice_of_seat
    refused = deputy.post(saved["autosave"], WRITTEN | {"lead": in_township.pk}).json()
    assert "先去掉附议人再换" in refused["message"]
    assert Suggestion.objects.get().lead == in_county


def test_a_submitted_paper_stays_where_it_is(deputy, in_county, in_township):
    deputy.post(reverse("docket:write"), WRITTEN | {"lead": in_county.pk})
    Suggestion.objects.update(state=Suggestion.State.RETURNED)
    case = Suggestion.objects.get()
    assert not actions.may_change_seat(case)
    form = deputy.get(reverse("docket:rewrite", args=[case.pk])).context["form"]
    assert not form.has_choice_of_seat


def test_a_choice_that_never_existed_is_still_refused(deputy, in_county):
    page = deputy.post(reverse("docket:write"), WRITTEN | {"lead": in_county.pk, "category": "999999"})
    assert "category" in page.context["form"].errors
