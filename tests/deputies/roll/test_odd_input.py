"""Odd input to the pages of the roll: senseless addresses, stale pages, formulas, rows unticked."""

import io

import openpyxl
import pytest
from django.urls import reverse

from congress.procedure.models import Entry
from deputies.roll.models import Import, Mandate
from tests.deputies.roll.rosters import HEAD, person, upload
from tests.factories.roll import MandateFactory

S = Mandate.State


@pytest.fixture
def seat(county, term):
    return MandateFactory(
        congress=county,
        term=term,
        deputy__name="田禾",
        deputy__phone="13800000027",
        deputy__sex="female",
        deputy__people="苗族",
        certificate_number="001",
    )


@pytest.fixture
def as_clerk(client, clerk):
    client.force_login(clerk)
    return client


def told(seat):
    return [(entry.verb, entry.facts) for entry in Entry.objects.of(seat)]


def form_of(seat, **changes):
    deputy = seat.deputy
    values = {
        "name": deputy.name,
        "sex": deputy.sex,
        "people": deputy.people,
        "certificate_number": seat.certificate_number,
        "election": seat.election,
        "started_on": seat.started_on.isoformat(),
    }
    return values | changes


@pytest.mark.parametrize(
    ("query", "found"),
    [("q=田", 1), ("q=tianhe", 1), ("q=th", 1), ("q=001", 1), ("q=谷", 0), ("mark=women", 1), ("state=ended", 0)],
)
def test_the_list_is_narrowed_by_name_pinyin_certificate_and_kind(as_clerk, seat, query, found):
    page = as_clerk.get(f"{reverse('roll:list')}?{query}").context["page_obj"]
    assert page.paginator.count == found


def test_an_address_that_makes_no_sense_is_the_whole_list(as_clerk, seat):
    answer = as_clerk.get(f"{reverse('roll:list')}?delegation=x&sort=none&state=gone&term=99&page=zz")
    assert (answer.status_code, answer.context["page_obj"].paginator.count) == (200, 1)


def test_a_deputy_sees_no_personal_data_of_others_and_can_reveal_nothing(client, seat, deputy_user):
    client.force_login(deputy_user)
    assert "138****0027" not in client.get(reverse("roll:mandate", args=[seat.pk])).content.decode()
    assert client.post(reverse("roll:reveal", args=[seat.pk]), {"field": "phone"}).status_code == 404


def test_a_change_keeps_masked_values_and_the_journal_has_before_and_after(as_clerk, seat):
    answer = as_clerk.post(reverse("roll:change", args=[seat.pk]), form_of(seat, name="田 禾", people="回族"))
    seat.refresh_from_db()
    assert answer.status_code == 302
    assert (seat.deputy.name, seat.deputy.people, seat.deputy.phone) == ("田禾", "回族", "13800000027")
    assert told(seat) == [("mandate.change", {"people": ["苗族", "回族"]})]


def test_a_certificate_number_stands_once_and_a_wrong_phone_is_told_beside_its_field(as_clerk, seat, county, term):
    other = MandateFactory(congress=county, term=term, certificate_number="002")
    answer = as_clerk.post(
        reverse("roll:change", args=[other.pk]), form_of(other, certificate_number="001", phone="12")
    )
    assert set(answer.context["form"].errors) == {"certificate_number", "phone"}


def take(client, seat, step, **values):
    seat.refresh_from_db()
    told = {"version": seat.version, "request_key": f"{step}{seat.version}", "on": "2026-03-02", "late_reason": "补录"}
    return client.post(reverse("roll:step", args=[seat.pk, step]), told | {"announcement": "公告第 3 号"} | values)


def test_a_ground_of_the_wrong_kind_and_a_stale_page_change_nothing(as_clerk, seat):
    assert take(as_clerk, seat, "suspend", ground="resigned").status_code == 200
    take(as_clerk, seat, "suspend", ground="detained")
    stale = as_clerk.post(
        reverse("roll:step", args=[seat.pk, "suspend"]),
        {
            "version": 0,
            "request_key": "z",
            "on": "2026-03-03",
            "late_reason": "补录",
            "announcement": "4",
            "ground": "detained",
        },
    )
    assert stale.status_code == 409


def test_an_export_has_no_formula_no_phone_and_stands_in_the_journal(as_clerk, seat, county):
    seat.deputy.position_held = "=1+1"
    seat.deputy.save()
    answer = as_clerk.post(reverse("roll:export"), {"congress": county.code})
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows())
    cells = {cell.value: cell.data_type for cell in rows[3]}
    assert cells["=1+1"] == "s" or "'=1+1" in cells
    assert "138****0027" in cells
    assert "制表时间" in rows[1][0].value
    assert Entry.objects.get(verb="roll.export").facts["count"] == 1


@pytest.mark.django_db(transaction=True)
def test_an_unticked_row_is_checked_anew_before_anything_is_written(as_clerk, county, term):
    rows = [HEAD, person("田禾"), person("谷雨")]
    as_clerk.post(reverse("roll:imports"), {"congress": county.pk, "file": upload(rows)})
    batch = Import.objects.get()
    first, second = batch.rows.values_list("pk", flat=True)
    said = {"shown": [first, second], f"in-{second}": "1", "act": "confirm"}
    act = reverse("roll:import_act", args=[batch.pk])
    as_clerk.post(act, said)
    assert Mandate.objects.count() == 0
    first, second = batch.rows.values_list("pk", flat=True)
    as_clerk.post(act, {"shown": [first, second], f"in-{second}": "1", "act": "confirm"})
    assert list(Mandate.objects.values_list("deputy__name", flat=True)) == ["谷雨"]
