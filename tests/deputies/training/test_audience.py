"""An audience by level, group and staff: the right people, nobody twice."""

from datetime import date

import pytest

from congress.organs.roles import Role
from deputies.roll.models import DeputyGroup, Mandate
from deputies.training.models import Quiz
from deputies.training.people import Person, people_of, seats_reached
from tests.factories.roll import DeputyFactory, MandateFactory
from tests.factories.training import MaterialFactory, QuizFactory
from tests.people import serving

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 12)


@pytest.fixture
def paper(county):
    return lambda **fields: MaterialFactory(congress=county, **({"to_deputies": False} | fields))


def test_county_and_township_deputies_and_staff_each_once(paper, county, township, seat, others, clerk):
    (other,) = others(1)
    both = MandateFactory(congress=township, deputy=seat.deputy)
    only_township = MandateFactory(congress=township)
    serving(Role.NPC_CLERK, county, user=seat.deputy.user)
    found = people_of(paper(to_deputies=True, to_township_deputies=True, to_staff=True), on=DAY)
    seats = {each.mandate_id for each in found}
    assert {seat.pk, other.pk, only_township.pk} <= seats
    assert both.pk not in seats
    assert [each for each in found if each.user_id == clerk.pk] == [Person(None, clerk.pk)]
    assert len(found) == 4


def test_new_deputies_are_those_who_were_not_re_elected(paper, seat, others):
    others(1, is_re_elected=True)
    assert seats_reached(paper(to_new=True)) == [(seat.pk, seat.deputy.user_id)]


def test_a_group_reaches_its_members_who_still_sit(paper, county, others):
    group = DeputyGroup.objects.create(congress=county, name="第一小组")
    sits, left = others(2)
    group.members.set([sits, left])
    Mandate.objects.filter(pk=left.pk).update(state=Mandate.State.ENDED)
    material = paper()
    material.groups.add(group)
    assert [pk for pk, _account in seats_reached(material)] == [sits.pk]


def test_keepers_of_stations_are_reached_as_such(paper, station_keeper, clerk):
    assert people_of(paper(to_keepers=True), on=DAY) == [Person(None, station_keeper.pk)]


def test_nobody_is_reached_in_another_county(paper, seat):
    elsewhere = MandateFactory()
    assert elsewhere.pk not in {pk for pk, _account in seats_reached(paper(to_deputies=True, to_new=True))}


@pytest.mark.parametrize("fields", [{"to_deputies": True}, {"to_new": True}, {}])
def test_what_a_deputy_may_take_is_what_names_him(county, seat, deputy_user, fields):
    quiz = QuizFactory(congress=county, state=Quiz.State.OPEN, **({"to_deputies": False} | fields))
    named = seat.pk in {pk for pk, _account in seats_reached(quiz)}
    assert (quiz in Quiz.objects.for_deputy(deputy_user)) == named == bool(fields)
    assert deputy_user.has_perm("training.take", quiz) == named


def test_a_township_deputy_takes_the_quiz_of_the_county_where_it_names_townships(county, township, deputy_user):
    MandateFactory(congress=township, deputy=DeputyFactory(user=deputy_user))
    quiz = QuizFactory(congress=county, state=Quiz.State.OPEN, to_deputies=False, to_township_deputies=True)
    closed_to_him = QuizFactory(congress=county, state=Quiz.State.OPEN)
    assert list(Quiz.objects.for_deputy(deputy_user)) == [quiz]
    assert not deputy_user.has_perm("training.take", closed_to_him)


def test_an_audience_says_in_words_whom_it_means(paper, county):
    material = paper(to_deputies=True, to_keepers=True)
    material.groups.add(DeputyGroup.objects.create(congress=county, name="第一小组"))
    assert material.audience_words() == "本级代表、联络站联络员、第一小组"
