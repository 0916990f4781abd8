"""The year's plan: its lines, its adoption, and which activities were its sessions (计划、场次)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from congress.organs.roles import Role
from congress.procedure import journal
from congress.procedure.models import Entry
from deputies.activities import actions as activities
from deputies.activities.kinds import Kind as ActivityKind
from deputies.activities.models import Attendance, Guest
from deputies.duties.actions import Performed, register, withdraw
from deputies.duties.kinds import Kind as Duty
from deputies.duties.models import DutyRecord
from deputies.roll.models import Mandate
from deputies.training.kinds import STUDIES, Kind
from deputies.training.models import Lesson, PlanLine, TrainingPlan
from deputies.training.people import places_reached, seats_reached
from deputies.training.workflow import PLAN


def plan_of(congress, year):
    """The plan of a year; drawn up when its first line is written."""
    plan, _new = TrainingPlan.objects.get_or_create(congress=congress, year=year)
    return plan


@transaction.atomic
def keep_line(line, *, groups=(), on, by):
    """Write one line of the plan; a plan that was adopted is mended in the open (计划项目)."""
    if line.plan_id is None:
        raise ValidationError(_("请先选年度。"))
    line.save()
    line.groups.set(groups)
    journal.record(
        line.plan, "training.line", by=by, on=on, facts={"who": by.name, "theme": line.theme, "line": line.pk}
    )
    return line


@transaction.atomic
def remove_line(line, *, on, by):
    """Take a line out of the plan; one that was held stays (删去)."""
    if line.lessons.exists():
        raise ValidationError(_("这一项已经组织过培训，不能删去。"))
    plan, theme = line.plan, line.theme
    line.delete()
    journal.record(plan, "training.unline", by=by, on=on, facts={"who": by.name, "theme": theme})


def adopt(plan, *, on, by, version):
    """Issue the plan (印发); a plan without a line says nothing."""
    if not plan.lines.exists():
        raise ValidationError(_("计划里还没有项目，先写一项再印发。"))
    with PLAN.taking("adopt", plan, by=by, on=on, version=version, adopted_on=on, facts={"year": plan.year}) as taken:
        taken.facts["who"] = by.name


def reopen(plan, *, on, by, version):
    """Take the plan back to be changed (修订)."""
    with PLAN.taking("reopen", plan, by=by, on=on, version=version, facts={"who": by.name}):
        pass


class AlreadyHeld(ValidationError):
    """This very session was made before, by a button pressed twice."""


def key_of(line):
    """One key for each session of a line: the next one has another, also after one was given to another line."""
    made = Entry.objects.filter(verb="activity.plan", request_key__startswith=f"line-{line.pk}-")
    return f"line-{line.pk}-{made.count()}"


@transaction.atomic
def hold(line, *, title, place, starts_at, ends_at, delegations=(), on, by, request_key=""):
    """Make an activity of a line (按计划组织): a training in preparation, to which the line's deputies are called.

    `delegations` narrows them to a round in one township: its delegation, and the deputies of the township itself.
    """
    PlanLine.objects.select_for_update().get(pk=line.pk)
    if request_key and request_key != key_of(line):
        raise AlreadyHeld(_("这一场已经组织过了，没有重复建立。"))
    groups = list(line.groups.all())
    activity = activities.plan(
        congress=line.congress,
        organ=line.congress.organ_ptr,
        kind=ActivityKind.EXCHANGE if line.kind == Kind.EXCHANGE else ActivityKind.TRAINING,
        title=title,
        theme=line.theme,
        place=place,
        starts_at=starts_at,
        ends_at=ends_at,
        groups=groups,
        hours=line.hours,
        channel=line.channel,
        on=on,
        by=by,
        request_key=request_key,
    )
    Lesson.objects.create(activity=activity, line=line, kind=line.kind)
    activities.invite(activity, seats_called(line, delegations), on=on, by=by)
    _list_guests(activity, line, on=on)
    journal.record(line.plan, "training.hold", by=by, on=on, facts={"who": by.name, "theme": title})
    return activity


def _list_guests(activity, line, *, on):
    """Staff and keepers of the audience stand on the list as guests, apart from the deputies; each person once."""
    sits = activity.invitations.filter(mandate__deputy__user__isnull=False).values("mandate__deputy__user")
    places = places_reached(line, on=on).exclude(user__in=sits).select_related("user", "organ").order_by("user", "pk")
    persons = {}
    for place in places:
        persons.setdefault(place.user_id, place)
    Guest.objects.bulk_create(
        [
            Guest(
                activity=activity,
                kind=Guest.Kind.LIAISON_OFFICER if place.role == Role.STATION_KEEPER else Guest.Kind.OFFICIAL,
                name=place.user.name,
                unit=f"{place.organ}{place.title}"[:100],
            )
            for place in persons.values()
        ],
        ignore_conflicts=True,
    )


def seats_called(line, delegations=()):
    """The seats that a session of a line calls."""
    seats = [seat for seat, _account in seats_reached(line)]
    if not delegations:
        return seats
    townships = [each.township_id for each in delegations if each.township_id]
    here = Q(delegation__in=delegations) | Q(congress__in=townships)
    return list(Mandate.objects.filter(here, pk__in=seats).values_list("pk", flat=True))


@transaction.atomic
def note_lesson(activity, *, kind, line=None, study_hours=None, on, by):
    """Say of an activity that it is a training session, of which kind, and of which line (列为培训场次).

    Of a training it only says the kind. Of a meeting or a group activity it says that a study is held there: whoever
    is on its attendance list has studied, and nobody writes a second list.
    """
    is_training = activity.kind in {ActivityKind.TRAINING, ActivityKind.EXCHANGE}
    if not is_training and kind not in STUDIES:
        raise ValidationError({"kind": _("会议和活动里的学习只能列为会前学习、小组活动前学习。")})
    if not is_training and not study_hours:
        raise ValidationError({"study_hours": _("请填写学习占多少学时。")})
    lesson, _new = Lesson.objects.update_or_create(
        activity=activity,
        defaults={"kind": kind, "line": line, "study_hours": None if is_training else study_hours},
    )
    facts = {"who": by.name, "kind": str(Kind(kind).label)}
    journal.record(activity, "training.lesson", by=by, on=on, facts=facts)
    follow_attendance(lesson, on=on, by=by)
    return lesson


def follow_attendance(lesson, *, on, by):
    """The duty of a study held inside something else follows its attendance list, row by row; nobody types it.

    A training of its own needs none of it: its organiser's list makes the duty.
    """
    activity = lesson.activity
    if not lesson.study_hours or activity.state not in {activity.State.HELD, activity.State.CLOSED}:
        return
    present = set(activity.attendances.filter(outcome=Attendance.Outcome.PRESENT).values_list("mandate", flat=True))
    standing = DutyRecord.objects.filter(
        source_kind=lesson._meta.label_lower, source_id=lesson.pk, kind=Duty.TRAINING
    ).exclude(state=DutyRecord.State.STRUCK)
    gone = set(standing.values_list("mandate", flat=True)) - present
    rows = [Performed(seat, hours=lesson.study_hours) for seat in sorted(present)]
    title = _("%(kind)s：%(theme)s") % {"kind": Kind(lesson.kind).label, "theme": activity.theme}
    place, held_on = activity.place, activity.held_on
    register(lesson, Duty.TRAINING, rows, title=title, held_on=held_on, place=place, on=on, by=by, settled=True)
    withdraw(lesson, Duty.TRAINING, sorted(gone), on=on, by=by)
