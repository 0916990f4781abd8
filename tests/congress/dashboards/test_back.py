import pytest
from django.urls import reverse

from tests.factories.organs import TermFactory
from tests.factories.roll import MandateFactory
from tests.factories.rulebook import plant

pytestmark = pytest.mark.django_db


@pytest.fixture
def deputy(county, deputy_user):
    plant()
    MandateFactory(congress=county, term=TermFactory(congress=county), deputy__user=deputy_user)
    return deputy_user


@pytest.mark.parametrize(
    ("name", "up"),
    [
        ("docket:write", "docket:mine"), ("opinions:note", "opinions:mine"), ("activities:mine", "duties:mine"),
        ("accounts:change_password", "accounts:profile"), ("notices:inbox", "dashboards:desk"),
    ],
)  # fmt: skip
def test_a_page_on_the_phone_leads_back_to_its_entry(client, deputy, name, up):
    client.force_login(deputy)
    assert f'<a class="back" href="{reverse(up)}"' in client.get(reverse(name)).text


@pytest.mark.parametrize("name", ["dashboards:desk", "docket:mine", "duties:mine", "opinions:mine", "accounts:profile"])
def test_the_entries_themselves_lead_nowhere_back(client, deputy, name):
    client.force_login(deputy)
    assert 'class="back"' not in client.get(reverse(name)).text


def test_a_desk_has_its_menu_and_no_arrow(client, clerk, county):
    plant()
    client.force_login(clerk)
    assert 'class="back"' not in client.get(reverse("docket:list")).text
