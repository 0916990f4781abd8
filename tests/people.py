"""One person for every role, as fixtures; the ones that need a department are functions of it (角色)."""

import pytest

from congress.organs.roles import Role
from tests.factories.organs import CommitteeFactory, CongressFactory, DepartmentFactory, MembershipFactory
from tests.factories.stations import StationFactory


def serving(role, organ, **fields):
    """A user who serves in this organ in this role."""
    return MembershipFactory(role=role, organ=organ, **fields).user


@pytest.fixture
def county(db):
    return CongressFactory(
        name="青禾县人民代表大会", short_name="青禾县人大", region="青禾县", code="qinghe", office_phone="0000-0000000"
    )


@pytest.fixture
def township(county):
    """A township below the county (柳溪镇)."""
    return CongressFactory(
        township=True,
        parent=county,
        name="柳溪镇人民代表大会",
        short_name="柳溪镇人大",
        region="柳溪镇",
        code="liuxi",
    )


@pytest.fixture
def clerk(county):
    return serving(Role.NPC_CLERK, county, user__name="林代工")


@pytest.fixture
def leader(county):
    return serving(Role.LEADER, county, user__name="何主任")


@pytest.fixture
def committee_clerk(county):
    return serving(Role.COMMITTEE_CLERK, CommitteeFactory(congress=county, name="财经委员会"), user__name="方财经")


@pytest.fixture
def government_office(county):
    """Somebody of the government office, which distributes (政府办)."""
    office = DepartmentFactory(congress=county, distributor=True)
    return serving(Role.GOVERNMENT_OFFICE, office, user__name="邵督查")


@pytest.fixture
def officer(db):
    """officer(department) → its case officer (承办人)."""
    return lambda department, **fields: serving(Role.CASE_OFFICER, department, **fields)


@pytest.fixture
def head(db):
    """head(department) → its head, who signs (负责人)."""
    return lambda department, **fields: serving(Role.DEPARTMENT_HEAD, department, **fields)


@pytest.fixture
def deputy_user(county):
    """The account of a deputy of the county; his mandate is made by the roll's factories."""
    return serving(Role.DEPUTY, county, user__name="田代表")


@pytest.fixture
def township_clerk(township):
    return serving(Role.TOWNSHIP_CLERK, township, user__name="柳镇人")


@pytest.fixture
def station_keeper(county):
    return serving(Role.STATION_KEEPER, StationFactory(congress=county, name="柳溪镇代表联络站"), user__name="苗站长")


@pytest.fixture
def auditor(county):
    return serving(Role.AUDITOR, county, user__name="严审计")


@pytest.fixture
def administrator(county):
    return serving(Role.ADMINISTRATOR, county, user__name="齐运维")


@pytest.fixture
def person(request, county):
    """person(role) → the user of that role, for tests that go over all roles."""

    def of(role):
        if role in (Role.CASE_OFFICER, Role.DEPARTMENT_HEAD):
            return serving(role, DepartmentFactory(congress=county))
        names = {Role.NPC_CLERK: "clerk", Role.DEPUTY: "deputy_user"}
        return request.getfixturevalue(names.get(role, role.value))

    return of
