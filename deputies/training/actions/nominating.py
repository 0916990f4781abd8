"""Putting a group forward as an advanced one of the year, with its learning before one's eyes (先进代表小组推荐)."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from congress.procedure import journal
from deputies.training.figures import Period, records_of, sessions_of
from deputies.training.models import Nomination


def trainings_of(group, year):
    """How often its members took part in a training of the year."""
    sessions = sessions_of(group.congress, Period.of_year(year))
    return records_of(sessions, group=group).count()


@transaction.atomic
def nominate(group, *, year, reason="", on, by):
    """Put a group forward (推荐); without a single training it takes a reason. Twice is once."""
    _must_keep(group, by)
    trainings = trainings_of(group, year)
    if not trainings and not reason.strip():
        raise ValidationError({"reason": _("这个小组全年没有参加培训，推荐须写明理由。")})
    try:
        with transaction.atomic():
            made = Nomination.objects.create(
                group=group, year=year, trainings=trainings, reason="" if trainings else reason.strip(), on=on, by=by
            )
    except IntegrityError:  # somebody was faster
        return Nomination.objects.get(group=group, year=year)
    _tell(group, "group.nominate", year=year, on=on, by=by)
    return made


@transaction.atomic
def withdraw(group, *, year, on, by):
    """Take it back (撤回推荐); the journal keeps both."""
    _must_keep(group, by)
    gone, _rows = Nomination.objects.filter(group=group, year=year).delete()
    if gone:
        _tell(group, "group.withdraw", year=year, on=on, by=by)
    return bool(gone)


def _must_keep(group, by):
    if not by.has_perm("training.keep", group):
        raise PermissionDenied("training.keep")


def _tell(group, verb, *, year, on, by):
    facts = {"who": by.name, "group": group.name, "year": year}
    journal.record(group, verb, by=by, on=on, facts=facts, congress=group.congress)
