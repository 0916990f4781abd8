"""Everybody reads what voters gave their deputy, once it is published (述职测评结果公布)."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from deputies.debriefings import actions
from tests.factories.debriefings import DebriefingFactory
from tests.factories.roll import MandateFactory
from tests.factories.rulebook import plant

pytestmark = pytest.mark.django_db
MAY = date(2026, 5, 1)


@pytest.fixture
def mandate(county):
    plant()
    return MandateFactory(congress=county)


@pytest.fixture
def judged(county, mandate, clerk, settings, tmp_path):
    """judged(day) → a debriefing of that day whose slips are counted: 30, 8, 2."""
    settings.MEDIA_ROOT = tmp_path

    def judge(day):
        planned = DebriefingFactory.build(
            congress=county, term=mandate.term, created_by=clerk, planned_on=day, title="柳溪选区述职会"
        )
        debriefing = actions.arrange(planned, [mandate], on=MAY, by=clerk)
        [statement] = debriefing.statements.all()
        report = SimpleUploadedFile("述职报告.pdf", b"%PDF-1.4 x")
        actions.hand_in(statement, text="联系选民五十名。", upload=report, on=MAY, by=clerk)
        actions.hold(debriefing, on=day, by=clerk)
        counts = {("", grade): number for (grade, _words), number in zip(debriefing.grades, (30, 8, 2), strict=True)}
        actions.tally(statement, handed_out=42, returned=41, valid=40, counts=counts, on=day, by=clerk)
        actions.evaluate(debriefing, on=day, by=clerk)
        return debriefing

    return judge


def told(client, mandate):
    """The public page, read without an account."""
    return " ".join(client.get(reverse("portal:deputy", args=[mandate.pk])).text.split())


def test_a_published_result_stands_on_the_deputys_public_page(client, county, mandate, judged, clerk):
    debriefing = judged(date(2026, 5, 20))
    text = told(client, mandate)
    assert "述职和测评" not in text, "what is not published is nobody's to read"
    actions.publish(debriefing, how="会场当场宣布", on=date(2026, 5, 25), by=clerk)
    text = told(client, mandate)
    for words in ("述职和测评", "2026年5月20日", "会议口头述职", "75.00%", "20.00%", "5.00%"):
        assert words in text
    for words in ("述职报告.pdf", "联系选民五十名", "柳溪选区", clerk.name, reverse("debriefings:list")):
        assert words not in text, words
    other = MandateFactory(congress=county, term=mandate.term)
    assert "述职和测评" not in told(client, other)
    type(mandate).objects.filter(pk=mandate.pk).update(state="ended")
    assert client.get(reverse("portal:deputy", args=[mandate.pk])).status_code == 404


def test_the_public_page_costs_the_same_for_one_result_and_for_three(
    client, mandate, judged, clerk, django_assert_num_queries
):
    for days in ((20,), (21, 22)):
        for day in days:
            actions.publish(judged(date(2026, 5, day)), how="张贴", on=date(2026, 5, 25), by=clerk)
        told(client, mandate)
        with django_assert_num_queries(9):
            assert told(client, mandate).count("75.00%") == day - 19
