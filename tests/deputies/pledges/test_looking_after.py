"""Which member of the county's committee looks after a township, from when until when."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from congress.notices.models import Notice
from congress.notices.writing import write_letters
from congress.procedure.models import Entry
from deputies.pledges import actions
from deputies.pledges.models import TownshipTie
from deputies.roll import actions as roll
from tests.factories.docket import seat
from tests.factories.organs import CongressFactory
from tests.factories.pledges import TownshipPaperFactory

JANUARY_5, MARCH_1, JUNE_1 = date(2026, 1, 5), date(2026, 3, 1), date(2026, 6, 1)


@pytest.fixture
def member(county):
    return seat(county, "马委员", is_standing_member=True)


@pytest.fixture
def other(county, member):
    return seat(county, "牛委员", is_standing_member=True)


@pytest.fixture
def tie(township, member, clerk):
    return actions.tie_township(township, member, since=JANUARY_5, on=MARCH_1, by=clerk)


def page_of(township):
    return reverse("pledges:township_tie", args=[township.code])


def test_a_township_has_one_member_at_a_time_and_what_was_before_stays(township, tie, other, clerk):
    fresh = actions.tie_township(township, other, since=MARCH_1, on=MARCH_1, by=clerk)
    told = [(each.member, each.since, each.until) for each in TownshipTie.objects.filter(township=township)]
    assert told == [(other, MARCH_1, None), (tie.member, JANUARY_5, MARCH_1)]
    assert list(TownshipTie.objects.standing()) == [fresh]


def test_a_member_may_have_several_townships(county, member, tie, clerk):
    second = CongressFactory(township=True, parent=county)
    actions.tie_township(second, member, since=MARCH_1, on=MARCH_1, by=clerk)
    assert TownshipTie.objects.standing().filter(member=member).count() == 2


def test_naming_the_same_member_again_changes_nothing(township, tie, member, clerk):
    assert actions.tie_township(township, member, since=MARCH_1, on=MARCH_1, by=clerk) == tie
    assert Entry.objects.filter(verb="township.tie").count() == 1


@pytest.mark.parametrize("fields", [{"is_standing_member": False}, {"is_standing_member": True, "state": "suspended"}])
def test_only_a_sitting_member_of_the_countys_committee_looks_after_a_township(county, township, clerk, fields):
    with pytest.raises(ValidationError):
        actions.tie_township(township, seat(county, "杨代表", **fields), since=MARCH_1, on=MARCH_1, by=clerk)
    strange = seat(CongressFactory(), "外委员", is_standing_member=True)
    with pytest.raises(ValidationError):
        actions.tie_township(township, strange, since=MARCH_1, on=MARCH_1, by=clerk)
    assert not TownshipTie.objects.exists()


@pytest.mark.parametrize("since", [JANUARY_5 - timedelta(days=1), JUNE_1])
def test_the_day_lies_neither_before_somebody_elses_nor_ahead(township, tie, other, clerk, since):
    with pytest.raises(ValidationError) as refused:
        actions.tie_township(township, other, since=since, on=MARCH_1, by=clerk)
    assert set(refused.value.error_dict) == {"since"}
    assert list(TownshipTie.objects.standing()) == [tie]


def test_a_seat_that_ends_and_a_member_who_leaves_the_committee_look_after_nothing(county, township, tie, other, clerk):
    second = CongressFactory(township=True, parent=county)
    actions.tie_township(second, other, since=JANUARY_5, on=MARCH_1, by=clerk)
    seat_of_his = tie.member
    roll.end(seat_of_his, ground="resigned", announcement="公告", on=JUNE_1, by=clerk, version=seat_of_his.version)
    assert TownshipTie.objects.get(member=seat_of_his).until == JUNE_1
    values = {name: getattr(other.deputy, name) for name in roll.PERSON}
    values |= {name: getattr(other, name) for name in roll.SEAT_FIELDS} | {"is_standing_member": False}
    roll.change(other, values=values, groups=[], by=clerk)
    assert not TownshipTie.objects.standing().exists()


def test_the_member_the_one_before_and_the_townships_office_are_told(township, township_clerk, tie, other, clerk):
    actions.tie_township(township, other, since=MARCH_1, on=MARCH_1, by=clerk)
    write_letters(at=timezone.now())
    told = dict(
        Notice.objects.filter(entry__verb="township.tie", entry__facts__seat=other.pk).values_list(
            "recipient__name", "title"
        )
    )
    assert told == {
        "牛委员": "您挂钩联系柳溪镇",
        "马委员": "柳溪镇改由牛委员挂钩联系",
        "柳镇人": "本乡镇的挂钩联系人有变动",
    }
    assert Notice.objects.get(recipient__name="牛委员").body.startswith("自2026年3月1日起。")


def test_the_office_of_the_county_names_him_on_the_page_and_nobody_else(
    client, township, member, clerk, leader, township_clerk
):
    sent = {"member": member.pk, "since": timezone.localdate().isoformat()}
    for reader in (leader, township_clerk, member.deputy.user):
        client.force_login(reader)
        assert client.post(page_of(township), sent).status_code == 404
    client.force_login(clerk)
    assert client.post(page_of(township), sent).status_code == 302
    assert TownshipTie.objects.standing().get().member == member
    for reader in (leader, township_clerk, member.deputy.user):
        client.force_login(reader)
        assert "马委员" in client.get(page_of(township)).content.decode()


def test_ending_on_a_page_that_is_out_of_date_leaves_who_was_named_meanwhile(client, township, tie, other, clerk):
    client.force_login(clerk)
    fresh = actions.tie_township(township, other, since=MARCH_1, on=MARCH_1, by=clerk)
    client.post(page_of(township), {"end": tie.pk})
    assert list(TownshipTie.objects.standing()) == [fresh]
    client.post(page_of(township), {"end": fresh.pk})
    assert not TownshipTie.objects.standing().exists()


def test_a_day_ahead_is_refused_beside_its_field(client, township, member, clerk):
    client.force_login(clerk)
    ahead = timezone.localdate() + timedelta(days=1)
    page = client.post(page_of(township), {"member": member.pk, "since": ahead.isoformat()})
    assert "since" in page.context["form"].errors


def test_he_reads_the_work_of_his_townships_and_of_no_other(client, county, township, tie, member, other, clerk):
    paper = TownshipPaperFactory(congress=township, year=timezone.localdate().year, kind="plan")
    second = CongressFactory(township=True, parent=county, region="石桥镇")
    client.force_login(member.deputy.user)
    page = client.get(reverse("pledges:townships"))
    assert [row.township for row in page.context["rows"]] == [township]
    assert client.get(reverse("pledges:township_quota", args=[township.code, "plan"])).status_code == 200
    assert list(type(paper).objects.visible_to(member.deputy.user)) == [paper]
    assert client.get(page_of(second)).status_code == 404
    client.force_login(other.deputy.user)
    assert client.get(reverse("pledges:townships")).status_code == 404
    assert client.get(page_of(township)).status_code == 404
    actions.untie_township(tie, on=timezone.localdate(), by=clerk)
    client.force_login(member.deputy.user)
    assert client.get(page_of(township)).status_code == 404


def test_the_gaps_stand_in_the_list_of_all_townships(client, county, township, tie, clerk):
    CongressFactory(township=True, parent=county, region="石桥镇")
    client.force_login(clerk)
    page = client.get(reverse("pledges:townships"), {"light": "untied"})
    assert [row.township.region for row in page.context["rows"]] == ["石桥镇"]
    assert page.context["untied"] == 1
    assert "没有挂钩联系人" in page.content.decode()
