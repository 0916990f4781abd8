"""An empty portal gets its first congress by one command; whoever it names can then set up all the rest."""

import io
import re

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from congress.accounts import actions as accounts
from congress.accounts.models import User
from congress.organs.models import Congress
from congress.procedure.models import Entry

GIVEN = {
    "code": "qinghe",
    "name": "青禾县人民代表大会",
    "region": "青禾县",
    "clerk": "何婉清",
    "administrator": "范晓东",
}

pytestmark = pytest.mark.django_db


def found(**changes):
    said = io.StringIO()
    call_command("found_congress", stdout=said, **(GIVEN | changes))
    return said.getvalue()


def test_the_clerk_it_names_activates_his_account_and_sets_up_the_rest(client):
    said = found()
    login, code = re.search(r"何婉清  登录名 (\S+)  激活码 (\S+)", said).groups()
    user = User.objects.get(username=login)
    assert accounts.activate(user, code=code, password="北岸的老樟树-2026", at=user.activations.get().issued_at)
    client.force_login(user)
    for name in ("organs", "terms", "people"):
        assert client.get(reverse(f"office:{name}", args=["qinghe"])).status_code == 200
    assert client.get(reverse("dashboards:desk")).status_code == 200
    assert client.get(reverse("rulebook:congress", args=["qinghe"])).status_code == 200


def test_the_administrator_is_another_and_reads_no_case(client):
    said = found()
    client.force_login(User.objects.get(username=re.search(r"范晓东  登录名 (\S+)", said)[1]))
    assert client.get(reverse("office:people", args=["qinghe"])).status_code == 200
    assert client.get(reverse("office:terms", args=["qinghe"])).status_code == 404


def test_it_stands_in_the_journal_and_the_short_name_follows_the_region():
    found()
    congress = Congress.objects.get(code="qinghe")
    assert (f"{congress}", congress.level) == ("青禾县人大", "county")
    verbs = set(Entry.objects.filter(congress=congress).values_list("verb", flat=True))
    assert verbs == {"organ.create", "account.open", "account.give", "account.issue"}


@pytest.mark.parametrize("changes", [{}, {"code": "青禾"}])
def test_a_code_that_is_taken_or_is_none_is_refused_and_nothing_is_written(changes):
    found(code="qinghe", name="某县人民代表大会", region="某县")
    before = User.objects.count()
    with pytest.raises(CommandError):
        found(**changes)
    assert (Congress.objects.count(), User.objects.count()) == (1, before)
