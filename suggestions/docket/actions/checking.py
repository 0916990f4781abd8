"""What the NPC office does before assignment: register, return, refuse; and correct afterwards (审)."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from congress.deadlines import actions as clocks
from suggestions.docket import search
from suggestions.docket.models import BETWEEN_PREFIX, MOTION_PREFIX, NumberSeries, Suggestion
from suggestions.docket.workflow import CASE


@transaction.atomic
def register(suggestion, *, category=None, printed_number="", on, by, version=None, on_behalf_of=None, request_key=""):
    """Accept the suggestion as a case and give it its number (立案); a printed number is kept as printed."""
    serial = _next_number(suggestion)
    number = printed_number.strip() or _printed(suggestion, serial)
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
    ) as taken:
        taken.facts.update(who=_office(suggestion), number=numbered(suggestion))
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


def _next_number(suggestion):
    """Count on in the series of the session; its row makes a second clerk wait."""
    key = {"session": suggestion.session, "kind": suggestion.kind, "period": suggestion.period}
    series = NumberSeries.objects.filter(**key)
    if not series.update(last=F("last") + 1):
        try:
            with transaction.atomic():
                return NumberSeries.objects.create(**key, last=1).last
        except IntegrityError:  # the series was opened a moment ago
            series.update(last=F("last") + 1)
    return series.get().last


def _printed(suggestion, serial):
    prefix = MOTION_PREFIX if suggestion.is_motion else ""
    if suggestion.period == Suggestion.Period.BETWEEN:
        prefix = f"{BETWEEN_PREFIX}{prefix}"
    return f"{prefix}{serial}"


def numbered(suggestion):
    """The number as an official says it: 第 86 号; a printed one that says so itself is left alone."""
    number = suggestion.printed_number
    return number if not number or number.startswith("第") else _("第 %s 号") % number


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
    final = {} if step == "return" else {"closed_on": on}
    with CASE.taking(
        step, suggestion, by=by, on=on, version=version, on_behalf_of=on_behalf_of, holder=None, **final
    ) as taken:
        taken.facts.update(who=_office(suggestion), codes=list(codes), reason=reason)
        clocks.meet("accept_notice", suggestion, on=on, by=by)
    return suggestion


@transaction.atomic
def correct(suggestion, *, changes, reason, on, by, request_key=""):
    """Mend title, category or number after registration (更正); before and after stand in the journal."""
    before = {name: getattr(suggestion, name) for name in changes}
    changed = {name: value for name, value in changes.items() if before[name] != value}
    if not changed:
        raise ValidationError(_("没有改动。"))
    words = "；".join(
        _("%(field)s由“%(old)s”改为“%(new)s”")
        % {"field": Suggestion._meta.get_field(name).verbose_name, "old": before[name] or "", "new": value or ""}
        for name, value in changed.items()
    )
    with CASE.taking("correct", suggestion, by=by, on=on, request_key=request_key, **changed) as taken:
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
