import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress.notices.models import Notice
from tests.api import Speaker
from tests.factories.accounts import UserFactory
from tests.factories.notices import NoticeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader():
    return UserFactory()


def titles(body):
    return [row["title"] for row in body["results"]]


def test_one_reads_ones_own_notices_urgent_and_unread_first(reader):
    NoticeFactory(recipient=reader, title="读过的", is_read=True)
    NoticeFactory(recipient=reader, title="平常的")
    NoticeFactory(recipient=reader, title="紧急的", urgent=True)
    NoticeFactory(title="别人的")
    speaker = Speaker(reader)
    assert titles(speaker.read("notice-list")) == ["紧急的", "平常的", "读过的"]
    assert titles(speaker.read("notice-list", show="unread")) == ["紧急的", "平常的"]
    assert titles(speaker.read("notice-list", show="urgent")) == ["紧急的"]
    assert speaker.read("me")["unread"] == 2


def test_looking_reads_nothing_and_reading_reads_one(reader):
    notice, other = NoticeFactory(recipient=reader), NoticeFactory(recipient=reader)
    speaker = Speaker(reader)
    assert speaker.read("notice-detail", notice.pk)["read_at"] is None
    assert speaker.send("notice-read", notice.pk)[1]["read_at"] is not None
    assert list(Notice.objects.of(reader).unread()) == [other]


def test_all_are_read_at_once(reader):
    NoticeFactory.create_batch(3, recipient=reader)
    foreign = NoticeFactory()
    speaker = Speaker(reader)
    assert [speaker.send("notice-read-all")[1]["read"] for _each in range(2)] == [3, 0]
    foreign.refresh_from_db()
    assert foreign.is_unread


def test_the_notice_of_another_is_not_there(reader):
    foreign = NoticeFactory()
    speaker = Speaker(reader)
    assert speaker.get(reverse("api:notice-detail", args=[foreign.pk])).status_code == 404
    assert speaker.send("notice-read", foreign.pk)[0] == 404


def test_the_inbox_costs_the_same_for_one_notice_and_for_three(reader):
    speaker, address = Speaker(reader), reverse("api:notice-list")

    def cost():
        with CaptureQueriesContext(connection) as spent:
            assert speaker.get(address).status_code == 200
        return len(spent)

    NoticeFactory(recipient=reader)
    cost()
    one = cost()
    NoticeFactory.create_batch(2, recipient=reader)
    assert one == cost() == 4  # who asks and in what roles, how many there are, the rows


def test_a_page_of_the_inbox_has_the_size_that_was_asked_for(reader):
    NoticeFactory.create_batch(3, recipient=reader)
    speaker = Speaker(reader)
    first = speaker.read("notice-list", size=2)
    assert (first["count"], len(first["results"])) == (3, 2)
    assert len(speaker.get(first["next"]).json()["results"]) == 1
    beyond = speaker.get(reverse("api:notice-list"), {"page": 9})
    assert (beyond.status_code, beyond.json()["code"]) == (404, "not_found")
