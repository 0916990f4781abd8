"""What goes wrong is said in Chinese, in the same frame, with what to do."""

import pytest
from django import forms
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse

from congress.kit import views
from congress.procedure.middleware import stepped_aside
from congress.procedure.workflow import StepNotOpen
from tests.factories.docket import SuggestionFactory

pytestmark = pytest.mark.django_db


def _request(user):
    request = RequestFactory().get("/")
    request.user = user
    return request


def test_a_page_that_is_not_there_is_said_in_the_frame(client, clerk):
    client.force_login(clerk)
    answer = client.get("/no-such-page/")
    assert answer.status_code == 404
    assert "没有找到" in answer.content.decode()
    assert 'class="masthead"' in answer.content.decode()


def test_too_large_a_request_and_a_broken_one_are_told_apart(clerk):
    assert views.bad_request(_request(clerk), RequestDataTooBig()).status_code == 413
    assert views.bad_request(_request(clerk), SuspiciousOperation()).status_code == 400


def test_a_form_that_was_open_too_long_says_that_nothing_was_sent(clerk):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(clerk)
    answer = browser.post(reverse("kit:elder"))
    assert answer.status_code == 403
    assert "没有提交" in answer.content.decode()


def test_a_step_that_somebody_else_took_leads_to_the_case(clerk):
    case = SuggestionFactory()
    answer = stepped_aside(None).process_exception(_request(clerk), StepNotOpen(_Step(), case))
    assert answer.status_code == 409
    assert case.get_absolute_url() in answer.content.decode()


def test_other_failures_pass_by(clerk):
    assert stepped_aside(None).process_exception(_request(clerk), ValueError()) is None


def test_the_page_of_a_breakdown_needs_neither_request_nor_reader():
    assert "系统出了问题" in render_to_string("500.html")


class _Step:
    name = "assign"


def test_a_stranger_is_led_to_the_public_pages_and_not_to_sign_in(client, county):
    gone = client.get(reverse("portal:say", args=["gone"]))
    assert gone.status_code == 404
    assert f'href="{reverse("portal:home")}"' in gone.content.decode()
    assert f'href="{reverse("portal:home")}"' in client.get(reverse("accounts:sign_in")).content.decode()


class _Everything(forms.Form):
    day = forms.DateField()
    time = forms.TimeField()
    number = forms.IntegerField(max_value=10)
    words = forms.CharField(max_length=3)
    one = forms.ChoiceField(choices=[("a", "a")])
    several = forms.MultipleChoiceField(choices=[("a", "a")])


def test_every_field_says_in_plain_words_what_is_wrong_with_it():
    told = {"day": "三月", "time": "早上", "number": "11", "words": "路灯坏了", "one": "b", "several": ["b"]}
    assert {name: errors[0] for name, errors in _Everything(told).errors.items()} == {
        "day": "请填写日期，如 2026-03-01。",
        "time": "请填写时间，如 09:00。",
        "number": "不能大于 10。",
        "words": "最多 3 个字，现在有 4 个，请删短。",
        "one": "请从列出的里面选。",
        "several": "请从列出的里面选。",
    }
