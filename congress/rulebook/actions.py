"""What is decided about rules and the calendar (选用口径、本级口径、放假安排). Clocks are moved one floor above."""

import datetime as dt
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from congress.rulebook.book import NATIONAL, Book
from congress.rulebook.codes import code_of
from congress.rulebook.models import CalendarDay, CalendarYear, CongressProfile, RuleOverride, Unit


def choose_profile(congress, *, profile, effective_from, ground):
    """A congress follows a profile from a day on (选用口径); the same day again replaces the choice."""
    return CongressProfile.objects.update_or_create(
        congress=congress, effective_from=effective_from, defaults={"profile": profile, "ground": ground}
    )[0]


def override_rule(congress, *, code, unit, value, article, effective_from):
    """A congress sets a value of its own from a day on (本级口径)."""
    if unit not in code_of(code).units:
        raise ValidationError({"unit": _("这一项不能用这个单位。")})
    _keep_within_the_law(congress, code, unit, value, effective_from)
    return RuleOverride.objects.update_or_create(
        congress=congress,
        code=code,
        effective_from=effective_from,
        defaults={"unit": unit, "value": value, "article": article},
    )[0]


def drop_override(override):
    """Take an own value back; what the profile says counts again (撤销本级口径)."""
    RuleOverride.objects.filter(pk=override.pk).delete()


def set_day(day, *, is_workday, name, source):
    """Mark a day as holiday or as worked (登记放假、调休)."""
    return CalendarDay.objects.update_or_create(
        date=day, defaults={"is_workday": is_workday, "name": name, "source": source}
    )[0]


def clear_day(day):
    """Let a day follow the plain week again (取消登记)."""
    CalendarDay.objects.filter(date=day).delete()


def publish_year(year, *, is_published, source):
    """Say whether the notice of a year is entered in full (放假安排已公布)."""
    return CalendarYear.objects.update_or_create(year=year, defaults={"is_published": is_published, "source": source})[
        0
    ]


@transaction.atomic
def import_year(year, days, *, source):
    """Replace a whole year by its notice (导入放假安排); `days` are (date, is_workday, name)."""
    CalendarDay.objects.filter(date__year=year).delete()
    CalendarDay.objects.bulk_create(
        CalendarDay(date=day, is_workday=is_workday, name=name, source=source) for day, is_workday, name in days
    )
    publish_year(year, is_published=True, source=source)


def _keep_within_the_law(congress, code, unit, value, day):
    """What national law itself fixes: a period may be made shorter, never longer; a number is what it is."""
    book = Book.of_profile(NATIONAL, level=Book.level_of(congress))
    statutory = book.on(day).rule(code)
    if statutory.is_product_default or unit in {Unit.TEXT, Unit.CALENDAR_DATE, Unit.CHOICE}:
        return
    said = {"article": statutory.article, "value": statutory.value}
    if not code_of(code).is_period:
        if value != statutory.value:
            raise ValidationError({"value": _("%(article)s已有规定，不能改动。") % said})
        return
    own = replace(statutory, unit=unit, value=value)
    for start in (dt.date(day.year, month, 1) for month in range(1, 13)):
        if book.reckon(own, start=start).due_on > book.reckon(statutory, start=start).due_on:
            raise ValidationError({"value": _("不能比%(article)s规定的期限更长。") % said})
