from datetime import timedelta

import pytest

from congress.accounts.models import User
from congress.dashboards.own import figures_of
from congress.rulebook.book import rules_for
from suggestions.appraisals import actions
from suggestions.appraisals.models import Grade, Rating, Survey
from tests.factories.docket import SuggestionFactory, officer_of, seat_user
from tests.factories.organs import DepartmentFactory

pytestmark = pytest.mark.django_db


def rated(county, department):
    case = SuggestionFactory(congress=county, department=department, replied=True)
    survey = Survey.objects.get(round__suggestion=case)
    actions.rate(
        survey.slips.get(counts=True),
        attitude=Grade.SATISFIED,
        result=Grade.SATISFIED,
        contacted=Rating.Contacted.VISIT,
        on=survey.opened_on,
        by=seat_user(case),
    )
    return survey


def test_a_department_reads_the_sum_of_its_ratings_from_enough_answers_and_only_of_closed_windows(county):
    department = DepartmentFactory(congress=county)
    today = rated(county, department).closes_on + timedelta(days=1)
    needed = rules_for(county, on=today).count("small_group")
    surveys = [rated(county, department) for _each in range(needed - 1)]
    user = officer_of(department)
    assert figures_of(user, on=today).ratings == 0  # every window is still open
    actions.settle(surveys[0], on=today, by=User.objects.robot())
    assert not figures_of(user, on=today).shows_ratings
    actions.close_windows(on=today, by=User.objects.robot())
    own = figures_of(user, on=today)
    assert (own.ratings, own.shows_ratings, own.satisfied_percent) == (needed, True, "100.0")


def test_who_handles_nothing_has_no_such_figures(county, clerk):
    assert figures_of(clerk, on=rated(county, DepartmentFactory(congress=county)).opened_on) is None
