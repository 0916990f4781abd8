"""The department's pages: the reply ask by ask, its draft, the empty words, the head's letter."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from suggestions.docket import actions
from suggestions.docket.models import Assignment
from suggestions.docket.phrases import empty_words
from tests.factories.docket import SuggestionFactory, head_of, officer_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-06-01 10:00+08:00"):
        yield


@pytest.fixture
def share(county):
    case = SuggestionFactory(congress=county, contacted=True)
    return Assignment.objects.get(round__suggestion=case)


def address(share, step="draft"):
    return f"/suggestions/shares/{share.pk}/{step}/"


def written(client, share, **parts):
    """The fields of the reply page with one sufficient answer to every ask."""
    form = client.get(address(share)).context["form"]
    fields = {name: form[name].value() for name in ("version", "request_key", "on") if name in form.fields}
    for ask in actions.asks_of(share):
        answer = {"result_class": "A", "text": "已于5月20日完工。"} | parts
        fields |= {f"{name}_{ask.pk}": value for name, value in answer.items()}
    return fields


def test_a_finished_draft_goes_to_the_head(client, share):
    client.force_login(officer_of(share.organ))
    assert client.post(address(share), written(client, share)).status_code == 302
    share.refresh_from_db()
    assert share.state == Assignment.State.DRAFTED


def test_a_promising_class_without_its_date_is_refused_and_nothing_is_lost(client, share):
    client.force_login(officer_of(share.organ))
    page = client.post(address(share), written(client, share, result_class="B", promise="修好"))
    assert page.status_code == 200
    assert "请写明哪一天前完成" in page.content.decode()
    assert "已于5月20日完工。" in page.content.decode()
    share.refresh_from_db()
    assert share.state == Assignment.State.IN_HAND


def test_nothing_is_promised_for_a_day_that_has_passed(client, share):
    client.force_login(officer_of(share.organ))
    today = timezone.localdate()
    told = {"result_class": "B", "promise": "修好"}
    past = client.post(address(share), written(client, share, **told, promised_on=f"{today - timedelta(days=1)}"))
    assert "这一天已经过了" in past.content.decode()
    share.refresh_from_db()
    assert share.state == Assignment.State.IN_HAND
    assert client.post(address(share), written(client, share, **told, promised_on=f"{today}")).status_code == 302


def test_the_fields_of_every_class_are_there_without_scripts(client, share):
    client.force_login(officer_of(share.organ))
    page = client.get(address(share)).content.decode()
    for name in ("promise", "promised_on", "responsible", "reason"):
        assert page.count(f'name="{name}_') == 3


def test_a_draft_is_kept_while_it_is_written_and_found_again(client, share):
    client.force_login(officer_of(share.organ))
    fields = written(client, share, text="写到一半", promised_on="2026-10-31")
    kept = client.post(f"{address(share)}save/", fields, headers={"X-Requested-With": "fetch"})
    assert kept.json()["message"].endswith("已存")
    page = client.get(address(share)).content.decode()
    assert page.count("写到一半") == 3
    assert 'value="2026-10-31"' in page
    share.refresh_from_db()
    assert share.state == Assignment.State.IN_HAND


def test_the_draft_is_not_shown_to_the_deputy(client, share):
    client.force_login(officer_of(share.organ))
    client.post(f"{address(share)}save/", written(client, share, text="写到一半"))
    client.force_login(share.suggestion.lead.deputy.user)
    assert "写到一半" not in client.get(share.suggestion.get_absolute_url()).content.decode()


def test_the_head_reads_the_letter_and_signs(client, county):
    case = SuggestionFactory(congress=county, drafted=True)
    share = Assignment.objects.get(round__suggestion=case)
    client.force_login(head_of(share.organ))
    page = client.get(address(share, "sign"))
    assert page.context["letter"]["result_class"] == "B"
    form = page.context["form"]
    fields = {
        name: form[name].value() for name in ("version", "request_key", "on", "document_number") if name in form.fields
    }
    client.post(address(share, "sign"), fields)
    case.refresh_from_db()
    assert (case.state, case.replied_on) == ("replied", date(2026, 6, 1))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("正在研究，争取列入明年计划", ["正在研究"]),
        ("将适时研究建立长效机制，积极争取经费。", ["适时研究", "积极争取"]),
        ("正在研究，2025-10-31 前完成招标，责任人张某", []),
        ("正在研究，投资 86.4 万元。", []),
        ("已经完工。", []),
    ],
)
def test_empty_words_are_those_that_can_not_be_held_to(text, found):
    assert empty_words(text) == found
