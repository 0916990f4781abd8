"""Writing it up and closing it (纪要、归档)."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from congress.files.actions import store
from congress.procedure import journal
from deputies.activities.models import Raised
from deputies.activities.workflow import ACTIVITY


def add_photos(activity, photos, *, on, by):
    """Keep photos, cleaned of place and device already, with the activity (照片)."""
    with ACTIVITY.taking("add_photos", activity, by=by, on=on, facts={"count": len(photos)}):
        return [store(photo, congress=activity.congress, by=by, case=activity) for photo in photos]


def write_up(activity, *, minutes, on, by, version=None):
    """Keep the minutes (纪要)."""
    with ACTIVITY.taking("write_up", activity, by=by, on=on, version=version, minutes=minutes.strip()):
        return activity


def close(activity, *, report_heard=False, discussion_held=False, on, by, version=None):
    """Put it away (归档). An oversight activity where no report was heard, nothing discussed and no opinion passed on
    was none, and stays open."""
    forwarded = activity.raised.filter(kind=Raised.Kind.OPINION).exclude(state=Raised.State.NOTED).exists()
    checklist = {"report_heard": report_heard, "discussion_held": discussion_held, "opinions_forwarded": forwarded}
    if activity.is_oversight and not any(checklist.values()):
        raise ValidationError(_("听取汇报、座谈交流、转交代表意见三项都没有，不能归档。请补做并登记其中至少一项。"))
    with ACTIVITY.taking("close", activity, by=by, on=on, version=version, facts=checklist, checklist=checklist):
        return activity


def note_export(congress, *, count, what, by):
    """That a list of people left the portal stands in the journal of its congress."""
    journal.record(congress, "activity.export", by=by, facts={"count": count, "what": what}, congress=congress)
