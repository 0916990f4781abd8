"""What training shows on the pages of others: an activity as a training, the hours of a deputy, what waits for him."""

from django.utils import timezone

from congress.procedure.panels import Panel, panel
from deputies.activities.models import Activity
from deputies.training import figures
from deputies.training.figures import Period, records_of_deputy
from deputies.training.models import Lesson, Quiz, Receipt


@panel("activities.detail", order=20)
class LessonPanel(Panel):
    """As what training an activity counts, and the way to say so."""

    template_name = "deputies/training/_lesson.html"

    def context(self, subject, *, reader):
        if not reader.has_perm("training.view", subject) or subject.state == Activity.State.CANCELLED:
            return None
        lesson = Lesson.objects.filter(activity=subject.pk).select_related("line").first()
        may_plan = reader.has_perm("training.keep", subject)
        if lesson is None and not may_plan:
            return None
        is_training = subject.kind in figures.TAUGHT
        return {"activity": subject, "lesson": lesson, "may_plan": may_plan, "is_training": is_training}


@panel("duties.archive", order=30)
class HoursPanel(Panel):
    """The hours of this year, beside the archive they are a part of."""

    template_name = "deputies/training/_hours.html"

    def context(self, subject, *, reader):
        year = timezone.localdate().year
        worth = list(records_of_deputy([subject.pk], Period.of_year(year)).values_list("worth", flat=True))
        return {"year": year, "times": len(worth), "hours": sum(worth)}


@panel("duties.mine", order=30)
class WaitingPanel(Panel):
    """What he has to read and to take; nothing where nothing waits."""

    template_name = "deputies/training/_waiting.html"

    def context(self, subject, *, reader):
        now = timezone.now()
        unread = Receipt.objects.of(reader).unopened().count()
        open_now = Quiz.objects.for_deputy(reader).filter(state=Quiz.State.OPEN, opens_at__lte=now, closes_at__gte=now)
        quizzes = open_now.exclude(attempts__mandate__deputy__user=reader, attempts__handed_in_at__isnull=False).count()
        return {"unread": unread, "quizzes": quizzes} if unread or quizzes else None
