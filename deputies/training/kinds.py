"""The kinds of training, and whom a training, a paper or a quiz is meant for (培训类型、培训对象)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a training is for (培训类型)."""

    ONBOARDING = "onboarding", _("岗前培训")
    IN_TERM = "in_term", _("岗中培训")
    CENTRALISED = "centralised", _("集中培训")
    THEMATIC = "thematic", _("专题培训")
    PRE_MEETING = "pre_meeting", _("会前学习")
    PRE_GROUP = "pre_group", _("小组活动前学习")
    EXCHANGE = "exchange", _("经验交流")


STUDIES = frozenset({Kind.PRE_MEETING, Kind.PRE_GROUP})
"""Held as a part of another activity: who signed in there has studied there."""

UNSORTED_LABEL = _("未归类")
"""A training that nobody has put to a kind yet."""
