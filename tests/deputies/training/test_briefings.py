"""What an office tells its deputies, and who got too little of it in a quarter."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from congress.notices.models import Notice
from congress.notices.writing import write_letters
from congress.procedure.models import Entry
from congress.rulebook.models import RuleOverride, Unit
from deputies.training.actions import materials
from deputies.training.briefings import Briefed
from deputies.training.models import Material, Receipt
from tests.factories import docket
from tests.factories.organs import CongressFactory, TermFactory
from tests.factories.roll import MandateFactory
from tests.factories.training import MaterialFactory

MARCH_10, APRIL_1, MAY_5 = date(2026, 3, 10), date(2026, 4, 1), date(2026, 5, 5)
AT = datetime(2026, 3, 12, 1, tzinfo=UTC)


@pytest.fixture
def villager(township):
    return docket.seat(township, "柳代表")


def send(congress, *, on, by, **fields):
    paper = MaterialFactory(congress=congress, kind=Material.Kind.BRIEFING, **fields)
    materials.push(paper, on=on, by=by, version=paper.version)
    return paper


def told(congress, *, quarter, on=MAY_5):
    return {seat.deputy.name: (seat.got, seat.opened) for seat in Briefed(congress, 2026, quarter, on).seats}


def test_a_briefing_counts_in_the_quarter_in_which_it_was_sent(township, villager, township_clerk):
    send(township, on=MARCH_10, by=township_clerk)
    send(township, on=APRIL_1, by=township_clerk)
    MaterialFactory(congress=township, kind=Material.Kind.BRIEFING)  # not sent
    assert told(township, quarter=1) == {"柳代表": (1, 0)}
    assert told(township, quarter=2) == {"柳代表": (1, 0)}
    assert told(township, quarter=3) == {"柳代表": (0, 0)}


def test_opening_it_is_a_receipt_and_what_was_withdrawn_or_is_to_be_studied_counts_for_nothing(
    township, villager, township_clerk
):
    paper = send(township, on=MARCH_10, by=township_clerk)
    materials.open_copy(Receipt.objects.get(material=paper), at=AT)
    study = MaterialFactory(congress=township)
    materials.push(study, on=MARCH_10, by=township_clerk, version=0)
    assert told(township, quarter=1) == {"柳代表": (1, 1)}
    paper.refresh_from_db()
    materials.withdraw(paper, on=MARCH_10, by=township_clerk, version=paper.version)
    assert told(township, quarter=1) == {"柳代表": (0, 0)}


def test_what_the_county_sends_to_the_deputies_of_its_townships_counts_for_them(county, township, villager, clerk):
    send(county, on=MARCH_10, by=clerk, to_deputies=False, to_township_deputies=True)
    assert told(township, quarter=1) == {"柳代表": (1, 0)}


def test_who_sits_in_two_congresses_and_got_it_by_one_seat_got_it(county, township, villager, clerk):
    above = MandateFactory(congress=county, term=TermFactory(congress=county), deputy=villager.deputy)
    send(county, on=MARCH_10, by=clerk, to_township_deputies=True)
    assert Receipt.objects.get().mandate == above
    assert told(township, quarter=1) == {"柳代表": (1, 0)}


def test_who_got_fewer_than_the_rule_asks_is_listed_and_the_number_is_data(township, villager, township_clerk):
    MandateFactory(congress=township, term=villager.term, deputy__name="后来代表", state="elect")
    send(township, on=MARCH_10, by=township_clerk)
    assert Briefed(township, 2026, 1, MAY_5).counts == {"all": 1, "short": 0, "none": 0}
    RuleOverride.objects.create(
        congress=township, code="briefings_quarter", unit=Unit.COUNT, value=2, article="本级办法",
        effective_from=date(2026, 1, 1),
    )  # fmt: skip
    briefed = Briefed(township, 2026, 1, MAY_5)
    assert (briefed.least, briefed.is_over, briefed.counts) == (2, True, {"all": 1, "short": 1, "none": 0})
    assert list(briefed.lacking) == [villager]
    assert list(Briefed(township, 2026, 2, MAY_5).without) == [villager]
    assert Briefed(township, 2026, 2, MAY_5).is_over is False


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_one_statement_whatever_its_length(
    township, township_clerk, villager, django_assert_num_queries, number
):
    for _each in range(number - 1):
        MandateFactory(congress=township, term=villager.term)
    send(township, on=MARCH_10, by=township_clerk)
    with django_assert_num_queries(1):
        assert len([(seat.deputy.name, seat.delegation) for seat in Briefed(township, 2026, 1, MAY_5).seats]) == number


def test_the_township_uploads_a_briefing_and_its_deputies_are_told_and_read_it(
    client, township, villager, township_clerk
):
    client.force_login(township_clerk)
    page = reverse("training:create_briefing", args=[township.code])
    assert client.get(page).context["form"]["to_deputies"].value() is True
    upload = SimpleUploadedFile("简报第3期.pdf", b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF")
    sent = {"title": "简报第三期", "to_deputies": "on", "file": upload, "request_key": "a"}
    assert client.post(page, sent).status_code == 302
    paper = Material.objects.get()
    assert (paper.kind, paper.congress) == (Material.Kind.BRIEFING, township)
    assert paper.title in client.get(reverse("training:briefings")).content.decode()
    assert paper.title not in client.get(reverse("training:materials")).content.decode()
    step = reverse("training:material_step", args=[paper.pk, "push"])
    form = client.get(step).context["form"]
    said = {name: form[name].value() for name in ("version", "request_key")} | {"on": timezone.localdate()}
    assert client.post(step, said).status_code == 302
    write_letters(at=timezone.now())
    letter = Notice.objects.get(recipient=villager.deputy.user)
    assert (letter.title, letter.url) == ("工作简报：简报第三期", reverse("training:read", args=[paper.pk]))
    client.force_login(villager.deputy.user)
    assert "简报第三期" in client.get(reverse("training:mine")).content.decode()
    assert "简报第3期.pdf" in client.get(letter.url).content.decode()
    assert Receipt.objects.get().opened_at is not None
    client.force_login(township_clerk)
    assert "简报第三期" in client.get(paper.get_absolute_url()).content.decode()


@time_machine.travel("2026-05-05 02:00Z")
def test_the_page_marks_who_got_none_and_the_numbers_open_their_lists(
    client, county, township, villager, township_clerk, clerk
):
    client.force_login(township_clerk)
    page = reverse("training:briefed")
    first = client.get(reverse("training:briefings"))
    assert first.context["briefed"].counts == {"all": 1, "short": 1, "none": 1}
    shown = client.get(page, {"view": "none"})
    assert [seat.deputy.name for seat in shown.context["page_obj"]] == ["柳代表"]
    assert (shown.context["briefed"].year, shown.context["briefed"].quarter) == (2026, 2)
    for odd in ({"quarter": "9"}, {"quarter": "4"}, {"year": "2031"}, {"quarter": "x", "view": "x"}):
        assert client.get(page, odd).context["briefed"].quarter == 2
    assert client.get(page, {"year": "2025", "quarter": "4"}).context["briefed"].is_over
    client.force_login(clerk)  # the county reads its townships
    assert client.get(page, {"congress": township.code}).context["congress"] == township
    client.force_login(township_clerk)
    assert client.get(page, {"congress": CongressFactory(township=True, parent=county).code}).status_code == 404


def test_the_list_leaves_the_house_and_the_journal_keeps_it(client, township, villager, township_clerk):
    client.force_login(township_clerk)
    sent = client.post(reverse("training:briefed_export"), {"congress": township.code})
    rows = list(load_workbook(BytesIO(sent.content)).active.values)
    assert rows[3][0] == "柳代表"
    assert rows[3][4] == "一份也没有"
    assert Entry.objects.get(verb="training.export").facts["count"] == 1


def test_the_county_writes_no_briefing_in_the_name_of_a_township(client, township, clerk):
    client.force_login(clerk)
    assert client.get(reverse("training:create_briefing", args=[township.code])).status_code == 404
