"""Papers are stored after a look at them, and handed out only to whoever may read."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from congress.files.actions import store
from congress.files.models import StoredFile
from tests.factories.accounts import UserFactory

PDF = b"%PDF-1.7\n" + b"0" * 300


@pytest.fixture
def paper(county, clerk):
    return store(SimpleUploadedFile("现场 情况.pdf", PDF), congress=county, by=clerk)


def test_a_paper_keeps_its_name_its_type_its_size_and_its_sum(paper):
    assert (paper.name, paper.content_type, paper.size) == ("现场 情况.pdf", "application/pdf", len(PDF))
    assert len(paper.sha256) == 64
    with paper.file.open("rb") as stored:
        assert stored.read() == PDF


@pytest.mark.parametrize("name", ["../../etc/a.pdf", "C:\\资料\\a.pdf", "/tmp/a.pdf"])
def test_a_path_in_a_name_is_no_path(county, clerk, name):
    assert store(SimpleUploadedFile(name, PDF), congress=county, by=clerk).name == "a.pdf"


def test_a_long_name_keeps_its_ending(county, clerk):
    stored = store(SimpleUploadedFile("长" * 60 + ".pdf", PDF), congress=county, by=clerk)
    assert stored.name.endswith(".pdf")
    assert len(stored.name) <= 200


def test_what_is_not_what_it_says_is_not_stored(county, clerk):
    with pytest.raises(ValidationError):
        store(SimpleUploadedFile("a.pdf", b"MZ" + b"0" * 300), congress=county, by=clerk)
    assert not StoredFile.objects.exists()


def test_a_paper_of_no_case_is_its_uploaders_alone_and_comes_as_a_download(paper, clerk, client):
    address = reverse("files:download", args=[paper.pk])
    client.force_login(clerk)
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer["Cache-Control"]
    assert b"".join(answer.streaming_content) == PDF
    client.force_login(UserFactory())
    assert client.get(address).status_code == 404
