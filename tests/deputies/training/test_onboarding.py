"""New deputies without their training on taking office are listed, and told twice: when it is near, when it is past."""

from datetime import date, timedelta

import pytest

from congress.accounts.models import User
from congress.notices.letters import letters_for
from congress.procedure.models import Entry
from deputies.roll.models import Mandate
from deputies.training.actions import onboarding
from deputies.training.kinds import Kind
from deputies.training.models import OnboardingCall
from deputies.training.onboarding import gaps_of
from tests.factories.rulebook import RuleOverrideFactory
from tests.factories.training import AttendanceFactory, LessonFactory, TrainingFactory

pytestmark = pytest.mark.django_db
ELECTED = date(2026, 1, 10)
DUE = ELECTED + timedelta(days=90)


def names(county, term, on=DUE):
    return {gap.seat.pk for gap in gaps_of(county, term, on=on)}


def remind(on):
    return onboarding.remind(on=on, by=User.objects.robot())


def test_a_new_deputy_is_listed_with_the_ninetieth_day(county, term, seat):
    (gap,) = gaps_of(county, term, on=date(2026, 3, 12))
    assert (gap.seat, gap.due_on, gap.is_past, gap.is_near) == (seat, DUE, False, True)


def test_the_day_after_the_ninetieth_he_is_late(county, term, seat):
    assert [gap.is_past for gap in gaps_of(county, term, on=DUE)] == [False]
    assert [gap.is_past for gap in gaps_of(county, term, on=DUE + timedelta(days=1))] == [True]


def test_a_re_elected_deputy_and_one_who_left_are_not_listed(county, term, others):
    again, left = others(2)
    Mandate.objects.filter(pk=again.pk).update(is_re_elected=True)
    Mandate.objects.filter(pk=left.pk).update(state=Mandate.State.ENDED)
    assert names(county, term) == set()


def test_a_deputy_of_a_by_election_counts_from_his_own_day(county, term, others):
    (late,) = others(1, is_by_election=True)
    Mandate.objects.filter(pk=late.pk).update(started_on=date(2026, 8, 1))
    (gap,) = gaps_of(county, term, on=date(2026, 9, 1))
    assert gap.due_on == date(2026, 10, 30)


@pytest.mark.parametrize(
    ("kind", "outcome", "state", "is_trained"),
    [
        (Kind.ONBOARDING, "present", "held", True),
        (Kind.ONBOARDING, "present", "closed", True),
        (Kind.ONBOARDING, "absent", "held", False),
        (Kind.ONBOARDING, "present", "announced", False),
        (Kind.IN_TERM, "present", "held", False),
    ],
)
def test_only_presence_at_such_a_training_that_took_place_closes_the_gap(
    county, term, seat, kind, outcome, state, is_trained
):
    activity = TrainingFactory(congress=county, term=term, state=state)
    LessonFactory(activity=activity, kind=kind)
    AttendanceFactory(activity=activity, mandate=seat, outcome=outcome)
    assert (seat.pk not in names(county, term)) == is_trained


def test_each_is_told_once_when_near_and_once_when_past(county, term, seat, others):
    others(1)
    assert remind(ELECTED) == 0
    assert remind(DUE - timedelta(days=30)) == 2
    assert remind(DUE - timedelta(days=29)) == 0
    assert remind(DUE + timedelta(days=1)) == 2
    assert remind(DUE + timedelta(days=2)) == 0
    assert OnboardingCall.objects.count() == 4


def test_the_letters_go_to_the_deputy_and_to_the_office(county, term, seat, deputy_user, clerk):
    remind(DUE)
    entry = Entry.objects.get(verb="onboarding.remind")
    told = {
        type(each).__name__: each for each in (letter(entry, county) for letter in letters_for("onboarding.remind"))
    }
    assert told["TrainingDue"].recipients() == [deputy_user]
    assert told["TrainingOwed"].recipients() == [clerk]
    assert told["TrainingOwed"].written_to(clerk)[0] == "1 名新任代表的岗前培训将到期"


def test_a_county_with_its_own_period_counts_by_it(county, term, seat):
    RuleOverrideFactory(congress=county, code="onboarding", unit="days", value=30)
    (gap,) = gaps_of(county, term, on=ELECTED)
    assert gap.due_on == date(2026, 2, 9)


@pytest.mark.parametrize("seats", [1, 3])
def test_the_list_costs_the_same_however_many_are_on_it(county, term, others, django_assert_num_queries, seats):
    others(seats)
    with django_assert_num_queries(7):
        gaps_of(county, term, on=DUE)
