from datetime import date, timedelta

import pytest
from django.utils import timezone

from congress.deadlines.models import Clock
from congress.deadlines.readers import readers_of
from congress.deadlines.reminding import remind
from congress.notices.models import Notice
from congress.notices.writing import write_letters
from suggestions.docket import actions
from tests.factories.docket import SuggestionFactory, clerk_of, head_of, officer_of, seat, seat_user
from tests.factories.organs import DepartmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def roads(county):
    organ = DepartmentFactory(congress=county, name="县交通运输局", short_name="交通局")
    officer_of(organ), head_of(organ), clerk_of(county)
    return organ


def sweep():
    return write_letters(at=timezone.now())


def told(reminder):
    """To whom it goes on its day."""
    return readers_of([reminder], on=reminder.on)[reminder.pk]


def titles_of(user, case):
    return [title.replace(case.title, "…") for title in user.notices.order_by("pk").values_list("title", flat=True)]


def test_each_person_hears_of_a_case_what_he_needs(county, roads):
    mandate = seat(county, "周附议")
    case = SuggestionFactory(congress=county, replied=True, department=roads, cosigners=[mandate])
    sweep()
    assert titles_of(seat_user(case), case) == [
        "周附议代表已确认附议：…",
        f"您的建议已立案，编为{case.printed_number} 号：…",
        "您的建议已交办，主办单位是交通局：…",
        "您的建议已答复，请评价：…",
    ]
    asked, *rest = titles_of(mandate.deputy.user, case)
    assert "请您附议：…" in asked
    assert rest == titles_of(seat_user(case), case)[1:]
    assert titles_of(officer_of(roads), case) == ["请签收：…"]
    assert titles_of(head_of(roads), case) == ["请签收：…", "答复待签发：…"]
    assert titles_of(clerk_of(county), case) == ["收到建议，请审查：…", "已答复代表：…"]


def test_no_letter_to_a_department_tells_who_proposed_a_protected_case(county, roads):
    case = SuggestionFactory(congress=county, replied=True, department=roads, protects_identity=True)
    sweep()
    name = case.lead.deputy.name
    told = Notice.objects.filter(recipient__in=[officer_of(roads), head_of(roads)])
    assert told.exists()
    assert not [notice for notice in told if name in notice.title + notice.body]


def test_who_signed_hears_that_it_was_taken_back_but_not_whoever_took_it_back(county, roads):
    mandate = seat(county, "周附议")
    mine, recorded = (
        SuggestionFactory(congress=county, assigned=True, department=roads, cosigners=[mandate]) for _each in range(2)
    )
    day = mine.assigned_on + timedelta(days=1)
    actions.withdraw(mine, reason="已经解决。", on=day, by=seat_user(mine))
    actions.withdraw(recorded, reason="已经解决。", on=day, by=clerk_of(county), on_behalf_of=seat_user(recorded))
    sweep()
    told = "代表撤回建议，办理终止：…"
    for case in (mine, recorded):
        assert titles_of(mandate.deputy.user, case).count(told) == titles_of(officer_of(roads), case).count(told) == 1
    assert told not in titles_of(seat_user(mine), mine)
    assert told in titles_of(seat_user(recorded), recorded)


def test_an_urging_reaches_the_department_at_once(county, roads):
    case = SuggestionFactory(congress=county, accepted=True, department=roads)
    actions.urge(case, reason="汛期将至", on=date(2026, 5, 1), by=clerk_of(county))
    sweep()
    notice = officer_of(roads).notices.get(verb="suggestion.urge")
    assert notice.is_urgent
    assert "汛期将至" in notice.body


def test_a_hand_back_goes_to_the_office_and_its_refusal_back(county, roads):
    case = SuggestionFactory(congress=county, assigned=True, department=roads)
    share = case.current_round.assignments.get()
    on = share.assigned_on
    actions.hand_back(share, reason="属水利局职责", on=on, by=officer_of(roads))
    share.refresh_from_db()
    actions.decide_hand_back(share, agrees=False, reason="道路在堤上", on=on, by=clerk_of(county))
    sweep()
    assert "交通局申请退办，请决定：…" in titles_of(clerk_of(county), case)
    assert "退办未获同意，请继续办理：…" in titles_of(officer_of(roads), case)


def test_the_deputy_who_owes_a_rating_is_reminded_and_later_the_office(county, roads):
    case = SuggestionFactory(congress=county, replied=True, department=roads)
    clock = Clock.objects.on_case(case).running().get(rule="evaluation")
    assert remind(on=clock.due_on - timedelta(days=2)) == 1
    assert told(clock.reminders.get()) == [seat_user(case)]
    remind(on=clock.due_on + timedelta(days=1))
    assert told(clock.reminders.get(stage="escalation")) == [clerk_of(county)]
