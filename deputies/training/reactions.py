"""What training does after others' verbs, and who reads the papers of its library (会前学习随到会登记)."""

from congress.files.readers import papers_of
from congress.procedure.reactions import after
from deputies.training.actions.planning import follow_attendance
from deputies.training.models import Lesson, Material, QuestionImport, Receipt
from deputies.training.rules import kept_by


def _may_read(user, material_id):
    """Whoever has a copy, and whoever works on the library."""
    if Receipt.objects.of(user).filter(material=material_id).exists():
        return True
    return Material.objects.visible_to(user).filter(pk=material_id).exists()


def _keeps(user, import_id):
    return QuestionImport.objects.filter(pk=import_id, congress__in=kept_by(user)).exists()


papers_of(Material._meta.label_lower, may_read=_may_read)
papers_of(QuestionImport._meta.label_lower, may_read=_keeps)


@after("activity.hold", last=True)
@after("activity.mark", last=True)
def record_study(taken):
    """Whoever the list says was there has studied."""
    for lesson in Lesson.objects.filter(activity=taken.case.pk, study_hours__isnull=False).select_related("activity"):
        follow_attendance(lesson, on=taken.on, by=taken.by)


@after("duty.correct", last=True)
@after("duty.strike", last=True)
def record_study_again(taken):
    """Where a deputy's presence was corrected, what he studied there goes with it."""
    record = taken.case
    if record.source_kind != "activities.activity":
        return
    lessons = Lesson.objects.filter(activity=record.source_id, study_hours__isnull=False)
    for lesson in lessons.select_related("activity"):
        follow_attendance(lesson, on=taken.on, by=taken.by)
