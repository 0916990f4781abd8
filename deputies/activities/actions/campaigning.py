"""Keeping what several activities belong to, and closing a drive (主题活动、人大品牌、专项行动)."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from congress.kit.fingerprints import fingerprint
from congress.procedure import journal
from deputies.activities.models import Campaign


def mark_of_campaign(campaign):
    """What changes as soon as something that its form shows does."""
    shown = ("kind", "stage", "name", "theme", "starts_on", "ends_on", "outcome", "hears_residents", "is_published")
    return fingerprint([getattr(campaign, name) for name in shown])


@transaction.atomic
def keep_campaign(campaign, *, on, by, shown=""):
    """Write a campaign, a topic, a project, a brand or a drive, new or changed (主题活动、人大品牌、专项行动).

    `shown` is the mark of what the page showed: it writes over nothing that it has not shown.
    """
    if shown and shown != mark_of_campaign(Campaign.objects.select_for_update().get(pk=campaign.pk)):
        raise ValidationError(_("这个主题活动已经被别人改过，请重新打开这一页再改。"))
    campaign.save()
    facts = {"name": campaign.name, "stage": campaign.stage, "is_published": campaign.is_published}
    journal.record(campaign, "campaign.keep", by=by, on=on, facts=facts)
    return campaign


@transaction.atomic
def close_campaign(drive, *, outcome="", on, by):
    """End a drive with what came of it (结束专项行动): nothing more is put to it. Ended already, it stays as it is."""
    fresh = _drive(drive, by=by)
    if fresh.closed_on is None:
        fresh.closed_on, fresh.outcome = on, outcome.strip() or fresh.outcome
        fresh.save(update_fields=["closed_on", "outcome"])
        journal.record(fresh, "campaign.close", by=by, on=on, facts={"name": fresh.name, "outcome": fresh.outcome})
    return fresh


@transaction.atomic
def reopen_campaign(drive, *, on, by):
    """Take the end of a drive back (恢复专项行动), for what still has to be put to it."""
    fresh = _drive(drive, by=by)
    if fresh.closed_on is not None:
        fresh.closed_on = None
        fresh.save(update_fields=["closed_on"])
        journal.record(fresh, "campaign.reopen", by=by, on=on, facts={"name": fresh.name})
    return fresh


def _drive(drive, *, by):
    """As it stands now, held until this is done."""
    if not (drive.is_drive and by.has_perm("activities.keep_campaign", drive)):
        raise PermissionDenied("activities.keep_campaign")
    return Campaign.objects.select_for_update().get(pk=drive.pk)
