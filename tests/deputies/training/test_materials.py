"""Papers that are sent: who got them, who opened them, who is reminded."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from congress.notices.letters import letters_for
from congress.procedure.models import Entry
from congress.procedure.workflow import StepNotOpen
from deputies.training.actions import materials
from deputies.training.models import Material, Receipt
from tests.factories.training import MaterialFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 12)
AT = datetime(2026, 3, 13, 1, 0, tzinfo=UTC)
S = Material.State


@pytest.fixture
def material(county):
    return MaterialFactory(congress=county)


@pytest.fixture
def pushed(material, seat, others, clerk):
    """Sent to the deputy who signs in and to two without an account."""
    others(2)
    materials.push(material, on=DAY, by=clerk, version=0)
    return material


def letters(material, verb):
    entry = Entry.objects.of(material).filter(verb=verb).last()
    return [reader for letter in letters_for(verb) for reader in letter(entry, material).recipients()]


def test_a_push_gives_everybody_one_copy_and_seven_days(pushed):
    pushed.refresh_from_db()
    assert (pushed.state, pushed.receipts.count(), pushed.read_by_date) == (S.PUSHED, 3, DAY + timedelta(days=7))


def test_opening_is_noted_once(pushed, deputy_user):
    copy = Receipt.objects.of(deputy_user).get()
    assert materials.open_copy(copy, at=AT) is True
    assert materials.open_copy(copy, at=AT + timedelta(days=1)) is False
    copy.refresh_from_db()
    assert copy.opened_at == AT


def test_after_seven_days_the_list_names_who_has_not_opened_it(pushed, deputy_user):
    materials.open_copy(Receipt.objects.of(deputy_user).get(), at=AT)
    assert pushed.receipts.overdue(on=DAY + timedelta(days=7)).count() == 0
    assert pushed.receipts.overdue(on=DAY + timedelta(days=8)).count() == 2


def test_a_second_push_leaves_those_in_peace_who_have_opened_it(pushed, deputy_user, clerk):
    assert letters(pushed, "material.push") == [deputy_user]
    materials.open_copy(Receipt.objects.of(deputy_user).get(), at=AT)
    materials.push_again(pushed, on=DAY + timedelta(days=8), by=clerk, version=pushed.version)
    assert sorted(pushed.receipts.values_list("times", flat=True)) == [1, 2, 2]
    assert letters(pushed, "material.push_again") == []


def test_nobody_is_pushed_again_when_everybody_has_opened_it(pushed, clerk):
    pushed.receipts.update(opened_at=AT)
    with pytest.raises(ValidationError):
        materials.push_again(pushed, on=DAY, by=clerk, version=pushed.version)


def test_a_paper_without_readers_is_not_sent(county, clerk):
    material = MaterialFactory(congress=county)
    with pytest.raises(ValidationError):
        materials.push(material, on=DAY, by=clerk, version=0)
    material.refresh_from_db()
    assert material.state == S.DRAFT


def test_a_page_opened_before_the_push_pushes_nothing_a_second_time(pushed, clerk):
    with pytest.raises(StepNotOpen):
        materials.push(Material.objects.get(pk=pushed.pk), on=DAY, by=clerk, version=0)
    assert pushed.receipts.count() == 3


def test_a_paper_that_was_sent_is_not_rewritten(pushed, clerk):
    pushed.title = "改过的标题"
    with pytest.raises(ValidationError):
        materials.keep_material(pushed, on=DAY, by=clerk)
    assert Material.objects.get(pk=pushed.pk).title != "改过的标题"


def test_what_was_withdrawn_lies_with_nobody_and_keeps_its_receipts(pushed, deputy_user, clerk):
    materials.open_copy(Receipt.objects.of(deputy_user).get(), at=AT)
    materials.withdraw(pushed, on=DAY, by=clerk, version=pushed.version)
    assert Receipt.objects.of(deputy_user).count() == 0
    materials.push(pushed, on=DAY, by=clerk, version=pushed.version)
    assert Receipt.objects.of(deputy_user).get().opened_at == AT


def test_staff_get_their_copy_by_their_account(county, clerk, leader):
    material = MaterialFactory(congress=county, to_deputies=False, to_staff=True)
    materials.push(material, on=DAY, by=clerk, version=0)
    assert set(material.receipts.values_list("reader", flat=True)) == {clerk.pk, leader.pk}
    assert set(letters(material, "material.push")) == {clerk, leader}


def test_only_the_office_of_the_congress_sends(material, seat, leader):
    with pytest.raises(PermissionDenied):
        materials.push(material, on=DAY, by=leader, version=0)
