"""What stays behind when a department is relieved: its draft is nobody's answer."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from suggestions.appraisals.models import Survey
from suggestions.docket import actions
from suggestions.docket.models import Assignment
from tests.api import Speaker
from tests.factories.docket import SuggestionFactory, answers_for, clerk_of, head_of, officer_of, seat_user
from tests.factories.organs import DepartmentFactory

pytestmark = pytest.mark.django_db
JUNE_1 = date(2026, 6, 1)


@pytest.fixture(params=["", "D"])
def answered(county, request):
    """Answered by a second department, after the first had begun a reply and was relieved."""
    case = SuggestionFactory(congress=county, accepted=True)
    first = Assignment.objects.get(round__suggestion=case)
    begun = [{"ask": ask, "result_class": request.param, "text": "正在核实。"} for ask in case.asks.all()]
    actions.save_reply(first, answers=begun, fields={}, by=officer_of(first.organ))
    roads = DepartmentFactory(congress=county)
    second = actions.reassign(first, organ=roads, reason="交错了单位。", on=date(2026, 4, 1), by=clerk_of(county))
    officer = officer_of(roads)
    actions.accept(second, on=date(2026, 4, 2), by=officer)
    actions.record_contact(second, method="visit", opinion="同意。", on=date(2026, 4, 3), by=officer)
    actions.draft_reply(second, answers=answers_for(second), fields={}, on=JUNE_1, by=officer)
    actions.sign(second, on=JUNE_1, by=head_of(roads))
    case.refresh_from_db()
    return case


def test_the_draft_of_a_relieved_department_has_no_part_in_the_result(answered):
    assert (answered.state, answered.result_class) == ("replied", "B")


def test_the_deputy_rates_what_was_sent_to_him_and_nothing_else(client, answered):
    slip = Survey.objects.get(round__suggestion=answered).slips.get(counts=True)
    with time_machine.travel(JUNE_1 + timedelta(days=1), tick=False):
        client.force_login(seat_user(answered))
        page = client.get(reverse("appraisals:rate", args=[slip.pk]))
        shown = Speaker(seat_user(answered)).read("slip-detail", slip.pk)
    assert "正在核实" not in page.content.decode()
    assert len(page.context["answers"]) == len(shown["answers"]) == answered.asks.count()
