"""A permission that nothing asks is a law nobody obeys; and of congresses, permission and list say the same."""

import re

import pytest
from django.conf import settings
from rules.permissions import permissions

from congress.organs import rules as organs
from congress.organs.models import Congress
from congress.organs.roles import Role
from congress.rulebook import rules as rulebook
from deputies.activities.views.campaigns import kept_by as campaigns_kept_by
from deputies.activities.views.figures import watched_by as figures_read_by
from deputies.assessments import rules as assessments
from deputies.pledges import rules as pledges
from deputies.scores import rules as scores
from deputies.training import rules as training
from liaison.stations import rules as stations
from suggestions.docket import rules as docket
from tests.factories.organs import CongressFactory
from tests.house.floors import WINGS

# What a page asks of one congress, and what lists the congresses a user has there.
OF_A_CONGRESS = {
    "activities.keep_campaign": campaigns_kept_by,
    "activities.read_figures": figures_read_by,
    "assessments.keep": assessments.kept_by,
    "assessments.view_all": assessments.read_by,
    "docket.bring_in": docket.brought_by,
    "organs.open_office": organs.kept_by,
    "organs.read_journal": organs.audited_by,
    "pledges.view_township": pledges.townships_read_by,
    "rulebook.keep": rulebook.kept_by,
    "rulebook.read": rulebook.readable_by,
    "scores.keep": scores.kept_by,
    "scores.view_list": scores.read_by,
    "stations.found": stations.founds_in,
    "training.keep": training.kept_by,
    "training.view": training.watched_by,
}


def _asked_for():
    """Every name in quotation marks in code, templates and tests, but for where it is given to its predicate."""
    names = set()
    for top in (*WINGS, "templates", "tests"):
        for path in (settings.BASE_DIR / top).rglob("*.*"):
            if path.suffix in {".py", ".html"}:
                text = re.sub(r"add_perm\(\s*\"[^\"]+\"", "", path.read_text())
                names.update(re.findall(r"[\"']([a-z]+\.[a-z_]+)[\"']", text))
    return names


def test_every_permission_is_asked_by_code_or_by_a_test_of_parity():
    assert set(permissions) - _asked_for() == set()


@pytest.mark.parametrize("permission", OF_A_CONGRESS)
def test_the_congresses_a_user_may_open_are_exactly_those_listed_for_him(permission, person, county, township):
    CongressFactory(township=True)
    for role in Role:
        user = person(role)
        may = {each for each in Congress.objects.all() if user.has_perm(permission, each)}
        assert set(OF_A_CONGRESS[permission](user)) == may, role
