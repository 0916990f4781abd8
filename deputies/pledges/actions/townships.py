"""What a township sends up, and that a table left the house (报送、导出)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from congress.files.actions import give_to, store
from congress.organs.models import Congress
from congress.procedure import journal
from deputies.pledges.models import TownshipPaper

PAPERS = ("pdf", "doc", "docx", "wps", "ofd")


@transaction.atomic
def send_paper(township, *, kind, year, upload, on, by):
    """Send the yearly plan or summary up to the county; a later version replaces the file, not the day (报送)."""
    if not upload:
        raise ValidationError({"file": _("请选择要报送的文件。")})
    Congress.objects.select_for_update().get(pk=township.pk)  # two versions at once: the second replaces the first
    paper = TownshipPaper.objects.filter(congress=township, year=year, kind=kind).first()
    if paper is None:
        paper = TownshipPaper(congress=township, year=year, kind=kind, sent_on=on)
    stored = store(upload, congress=township, by=by, kinds=PAPERS)
    paper.file, paper.by = stored, by
    paper.save()
    give_to(stored, paper)
    journal.record(paper, "paper.send", by=by, on=on, facts={"what": f"{paper}", "file": stored.name})
    return paper


def note_export(congress, *, count, what, by):
    """A table of this room left the house; the journal of its congress keeps who took it."""
    journal.record(congress, "pledges.export", by=by, facts={"count": count, "what": what}, congress=congress)
