"""What the NPC office does before assignment: register, return, refuse; and correct afterwards (审)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from congress.deadlines import actions as clocks
from deputies.activities import drives
from deputies.roll.models import Mandate
from suggestions.docket import search
from suggestions.docket.models import BETWEEN_PREFIX, MOTION_PREFIX, NumberSeries, Suggestion
from suggestions.docket.workflow import CASE


@transaction.atomic
def register(
    suggestion, *, category=None, printed_number="", on, by, version=None, on_behalf_of=None, request_key="", **filed
):
    """Accept the suggestion as a case and give it its number (立案); a printed number is kept as printed.

    `filed` names the drive to which it belongs, or none, where the clerk was asked (`campaign`).
    """
    drives.check(filed.get("campaign"), [suggestion.congress_id], before=suggestion.campaign_id)
    serial, number = _give_number(suggestion, printed_number.strip())
    with CASE.taking(
        "register",
        suggestion,
        by=by,
        on=on,
        version=version,
        on_behalf_of=on_behalf_of,
        request_key=request_key,
        serial=serial,
        printed_number=number,
        category=category or suggestion.category,
        registered_on=on,
        holder=suggestion.congress,
        **filed,
    ) as taken:
        taken.facts.update(who=_office(suggestion), number=numbered(suggestion))
        taken.facts.update({name: str(drive or "") for name, drive in filed.items()})
        clocks.meet("accept_notice", suggestion, on=on, by=by)
        in_session = suggestion.period == Suggestion.Period.IN_SESSION
        clocks.start(
            "assign_session" if in_session else "assign",
            suggestion,
            on=suggestion.session.closed_on if in_session else suggestion.submitted_on,
            by=by,
            holder=suggestion.congress,
        )
    search.index(suggestion)
    return suggestion


def _give_number(suggestion, printed):
    """(serial, number as printed): the paper's own number, or the next of the series; its row makes others wait."""
    wanted = _serial_on(printed)
    series = NumberSeries.objects.get_or_create(
        session=suggestion.session, kind=suggestion.kind, period=suggestion.period
    )[0]
    mine = NumberSeries.objects.filter(pk=series.pk)
    mine.update(last=Greatest("last", wanted) if wanted else F("last") + 1)
    serial = wanted or mine.get().last
    if wanted and _bearing(suggestion, serial=serial).exists():
        raise ValidationError({"printed_number": _("编号 %s 已经给了别的件，请核对。") % printed})
    return serial, printed or printed_as(suggestion, serial)


def _serial_on(printed):
    """The place in the series that a printed number takes; one of another pattern takes the next."""
    found = search.NUMBER.match(printed)
    return int(found[2]) if found else None


def _bearing(suggestion, **where):
    series = {"session": suggestion.session, "kind": suggestion.kind, "period": suggestion.period}
    return Suggestion.objects.filter(**series, **where).exclude(pk=suggestion.pk)


def next_number(suggestion):
    """The number that the case would get now, as it would be printed."""
    series = {"session": suggestion.session, "kind": suggestion.kind, "period": suggestion.period}
    last = NumberSeries.objects.filter(**series).values_list("last", flat=True).first()
    return printed_as(suggestion, (last or 0) + 1)


def printed_as(suggestion, serial):
    """The number as it is printed: 86; 闭9 between sessions; 议3 in the motions' own series."""
    prefix = MOTION_PREFIX if suggestion.is_motion else ""
    if suggestion.period == Suggestion.Period.BETWEEN:
        prefix = f"{BETWEEN_PREFIX}{prefix}"
    return f"{prefix}{serial}"


def numbered(suggestion):
    """The number as an official says it."""
    return suggestion.said_number


def return_for_revision(suggestion, *, codes, reason, on, by, version=None, on_behalf_of=None):
    """Send it back to the deputy with reason codes and words (退回修改)."""
    return _refuse("return", suggestion, codes, reason, on=on, by=by, version=version, on_behalf_of=on_behalf_of)


def reject(suggestion, *, codes, reason, on, by, version=None, on_behalf_of=None):
    """It is no suggestion in the sense of the law; the deputy is told why (不予受理)."""
    return _refuse("reject", suggestion, codes, reason, on=on, by=by, version=version, on_behalf_of=on_behalf_of)


def turn_to_letter(suggestion, *, codes, reason, on, by, version=None, on_behalf_of=None):
    """Treat it as a letter of the deputy instead (转代表来信)."""
    return _refuse(
        "turn_to_letter", suggestion, codes, reason, on=on, by=by, version=version, on_behalf_of=on_behalf_of
    )


@transaction.atomic
def _refuse(step, suggestion, codes, reason, *, on, by, version, on_behalf_of):
    if not codes:
        raise ValidationError({"codes": _("请选择理由。")})
    if not reason.strip():
        raise ValidationError({"reason": _("请写明理由，代表看得到。")})
    fields = {"lead": _who_revises(suggestion)} if step == "return" else {"closed_on": on}
    with CASE.taking(
        step, suggestion, by=by, on=on, version=version, on_behalf_of=on_behalf_of, holder=None, **fields
    ) as taken:
        taken.facts.update(who=_office(suggestion), codes=list(codes), reason=reason)
        clocks.meet("accept_notice", suggestion, on=on, by=by)
    return suggestion


def _who_revises(suggestion):
    """The seat that goes on with what is sent back: a term may have ended since it was submitted (届满、连任)."""
    seat = suggestion.lead
    if seat.state == Mandate.State.ACTIVE:
        return seat
    following = seat.followed_by()
    if following is None:
        problem = _("%s代表现在不能执行代表职务，退回以后没有人修改。可以不予受理，或者转代表来信。")
        raise ValidationError(problem % seat.deputy.name)
    return following


@transaction.atomic
def correct(suggestion, *, changes, reason, on, by, version=None, request_key=""):
    """Mend title, category, drive or number after registration (更正); before and after stand in the journal.

    `version` is that of the page: what somebody else has mended since is not undone unread.
    """
    before = {name: getattr(suggestion, name) for name in changes}
    changed = {name: value for name, value in changes.items() if before[name] != value}
    if not changed:
        raise ValidationError(_("没有改动。"))
    drives.check(changed.get("campaign"), [suggestion.congress_id])
    serial = {}
    if "printed_number" in changed and suggestion.serial:
        serial = {"serial": _give_number(suggestion, changed["printed_number"])[0]}
    words = "；".join(
        _("%(field)s由“%(old)s”改为“%(new)s”")
        % {"field": Suggestion._meta.get_field(name).verbose_name, "old": before[name] or "", "new": value or ""}
        for name, value in changed.items()
    )
    told = {"by": by, "on": on, "version": version, "request_key": request_key}
    with CASE.taking("correct", suggestion, **told, **changed, **serial) as taken:
        taken.facts.update(
            who=_office(suggestion),
            changes=words,
            reason=reason,
            before={name: str(before[name] or "") for name in changed},
            after={name: str(value or "") for name, value in changed.items()},
        )
    search.index(suggestion)
    return suggestion


def _office(suggestion):
    return suggestion.congress.office_name
