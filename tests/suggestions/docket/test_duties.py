"""What deputies put forward stands in their record of duties without anybody typing it."""

import io
from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse
from docx import Document

from congress.organs.roles import Role
from congress.procedure.models import Entry
from deputies.duties.kinds import Kind
from deputies.duties.models import DutyRecord
from deputies.pledges.models import CardTemplate
from deputies.roll.models import DeputyGroup
from suggestions.docket import actions
from tests.factories.docket import MARCH_2, SuggestionFactory, clerk_of, head_of, seat, seat_user
from tests.factories.organs import DepartmentFactory, MembershipFactory

pytestmark = pytest.mark.django_db
MIGRATIONS = "suggestions.docket.migrations"


def rows():
    order = DutyRecord.objects.order_by("kind", "mandate")
    return [(row.mandate_id, row.kind, row.state, row.held_on, row.title) for row in order]


def test_a_registered_suggestion_counts_for_who_led_it_and_apart_for_who_signed(county):
    other = seat(county)
    case = SuggestionFactory(congress=county, cosigners=[other], registered=True)
    assert rows() == [
        (other.pk, "cosign", "settled", MARCH_2, case.title),
        (case.lead_id, "suggestion", "settled", MARCH_2, case.title),
    ]


def test_a_motion_counts_as_one(county):
    signed = [seat(county) for _each in range(9)]
    case = SuggestionFactory(congress=county, motion=True, cosigners=signed, registered=True)
    kinds = list(DutyRecord.objects.values_list("kind", flat=True))
    assert sorted(kinds) == ["cosign"] * 9 + ["motion"]
    assert DutyRecord.objects.get(kind="motion").mandate_id == case.lead_id


def test_what_is_only_submitted_or_was_rejected_counts_for_nothing(county):
    SuggestionFactory(congress=county, submitted=True)
    case = SuggestionFactory(congress=county, submitted=True)
    actions.reject(case, codes=["R07"], reason="没有具体内容。", on=MARCH_2, by=clerk_of(county))
    assert rows() == []


def test_what_is_withdrawn_is_struck_for_all_who_signed(county):
    case = SuggestionFactory(congress=county, cosigners=[seat(county)], registered=True)
    later = MARCH_2 + timedelta(days=2)
    actions.withdraw(case, reason="已经办了。", on=later, by=clerk_of(county))
    assert [state for _mandate, _kind, state, *_rest in rows()] == ["struck", "struck"]


def test_a_corrected_title_is_that_of_the_row_too(county):
    case = SuggestionFactory(congress=county, registered=True)
    later = MARCH_2 + timedelta(days=2)
    actions.correct(case, changes={"title": "关于修堤的建议"}, reason="错字", on=later, by=clerk_of(county))
    assert [title for *_rest, title in rows()] == ["关于修堤的建议"]


def test_the_timeline_of_the_case_speaks_of_the_case_only(county):
    case = SuggestionFactory(congress=county, registered=True)
    actions.withdraw(case, reason="已经办了。", on=MARCH_2 + timedelta(days=2), by=clerk_of(county))
    assert not [entry for entry in Entry.objects.of(case) if entry.verb.startswith("duty.")]


@pytest.fixture
def led(county):
    """A protected case whose lead sits, with its co-signer, in the group of the head of the bureau that handles it."""
    roads, helper = DepartmentFactory(congress=county), seat(county, "吕春梅")
    head = seat(county, "郑局长", user=MembershipFactory(role=Role.DEPUTY, organ=county, user=head_of(roads)).user)
    case = SuggestionFactory(
        congress=county,
        lead=seat(county, "周德顺"),
        cosigners=[helper],
        title="关于整治石桥砂场的建议",
        protects_identity=True,
        assigned=True,
        department=roads,
    )
    group = DeputyGroup.objects.create(congress=county, name="第一小组", leader=head)
    group.members.add(case.lead, helper, head)
    return case, group, head.deputy.user


def what_he_reads(client, reader, case, group):
    """{way: text} of every page and answer on which the leader of a group finds rows of its members."""
    client.force_login(reader)
    found = {}
    year = {"year": MARCH_2.year}
    for member in group.members.exclude(pk=group.leader_id):
        archive = client.get(reverse("duties:archive", args=[member.pk]), year)
        found[f"archive {member.pk}"] = archive.content.decode()
        paper = client.post(reverse("duties:archive_paper", args=[member.pk]), {"as": "paper", **year})
        found[f"paper {member.pk}"] = words_of(paper.content)
        row = DutyRecord.objects.get(mandate=member)
        found[f"row {member.pk}"] = client.get(row.get_absolute_url()).content.decode()
    found["api"] = client.get("/api/v1/duties/", {"show": "all"}).content.decode()
    card = CardTemplate.objects.get(congress=case.congress)
    filled = reverse("pledges:filled", args=[card.pk, group.pk])
    found["card"] = client.get(filled, year).content.decode()
    return found


def words_of(docx):
    paper = Document(io.BytesIO(docx))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in paper.paragraphs), *cells])


@pytest.fixture
def card(county):
    """A card of groups that counts what their members put forward and signed."""
    template = CardTemplate.objects.create(
        congress=county, name="小组五个一", audience=CardTemplate.Audience.GROUP, is_active=True
    )
    return template.targets.create(label="提建议", goal=1, unit="件", kinds=[Kind.SUGGESTION, Kind.COSIGN])


def test_the_leader_of_his_group_reads_no_title_of_a_protected_case(client, led, card):
    case, group, head = led
    for way, text in what_he_reads(client, head, case, group).items():
        assert case.title not in text, way
        assert "一件要求保护身份的建议" in text, way


def test_a_protected_motion_is_called_a_motion(county):
    signed = [seat(county) for _each in range(9)]
    SuggestionFactory(congress=county, motion=True, cosigners=signed, protects_identity=True, registered=True)
    assert set(DutyRecord.objects.values_list("title", flat=True)) == {"一件要求保护身份的议案"}


def test_the_deputy_and_the_office_still_reach_a_protected_case_from_its_row(client, led, county):
    case, _group, _head = led
    for reader in (seat_user(case), clerk_of(county)):
        client.force_login(reader)
        page = client.get(reverse("duties:archive", args=[case.lead_id]), {"year": MARCH_2.year}).content.decode()
        assert f'href="{case.get_absolute_url()}"' in page


def test_rows_that_carried_the_title_lose_it_and_a_correction_does_not_bring_it_back(county):
    case = SuggestionFactory(congress=county, cosigners=[seat(county)], protects_identity=True, registered=True)
    open_case = SuggestionFactory(congress=county, registered=True)
    as_it_was = DutyRecord.objects.get(mandate=case.lead_id).said
    DutyRecord.objects.filter(source_id=case.pk).update(title=case.title, said="0" * 64)
    import_module(f"{MIGRATIONS}.0014_no_title_of_a_protected_case_on_record").take_titles_off(apps, None)
    assert set(DutyRecord.objects.filter(source_id=case.pk).values_list("title", "said")) == {
        ("一件要求保护身份的建议", as_it_was)
    }
    assert DutyRecord.objects.get(source_id=open_case.pk).title == open_case.title
    later = MARCH_2 + timedelta(days=2)
    actions.correct(case, changes={"title": "关于修堤的建议"}, reason="错字", on=later, by=clerk_of(county))
    assert set(DutyRecord.objects.filter(source_id=case.pk).values_list("title", flat=True)) == {
        "一件要求保护身份的建议"
    }
    assert not Entry.objects.filter(verb="duty.replace").exists()
