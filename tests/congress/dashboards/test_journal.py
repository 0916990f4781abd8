"""The journal for the auditor."""

import pytest
from django.urls import reverse

from congress.organs.roles import Role
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


def test_an_act_that_is_no_step_is_named_by_its_sentence_without_the_facts():
    assert named("share.accept") == "签收"
    assert "%(" not in named("mandate.reveal")
