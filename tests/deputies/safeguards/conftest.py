"""A deputy of the county whose delegation is that of Liuxi township (柳溪镇)."""

import pytest

from tests.factories.docket import seat
from tests.factories.roll import DelegationFactory


@pytest.fixture
def mine(county, township, deputy_user):
    DelegationFactory(congress=county, name="柳溪镇代表团", township=township)
    return seat(county, user=deputy_user)
