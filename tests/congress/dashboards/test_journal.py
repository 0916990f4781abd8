"""The journal for the auditor."""

import io

import openpyxl
import pytest
from django.urls import reverse

from congress.organs.roles import Role
from congress.procedure.models import Entry
from congress.procedure.workflow import named
from tests.factories.docket import SuggestionFactory
from tests.factories.organs import MembershipFactory

pytestmark = pytest.mark.django_db


def test_the_auditor_reads_in_words_what_was_done_and_nothing_of_the_contents(client, county):
    case = SuggestionFactory(congress=county, accepted=True)
    client.force_login(MembershipFactory(role=Role.AUDITOR, organ=county).user)
    shown = client.get(reverse("dashboards:journal")).content.decode()
    assert "签收" in shown
    assert "docket.suggestion" not in shown
    assert case.title not in shown


@pytest.mark.parametrize(("verb", "said"), [("share.accept", "签收"), ("100%", "100%")])
def test_a_narrowed_journal_says_to_what_and_leads_back_to_the_whole(client, county, verb, said):
    SuggestionFactory(congress=county, accepted=True)
    client.force_login(MembershipFactory(role=Role.AUDITOR, organ=county).user)
    journal = reverse("dashboards:journal")
    shown = client.get(journal, {"verb": verb}).content.decode()
    assert f'<span class="k">事项</span>{said}<a class="x" href="{journal}"' in shown
    assert "看全部事项" not in client.get(journal).content.decode()


@pytest.mark.parametrize(
    ("role", "finds"), [(Role.AUDITOR, False), (Role.ADMINISTRATOR, False), (Role.NPC_CLERK, True)]
)
def test_who_reads_no_cases_is_offered_no_search_for_them(client, county, role, finds):
    client.force_login(MembershipFactory(role=role, organ=county).user)
    page = client.get(reverse("notices:inbox")).content.decode()
    assert ('class="find"' in page) is finds


def test_an_act_that_is_no_step_is_named_by_its_sentence_without_the_facts():
    assert named("share.accept") == "签收"
    assert "%(" not in named("mandate.reveal")


def test_the_journal_leaves_as_a_workbook_and_says_that_it_did(client, county):
    SuggestionFactory(congress=county, accepted=True)
    client.force_login(MembershipFactory(role=Role.AUDITOR, organ=county).user)
    written = Entry.objects.filter(congress=county).count()
    sent = client.post(reverse("dashboards:journal_export"), {"verb": ""})
    rows = list(openpyxl.load_workbook(io.BytesIO(sent.content)).active.values)
    assert len(rows) == 3 + written
    assert Entry.objects.get(verb="journal.export").facts == {"count": written}


def test_the_accounts_leave_as_a_workbook_with_masked_phones(client, county, clerk):
    clerk.phone = "19900001234"
    clerk.save()
    client.force_login(clerk)
    sent = client.post(reverse("office:people_export", args=[county.code]) + "?role=npc_clerk")
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(sent.content)).active.values for cell in row]
    assert "199****1234" in cells
    assert "19900001234" not in cells
    assert Entry.objects.get(verb="account.export").by == clerk


def test_nobody_else_takes_the_journal(client, county, clerk):
    client.force_login(clerk)
    assert client.post(reverse("dashboards:journal_export")).status_code == 404
