import pytest
from django.urls import reverse

from congress.accounts.signed_in import user_of_session
from congress.notices.models import Notice, Preference
from congress.notices.questions import unread_count
from tests.factories.notices import NoticeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def inbox(client, clerk):
    client.force_login(clerk)
    return lambda **query: client.get(reverse("notices:inbox"), query)


def titles(answer):
    return [notice.title for notice in answer.context["page_obj"]]


def test_the_inbox_shows_unread_first_then_the_newest(inbox, clerk):
    NoticeFactory(recipient=clerk, title="紧急", urgent=True)
    NoticeFactory(recipient=clerk, title="紧急已读", urgent=True, is_read=True)
    for title, is_read in [("旧读", True), ("旧未读", False), ("新读", True), ("新未读", False)]:
        NoticeFactory(recipient=clerk, title=title, is_read=is_read)
    assert titles(inbox()) == ["紧急", "新未读", "旧未读", "新读", "旧读", "紧急已读"]


def test_nobody_sees_anothers_notices(inbox, leader):
    NoticeFactory(recipient=leader)
    answer = inbox()
    assert titles(answer) == []
    assert "还没有消息" in answer.text


def test_each_view_has_exactly_as_many_rows_as_its_number(inbox, clerk):
    NoticeFactory(recipient=clerk, urgent=True)
    NoticeFactory(recipient=clerk)
    NoticeFactory(recipient=clerk, urgent=True, is_read=True)
    counted = {code: count for code, _label, count in inbox().context["choices"]}
    assert counted == {"all": 3, "unread": 2, "urgent": 1}
    assert {code: len(titles(inbox(show=code))) for code in counted} == counted


@pytest.mark.parametrize("rows", [1, 3])
def test_the_inbox_asks_no_query_per_row(inbox, clerk, rows, django_assert_num_queries):
    NoticeFactory.create_batch(rows, recipient=clerk)
    inbox()
    with django_assert_num_queries(4):
        inbox()


def test_opening_reads_it_and_leads_to_the_case(client, clerk):
    client.force_login(clerk)
    notice = NoticeFactory(recipient=clerk, url="/suggestions/7/")
    answer = client.post(reverse("notices:open", args=[notice.pk]))
    assert (answer.status_code, answer["Location"]) == (302, "/suggestions/7/")
    assert unread_count(clerk) == 0


def test_a_link_that_is_fetched_ahead_reads_nothing(client, clerk):
    client.force_login(clerk)
    notice = NoticeFactory(recipient=clerk)
    assert client.get(reverse("notices:open", args=[notice.pk])).status_code == 405
    assert unread_count(clerk) == 1


def test_anothers_notice_is_not_found(client, clerk, leader):
    client.force_login(clerk)
    notice = NoticeFactory(recipient=leader)
    assert client.post(reverse("notices:open", args=[notice.pk])).status_code == 404
    assert unread_count(leader) == 1


def test_the_first_reading_is_the_one_that_is_noted(client, clerk):
    client.force_login(clerk)
    notice = NoticeFactory(recipient=clerk)
    client.post(reverse("notices:open", args=[notice.pk]))
    first = Notice.objects.get().read_at
    client.post(reverse("notices:open", args=[notice.pk]))
    assert Notice.objects.get().read_at == first


def test_all_of_ones_own_are_read_at_once(client, clerk, leader):
    client.force_login(clerk)
    NoticeFactory.create_batch(3, recipient=clerk)
    NoticeFactory(recipient=leader)
    answer = client.post(reverse("notices:read_all"), follow=True)
    assert "已将 3 条标为已读" in answer.text
    assert [unread_count(clerk), unread_count(leader)] == [0, 1]


def test_wishes_are_kept_per_channel(client, clerk):
    client.force_login(clerk)
    client.post(reverse("notices:preferences"), {"email": "each", "sms": "none"})
    assert dict(Preference.objects.filter(user=clerk).values_list("channel", "wish")) == {
        "email": "each",
        "sms": "none",
    }
    page = client.get(reverse("notices:preferences"))
    assert page.context["form"]["email"].initial == "each"


def test_a_wish_that_does_not_exist_is_refused_beside_its_field(client, clerk):
    client.force_login(clerk)
    answer = client.post(reverse("notices:preferences"), {"email": "hourly", "sms": "none"})
    assert answer.status_code == 200
    assert "email" in answer.context["form"].errors
    assert not Preference.objects.exists()


def test_whoever_signs_in_brings_the_number_of_his_own_unread_notices(inbox, clerk, leader, django_assert_num_queries):
    for reader, is_read in ((clerk, False), (clerk, False), (clerk, True), (leader, False)):
        NoticeFactory(recipient=reader, is_read=is_read)
    brought = user_of_session(clerk.pk)
    with django_assert_num_queries(0):
        assert unread_count(brought) == 2
    assert unread_count(clerk) == 2
    Notice.objects.of(clerk).delete()
    assert unread_count(user_of_session(clerk.pk)) == 0
