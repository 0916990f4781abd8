"""Plans and summaries that townships send up, and the table that leaves the house."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from congress.organs.roles import Role
from congress.procedure.models import Entry
from deputies.pledges import actions
from deputies.pledges.models import TownshipPaper
from tests.factories.organs import CongressFactory
from tests.people import serving

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"


def pdf(name="2026年工作计划.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def send(township, by, *, on=date(2026, 1, 20), upload=None):
    return actions.send_paper(township, kind="plan", year=2026, upload=upload or pdf(), on=on, by=by)


def test_a_later_version_replaces_the_file_and_keeps_the_day(township, township_clerk):
    send(township, township_clerk)
    send(township, township_clerk, on=date(2026, 3, 1), upload=pdf("改后计划.pdf"))
    paper = TownshipPaper.objects.get()
    assert (paper.file.name, paper.sent_on) == ("改后计划.pdf", date(2026, 1, 20))
    assert [entry.verb for entry in Entry.objects.of(paper)] == ["paper.send", "paper.send"]


def test_something_that_is_no_document_is_refused(township, township_clerk):
    with pytest.raises(ValidationError):
        send(township, township_clerk, upload=pdf("计划.pdf", b"MZ not a pdf"))
    assert not TownshipPaper.objects.exists()


def test_the_township_sends_on_its_page_and_the_county_reads_the_file(client, township, township_clerk, clerk):
    page = reverse("pledges:township_quota", args=[township.code, "plan"])
    client.force_login(township_clerk)
    assert "请选择要报送的文件" in client.post(page, {"year": 2026}).content.decode()
    assert client.post(page, {"year": 2026, "file": pdf()}).status_code == 302
    paper = TownshipPaper.objects.get()
    client.force_login(clerk)
    download = client.get(reverse("files:download", args=[paper.file_id]))
    assert b"".join(download.streaming_content) == PDF
    assert client.post(page, {"year": 2026, "file": pdf()}).status_code == 404


def test_the_file_is_not_found_by_another_township(client, county, township, township_clerk):
    paper = send(township, township_clerk)
    neighbour = serving(Role.TOWNSHIP_CLERK, CongressFactory(township=True, parent=county))
    client.force_login(neighbour)
    assert client.get(reverse("files:download", args=[paper.file_id])).status_code == 404


def test_the_export_has_one_line_a_township_and_stands_in_the_journal(client, county, township, clerk):
    client.force_login(clerk)
    response = client.post(reverse("pledges:townships_export"), {"year": 2026})
    assert response.content.startswith(b"PK")
    entry = Entry.objects.get(verb="pledges.export")
    assert (entry.congress_id, entry.facts["count"]) == (county.pk, 1)
