"""Activities: who is called to what, who came, what was raised there (活动、邀请、签到、意见)."""

from deputies.activities.models.activity import Activity, ActivityQuerySet, Campaign
from deputies.activities.models.presence import Attendance, Guest, Invitation
from deputies.activities.models.raised import Raised

__all__ = ["Activity", "ActivityQuerySet", "Attendance", "Campaign", "Guest", "Invitation", "Raised"]
