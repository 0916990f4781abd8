"""A protected name reaches no handling department, wherever it might slip in."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from congress.files import actions as files
from congress.organs.roles import Role
from suggestions.docket import actions, identity
from suggestions.docket.models import Assignment, Suggestion
from suggestions.docket.search import search
from tests.factories.docket import SuggestionFactory, clerk_of, head_of, member, officer_of, seat, seat_user
from tests.factories.organs import DepartmentFactory

pytestmark = pytest.mark.django_db

NAME, HELPER = "周德顺", "吕春梅"


@pytest.fixture
def roads(county):
    return DepartmentFactory(congress=county)


@pytest.fixture
def case(county, roads):
    lead, helper = seat(county, NAME), seat(county, HELPER)
    return SuggestionFactory(
        congress=county, lead=lead, cosigners=[helper], department=roads, drafted=True, protects_identity=True
    )


def text_of(client, user, address):
    client.force_login(user)
    return client.get(address).content.decode()


def test_the_department_reads_of_one_deputy_on_the_page(client, case, roads):
    for reader in (officer_of(roads), head_of(roads)):
        page = text_of(client, reader, case.get_absolute_url())
        assert NAME not in page
        assert HELPER not in page
        assert "一名代表" in page


def test_the_department_reads_of_one_deputy_at_its_steps_and_in_the_letter(client, case, roads):
    share = Assignment.objects.get(round__suggestion=case)
    page = text_of(client, head_of(roads), f"/suggestions/shares/{share.pk}/sign/")
    assert NAME not in page
    assert "一名代表" in page


def test_the_congress_and_those_who_signed_read_the_names(client, case, county):
    for reader in (clerk_of(county), seat_user(case), case.cosigners.get().mandate.deputy.user):
        assert not identity.hides_names(case, reader=reader)


def test_the_government_office_is_not_told(county):
    office = DepartmentFactory(congress=county, distributor=True)
    case = SuggestionFactory(congress=county, assigned=True, through=office, protects_identity=True)
    assert identity.hides_names(case, reader=member(Role.GOVERNMENT_OFFICE, office))


def test_a_head_who_is_a_deputy_himself_is_told_only_of_what_he_signed(case, county, roads):
    head = head_of(roads)
    seat(county, "郑局长", user=head)
    assert identity.hides_names(case, reader=type(head).objects.get(pk=head.pk))


def test_without_protection_the_department_reads_the_name(client, county, roads):
    case = SuggestionFactory(congress=county, lead=seat(county, NAME), department=roads, assigned=True)
    assert NAME in text_of(client, officer_of(roads), case.get_absolute_url())


def test_rows_and_objects_tell_the_same_name(case, county, roads):
    for reader in (officer_of(roads), clerk_of(county), seat_user(case)):
        row = identity.with_proposer(Suggestion.objects.filter(pk=case.pk), reader).get()
        assert row.proposer == identity.proposer_shown(case, reader)


def test_a_search_for_the_name_finds_nothing_for_the_department(case, roads):
    assert not search(Suggestion.objects.visible_to(officer_of(roads)), NAME).exists()


def test_the_name_of_an_attachment_does_not_tell_whose_it_is(client, case, roads, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    upload = SimpleUploadedFile(f"{NAME}现场照片.pdf", b"%PDF-1.4 x")
    stored = files.store(upload, congress=case.congress, by=seat_user(case), case=case)
    assert NAME not in text_of(client, officer_of(roads), case.get_absolute_url())
    client.force_login(officer_of(roads))
    given = client.get(f"/files/{stored.pk}/")
    assert b"".join(given.streaming_content) == b"%PDF-1.4 x"
    assert "%E5%91%A8%E5%BE%B7%E9%A1%BA" not in given["Content-Disposition"]


def test_the_reason_of_a_withdrawal_does_not_tell_the_name(client, case, roads):
    actions.withdraw(case, reason=f"{NAME}代表已与承办单位谈妥", on=date(2026, 6, 1), by=clerk_of(case.congress))
    page = text_of(client, officer_of(roads), case.get_absolute_url())
    assert NAME not in page
