"""Who looks after a township, what it sends up, and that a table left the house (挂钩联系、报送、导出)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from congress.files.actions import give_to, store
from congress.kit.dates import said
from congress.organs.models import Congress
from congress.procedure import journal
from deputies.pledges.models import TownshipPaper, TownshipTie
from deputies.roll.models import Mandate

PAPERS = ("pdf", "doc", "docx", "wps", "ofd")


@transaction.atomic
def tie_township(township, member, *, since, on, by):
    """Say which member of the county's committee looks after a township; who did before stops then (挂钩联系)."""
    if member.congress_id != township.parent_id or not _may_look_after(member):
        raise ValidationError({"member": _("%s不是县人大在任的常委会组成人员，不能挂钩联系乡镇。") % member})
    if since > on:
        raise ValidationError({"since": _("开始日期不能晚于今天。")})
    Congress.objects.select_for_update().get(pk=township.pk)  # two clerks at once: the second replaces the first
    last = TownshipTie.objects.filter(township=township).select_related("member__deputy").first()
    standing = last if last is not None and last.until is None else None
    if standing is not None and standing.member_id == member.pk:
        return standing
    if last is not None and since < (last.until or last.since):
        day = said(last.until or last.since)
        raise ValidationError({"since": _("开始日期不能早于%s，那时由别人挂钩联系。") % day})
    if standing is not None:
        _stop(standing, on=since)
    tie = TownshipTie.objects.create(township=township, member=member, since=since)
    facts = {
        "township": township.region, "member": f"{member}", "since": f"{since:%Y-%m-%d}", "seat": member.pk,
        "before": f"{standing.member}" if standing else "", "seat_before": standing.member_id if standing else None,
    }  # fmt: skip
    journal.record(township, "township.tie", by=by, on=on, facts=facts, congress=township)
    return tie


@transaction.atomic
def untie_township(tie, *, on, by):
    """Nobody looks after the township until somebody else is named; what was stays to be read (结束挂钩)."""
    Congress.objects.select_for_update().get(pk=tie.township_id)
    tie.refresh_from_db(fields=["until"])
    if tie.until is None:
        _stop(tie, on=max(on, tie.since))
        facts = {"township": tie.township.region, "member": f"{tie.member}", "seat": tie.member_id}
        journal.record(tie.township, "township.untie", by=by, on=on, facts=facts, congress=tie.township)


def untie_of(seat, *, on, by):
    """A seat has ended, or its holder has left the committee: the townships that he looked after have nobody."""
    ties = TownshipTie.objects.standing().filter(member=seat).select_related("township", "member__deputy")
    for tie in ties.order_by("pk"):
        untie_township(tie, on=on, by=by)


def _may_look_after(member):
    return member.is_standing_member and member.state == Mandate.State.ACTIVE


def _stop(tie, *, on):
    tie.until = on
    tie.save(update_fields=["until"])


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
