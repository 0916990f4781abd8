"""How a quota colours itself: the number, its goal, and the days between which it is to be done (绿、黄、红)."""

from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from congress.kit.periods import quarter_of


class Light(models.TextChoices):
    """The values are the marks of the interface; the words stand beside them, a colour never speaks alone."""

    DONE = "done", _("绿 已完成")
    SOON = "wait", _("黄 抓紧")
    LATE = "late", _("红 欠")
    RUNNING = "run", _("进行中")
    AHEAD = "draft", _("未到")


def light_of(count, goal, *, begins, due, on, warning_days):
    """The colour of one quota on one day: red from the day after its last, amber in the days before it."""
    if count >= goal:
        return Light.DONE
    if on > due:
        return Light.LATE
    if on < begins:
        return Light.AHEAD
    return Light.SOON if on > due - timedelta(days=warning_days) else Light.RUNNING


def light_of_year(count, goal, *, year, due, on, warning_days):
    """The same for a number that is to be reached over the year: amber too when it lags behind the quarters gone by."""
    light = light_of(count, goal, begins=date(year, 1, 1), due=due, on=on, warning_days=warning_days)
    gone = quarter_of(on) - 1 if on.year == year else 0
    return Light.SOON if light == Light.RUNNING and count < goal * gone // 4 else light
