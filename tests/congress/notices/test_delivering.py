from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from congress.notices import actions, delivering, posting
from congress.notices.models import Delivery, Notice, Wish
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

MORNING = timezone.make_aware(datetime(2026, 3, 2, 9))
DAWN = MORNING.replace(hour=5)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def reader():
    return UserFactory(name="许承办", email="xu@example.invalid", phone="")


def tell(user, title="请办理", *, is_urgent=False, at=MORNING):
    key = f"entry:{Notice.objects.count() + 1}"
    notice = Notice(
        recipient=user, key=key, verb="suggestion.nod", title=title, url="/suggestions/1/", is_urgent=is_urgent,
        created_at=at,
    )  # fmt: skip
    posting.post([notice], at=at)
    return notice


def run(at=MORNING):
    return delivering.make_digests(at=at), delivering.deliver(at=at)


def test_what_may_wait_goes_into_one_digest_a_day(reader):
    tell(reader, "甲"), tell(reader, "乙")
    assert run() == (1, 1)
    assert mail.outbox[0].subject == "2026年3月2日通知2条"
    assert "1. 甲\n   http://localhost:8000/suggestions/1/" in mail.outbox[0].body
    assert run() == (0, 0)


def test_what_comes_after_the_digest_waits_for_tomorrow(reader):
    tell(reader, "甲")
    run()
    tell(reader, "乙")
    assert run(MORNING + 5 * MINUTE) == (0, 0)
    assert run(MORNING + DAY) == (1, 1)
    assert "乙" in mail.outbox[1].body
    assert "甲" not in mail.outbox[1].body


def test_the_digest_waits_for_its_hour(reader):
    tell(reader)
    assert run(DAWN) == (0, 0)
    assert run() == (1, 1)


def test_what_is_urgent_is_not_held_back(reader):
    tell(reader, "今天到期", is_urgent=True, at=DAWN)
    assert run(DAWN) == (0, 1)
    assert mail.outbox[0].subject == "今天到期"


def test_what_was_read_in_the_inbox_is_not_sent_again(reader):
    actions.read(tell(reader, "甲"), at=MORNING)
    assert run() == (0, 0)
    tell(reader, "乙")
    assert run() == (1, 1)
    assert "甲" not in mail.outbox[0].body


def test_who_wants_each_gets_each_at_once(reader):
    actions.choose(reader, channel="email", wish=Wish.EACH)
    tell(reader, "甲", at=DAWN), tell(reader, "乙", at=DAWN)
    assert run(DAWN) == (0, 2)


def test_who_wants_none_gets_none(reader):
    actions.choose(reader, channel="email", wish=Wish.NONE)
    tell(reader, is_urgent=True), tell(reader)
    assert run() == (0, 0)


def test_a_wish_that_changed_to_none_empties_the_waiting_list(reader):
    tell(reader)
    actions.choose(reader, channel="email", wish=Wish.NONE)
    assert run() == (0, 0)
    assert not Notice.objects.filter(waits_for_digest=True).exists()


def test_who_has_no_address_has_his_inbox():
    tell(UserFactory(phone="", email=""), is_urgent=True)
    assert run() == (0, 0)
    assert Notice.objects.count() == 1
    assert not Delivery.objects.exists()


def test_an_urgent_notice_also_goes_to_the_phone(reader, caplog):
    caplog.set_level("INFO")
    reader.phone = "13900001234"
    reader.save()
    tell(reader, "今天到期", is_urgent=True)
    tell(reader, "可以等")
    assert run() == (1, 3)
    assert "139****1234: 今天到期" in caplog.text
    assert "13900001234" not in caplog.text


def test_every_attempt_carries_the_same_message_id(reader):
    notice = tell(reader, is_urgent=True)
    run()
    assert mail.outbox[0].extra_headers["Message-ID"] == f"<email.{reader.pk}.{notice.key}@localhost>"


def test_a_gateway_that_fails_is_tried_again_later_and_later(reader, settings):
    settings.EMAIL_BACKEND = "tests.congress.notices.gateways.Broken"
    tell(reader, is_urgent=True)
    assert [run(MORNING)[1], run(MORNING + MINUTE)[1]] == [0, 0]
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts) == (Delivery.State.WAITING, 1)
    assert "gateway" in delivery.error
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert run(MORNING + 3 * MINUTE)[1] == 1


def test_a_message_that_fails_for_good_is_given_up(reader, settings):
    settings.EMAIL_BACKEND = "tests.congress.notices.gateways.Broken"
    tell(reader, is_urgent=True)
    for day in range(20):
        run(MORNING + day * DAY)
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts) == (Delivery.State.FAILED, delivering.MAX_ATTEMPTS)


def test_whoever_left_meanwhile_gets_nothing(reader):
    tell(reader, is_urgent=True)
    reader.is_active = False
    reader.save()
    assert run() == (0, 0)
    assert Delivery.objects.get().state == Delivery.State.FAILED


def test_a_message_in_another_workers_hands_is_left_to_him(reader):
    tell(reader, is_urgent=True)
    Delivery.objects.update(state=Delivery.State.CLAIMED, claimed_at=MORNING)
    assert run(MORNING + MINUTE)[1] == 0
    assert run(MORNING + delivering.LEASE)[1] == 1
