"""Making public, withholding, showing who one is (公开、亮身份)."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from congress.portal.models import Profile, Publication
from congress.portal.workflow import PUBLICATION
from congress.procedure import journal
from suggestions.docket.models import Suggestion
from suggestions.promises.models import LookBack, Promise

S = Publication.State


def check_of(suggestion, part, look_back=None):
    """The check of one part of a suggestion; it stands as soon as somebody looks."""
    return Publication.objects.get_or_create(suggestion=suggestion, part=part, look_back=look_back)[0]


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
    through = suggestion.round_number if part == Publication.Part.REPLY else 0
    with PUBLICATION.taking(
        "publish", check, by=by, on=on, facts=facts, decided_on=on, reason="", through_round=through
    ):
        return check


@transaction.atomic
def withhold(suggestion, part, *, reason, on, by):
    """Keep this part from the public, and say why (国家秘密、个人隐私、代表认为不宜)."""
    if not reason.strip():
        raise ValidationError({"reason": _("请写明不予公开的理由。")})
    check = check_of(suggestion, part)
    facts = {"part": Publication.Part(part).label, "reason": reason.strip()}
    with PUBLICATION.taking(
        "withhold", check, by=by, on=on, facts=facts, decided_on=on, reason=reason.strip(), through_round=0
    ):
        return check


@transaction.atomic
def recheck(suggestion, *, on, by):
    """It is handled anew: what was public stays so, the replies to come are checked before they are (再审查)."""
    for check in Publication.objects.filter(suggestion=suggestion, part=Publication.Part.REPLY).exclude(
        state=S.PENDING
    ):
        day, facts = max(on, check.stepped_on or on), {"part": Publication.Part.REPLY.label}
        with PUBLICATION.taking("recheck", check, by=by, on=day, facts=facts, decided_on=None, reason=""):
            pass


@transaction.atomic
def take_down(suggestion, *, on, by):
    """The suggestion was taken back: nothing of it is public any more (撤下)."""
    for check in Publication.objects.readable().filter(suggestion=suggestion):
        day, facts = max(on, check.stepped_on or on), {"part": check.get_part_display()}
        reason = {"reason": _("建议已撤回"), "through_round": 0}
        with PUBLICATION.taking("take_down", check, by=by, on=day, facts=facts, decided_on=day, **reason):
            pass


@transaction.atomic
def publish_kept(look_back, *, on, by):
    """Show everybody what was done for a promise: the words and the photos that this look-back saw (兑现情况公开)."""
    promise = look_back.promise
    if not is_found_kept(look_back):
        raise ValidationError(_("“%s”：还没有兑现。") % promise.what)
    check = check_of(promise.suggestion, Publication.Part.KEPT, look_back)
    if check.state == Publication.State.PUBLISHED:
        return check
    facts = {"part": Publication.Part.KEPT.label}
    with PUBLICATION.taking("publish", check, by=by, on=on, facts=facts, decided_on=on, reason=""):
        return check


@transaction.atomic
def withhold_kept(look_back, *, reason, on, by):
    """Keep words and photos from the public; that the promise was kept stays to be read."""
    if not reason.strip():
        raise ValidationError({"reason": _("请写明不予公开的理由。")})
    check = check_of(look_back.promise.suggestion, Publication.Part.KEPT, look_back)
    facts = {"part": Publication.Part.KEPT.label, "reason": reason.strip()}
    with PUBLICATION.taking("withhold", check, by=by, on=on, facts=facts, decided_on=on, reason=reason.strip()):
        return check


def is_found_kept(look_back):
    """Whether it is the last look at a promise that stands as kept."""
    promise = look_back.promise
    last = promise.look_backs.exclude(outcome="").first()
    return promise.state == promise.State.KEPT and last == look_back


@transaction.atomic
def show(mandate, *, introduction="", basis="", on, by):
    """The deputy shows who he is: his page and his code open (亮身份).

    It is his own offer: where the office does it for him, `basis` says on which written word of his.
    """
    profile = Profile.objects.get_or_create(mandate=mandate)[0]
    if not by.has_perm("portal.show", profile):
        raise PermissionDenied("portal.show")
    is_own = mandate.deputy.user_id == by.pk
    if not is_own and not basis.strip():
        raise ValidationError({"basis": _("请写明依据：代表本人什么时候、以什么方式书面同意的。")})
    was_shown, since = profile.is_shown, profile.shown_since
    profile.is_shown, profile.introduction = True, introduction
    profile.shown_since = since if was_shown else on
    profile.save()
    if not is_own:
        facts = {"who": str(mandate), "basis": basis.strip()}
        journal.record(mandate, "profile.show_for", by=by, on=on, facts=facts)
    elif not was_shown:
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


def note_cards(congress, *, count, what, by):
    """Contact cards that leave the house stand in the journal of the congress."""
    facts = {"count": count, "what": what}
    journal.record(congress, "profile.cards", by=by, facts=facts, congress=congress)


def to_check(congresses):
    """Accepted suggestions with a part that nobody has decided yet."""
    undecided = Suggestion.objects.filter(congress__in=congresses, state__in=Suggestion.ACCEPTED)
    decided = Publication.objects.exclude(state=Publication.State.PENDING)
    texts = decided.filter(part=Publication.Part.TEXT).values("suggestion")
    replies = decided.filter(part=Publication.Part.REPLY).values("suggestion")
    return (undecided.filter(wishes_publication=True).exclude(pk__in=texts)) | (
        undecided.filter(replied_on__isnull=False).exclude(pk__in=replies)
    )


def kept_to_check(congresses):
    """The last look-backs of kept promises whose words and photos nobody has decided on yet."""
    return _found_kept(congresses).exclude(publication__state__in=[S.PUBLISHED, S.WITHHELD])


def kept_decided(congresses):
    return _found_kept(congresses).filter(publication__state__in=[S.PUBLISHED, S.WITHHELD])


def _found_kept(congresses):
    later = LookBack.objects.filter(promise=OuterRef("promise"), pk__gt=OuterRef("pk")).exclude(outcome="")
    found = LookBack.objects.filter(outcome=LookBack.Outcome.KEPT, promise__state=Promise.State.KEPT)
    return found.filter(~Exists(later), promise__congress__in=congresses)
