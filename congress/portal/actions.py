"""Making public, withholding, showing who one is (公开、亮身份)."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from congress.portal.models import Profile, Publication
from congress.portal.workflow import PUBLICATION
from congress.procedure import journal
from suggestions.docket.models import Suggestion


def check_of(suggestion, part):
    """The check of one part of a suggestion; it stands as soon as somebody looks."""
    return Publication.objects.get_or_create(suggestion=suggestion, part=part)[0]


@transaction.atomic
def publish(suggestion, part, *, on, by):
    """Show this part to everybody. A deputy who asked for protection, or does not agree, is not overruled."""
    if part == Publication.Part.TEXT and not suggestion.wishes_publication:
        raise ValidationError(_("《%s》：代表不同意公开。") % suggestion.title)
    if part == Publication.Part.REPLY and suggestion.replied_on is None:
        raise ValidationError(_("《%s》：还没有答复。") % suggestion.title)
    check = check_of(suggestion, part)
    if check.state == Publication.State.PUBLISHED:
        return check
    facts = {"part": Publication.Part(part).label}
    with PUBLICATION.taking("publish", check, by=by, on=on, facts=facts, decided_on=on, reason=""):
        return check


@transaction.atomic
def withhold(suggestion, part, *, reason, on, by):
    """Keep this part from the public, and say why (国家秘密、个人隐私、代表认为不宜)."""
    if not reason.strip():
        raise ValidationError({"reason": _("请写明不予公开的理由。")})
    check = check_of(suggestion, part)
    facts = {"part": Publication.Part(part).label, "reason": reason.strip()}
    with PUBLICATION.taking("withhold", check, by=by, on=on, facts=facts, decided_on=on, reason=reason.strip()):
        return check


@transaction.atomic
def show(mandate, *, introduction="", on, by):
    """The deputy shows who he is: his page and his code open (亮身份)."""
    profile = Profile.objects.get_or_create(mandate=mandate)[0]
    if not by.has_perm("portal.show", profile):
        raise PermissionDenied("portal.show")
    was_shown, since = profile.is_shown, profile.shown_since
    profile.is_shown, profile.introduction = True, introduction
    profile.shown_since = since if was_shown else on
    profile.save()
    if not was_shown:
        journal.record(mandate, "profile.show", by=by, on=on, facts={"who": str(mandate)})
    return profile


@transaction.atomic
def hide(mandate, *, on, by):
    """He closes his page again; the code leads to the station then."""
    profile = Profile.objects.filter(mandate=mandate, is_shown=True).first()
    if profile is None:
        return
    if not by.has_perm("portal.show", profile):
        raise PermissionDenied("portal.show")
    profile.is_shown = False
    profile.save(update_fields=["is_shown"])
    journal.record(mandate, "profile.hide", by=by, on=on, facts={"who": str(mandate)})


def to_check(congresses):
    """Accepted suggestions with a part that nobody has decided yet."""
    undecided = Suggestion.objects.filter(congress__in=congresses, state__in=Suggestion.ACCEPTED)
    decided = Publication.objects.exclude(state=Publication.State.PENDING)
    texts = decided.filter(part=Publication.Part.TEXT).values("suggestion")
    replies = decided.filter(part=Publication.Part.REPLY).values("suggestion")
    return (undecided.filter(wishes_publication=True).exclude(pk__in=texts)) | (
        undecided.filter(replied_on__isnull=False).exclude(pk__in=replies)
    )
