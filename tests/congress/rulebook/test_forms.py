import datetime as dt

import pytest

from congress.rulebook.book import Book, rules_for
from congress.rulebook.codes import CODES
from congress.rulebook.forms import OverrideForm
from congress.rulebook.models import Unit

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 1)


def form_for(congress, code, **data):
    rule = Book.of(congress).on(DAY).rule(code)
    return OverrideForm(
        {"unit": rule.unit, "effective_from": "2026-03-01", "article": "本县办法第九条"} | data,
        code=CODES[code],
        rule=rule,
    )


@pytest.mark.parametrize("code", [each.code for each in CODES.values() if not each.is_told])
def test_what_the_form_shows_may_be_sent_back_unchanged(county, code):
    rule = Book.of(county).on(DAY).rule(code)
    value = form_for(county, code).fields["value"].initial
    form = form_for(county, code, value=value)
    assert form.is_valid(), form.errors
    form.carry_out(county)
    assert rules_for(county, on=DAY).rule(code).value == rule.value


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("return", {"value": "七"}),
        ("return", {"value": "-1"}),
        ("return", {"value": "9999"}),
        ("reply", {"unit": Unit.CALENDAR_DATE, "value": "13-40"}),
        ("batch_days", {"value": "32"}),
        ("result_scheme", {"value": "A"}),
        ("reminders", {"value": "reply 前:x 后:1 上报:1"}),
        ("reminders", {"value": "nothing 前:1 后:1 上报:1"}),
        ("intake_reasons", {"value": "R01 个人事务"}),
        ("withdraw_until", {"value": "never"}),
        ("return", {"value": "7", "article": ""}),
    ],
)
def test_bad_values_are_refused_beside_their_field(county, code, data):
    form = form_for(county, code, **data)
    assert not form.is_valid()
    assert set(form.errors) <= {"value", "article"}


def test_a_class_that_promises_is_written_with_the_word(county):
    form = form_for(county, "result_scheme", value="A 已经解决\nB 列入 计划 承诺\nC 不能解决 理由")
    assert form.is_valid()
    scheme = form.cleaned_data["value"]
    assert [(each["label"], each["creates_promise"], each["needs_reason"]) for each in scheme] == [
        ("已经解决", False, False),
        ("列入 计划", True, False),
        ("不能解决", False, True),
    ]
