"""What the office puts down by a sheet, where no activity in the portal did (填登记表)."""

import re

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from deputies.duties.actions.registering import Performed, register
from deputies.duties.kinds import FROM_PAPERS
from deputies.duties.models import DutyRecord, Sheet
from deputies.duties.suspensions import suspended_on
from deputies.roll.models import Mandate

Outcome = DutyRecord.Outcome
_BETWEEN = re.compile(r"[\n\r、,，;；]+")
_SAID = re.compile(r"[\s（(]*(请假|缺席)[)）\s]*$")
_OUTCOMES = {"请假": Outcome.LEAVE, "缺席": Outcome.ABSENT}


@transaction.atomic
def enter(congress, *, kind, title, held_on, place="", quantity=1, hours=None, names, key, on, by):
    """Put down one event with the deputies whom it concerns; each of them checks his row as with any other.

    `names` are names or certificate numbers, with 请假 or 缺席 behind who did not come; `key` is that of the form.
    """
    if not by.has_perm("duties.enter", congress):
        raise PermissionDenied("duties.enter")
    known = Sheet.objects.filter(congress=congress, request_key=key).first()
    if known is not None:
        return known
    if held_on > on:
        raise ValidationError({"held_on": _("日期不能晚于今天。")})
    if kind in FROM_PAPERS:
        raise ValidationError({"kind": _("议案和建议立案后自动记入，不用登记。")})
    outcomes = read_names(congress, names)
    if early := "、".join(str(seat) for seat in outcomes if held_on < seat.started_on):
        raise ValidationError({"held_on": _("这一天%s还不是这一届的代表，请核对日期。") % early})
    if away := suspended_on(held_on, [seat.pk for seat in outcomes]):
        told = "、".join(str(seat) for seat in outcomes if seat.pk in away)
        raise ValidationError({"names": _("%s在暂停执行代表职务期间，不登记履职。") % told})
    sheet = Sheet.objects.create(
        congress=congress, kind=kind, title=title, place=place, held_on=held_on, created_by=by, request_key=key
    )
    rows = [Performed(seat.pk, outcome, quantity, hours) for seat, outcome in outcomes.items()]
    register(sheet, kind, rows, title=title, held_on=held_on, place=place, on=on, by=by)
    return sheet


def read_names(congress, text):
    """{seat: outcome} of the sitting deputies named; ValidationError that says which names nobody or several bear."""
    by_word = {}
    seats = Mandate.objects.filter(congress=congress, state__in=Mandate.HELD).select_related("deputy")
    for seat in seats:
        by_word.setdefault(_squeezed(seat.deputy.name), []).append(seat)
        if seat.certificate_number:
            by_word[seat.certificate_number] = [seat]
    outcomes, unknown, shared = {}, [], []
    for part in _BETWEEN.split(text):
        said = _SAID.search(part)
        word = _squeezed(part[: said.start()] if said else part)
        if not word:
            continue
        found = by_word.get(word, [])
        if len(found) == 1:
            outcomes[found[0]] = _OUTCOMES[said[1]] if said else Outcome.DONE
        else:
            (shared if found else unknown).append(word)
    errors = []
    if unknown:
        errors.append(_("名册里没有：%s。") % "、".join(unknown[:10]))
    if shared:
        errors.append(_("有同名的代表，请写代表证号：%s。") % "、".join(shared[:10]))
    if not outcomes and not errors:
        errors.append(_("请写代表姓名。"))
    if errors:
        raise ValidationError({"names": errors})
    return outcomes


def _squeezed(name):
    """张 三 is 张三."""
    return re.sub(r"\s+", "", name)
