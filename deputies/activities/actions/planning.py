"""Planning an activity, changing it, and passing its theme (筹备、修改、主题审定)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from congress.organs.models import Term
from congress.procedure import journal, once
from deputies.activities.actions.duties import rewrite_duties
from deputies.activities.kinds import DUTY_OF, SESSION_AGENDA, Kind
from deputies.activities.models import Activity
from deputies.activities.workflow import ACTIVITY
from deputies.duties import actions as duties

S = Activity.State


def plan(*, congress, organ, kind, title, theme, place, starts_at, ends_at, groups=(), on, by, request_key="", **more):
    """Begin an activity in preparation (筹备); every one has a theme (四个一 ②).

    `more` are its other fields. Several groups may hold it together, and it counts for each of them; the leader who
    guides the first of them that has one must pass the theme.
    """
    with once.making("activity", request_key, by=by) as sent:
        if sent.made:
            return Activity.objects.get(pk=sent.made)
        fields = {"kind": kind, "title": title, "theme": theme, "place": place}
        fields |= {"starts_at": starts_at, "ends_at": ends_at}
        activity = Activity(congress=congress, organ=organ, created_by=by, **fields, **more)
        _settle(activity, groups)
        if activity.kind == Kind.SESSION and not activity.agenda.strip():
            activity.agenda = "\n".join(f"{number}. {item}" for number, item in enumerate(SESSION_AGENDA, start=1))
        activity.save()
        activity.groups.set(groups)
        journal.record(activity, "activity.plan", by=by, on=on, request_key=request_key)
        sent.made = activity.pk
    return activity


def request(*, congress, organ, on, by, request_key="", **fields):
    """A department asks to hold something with deputies; the office allows it and picks them (外单位邀请代表的审批)."""
    with once.making("activity", request_key, by=by) as sent:
        if sent.made:
            return Activity.objects.get(pk=sent.made)
        activity = Activity(congress=congress, organ=organ, created_by=by, state=S.REQUESTED, **fields)
        _settle(activity, ())
        activity.save()
        journal.record(activity, "activity.request", by=by, on=on, request_key=request_key)
        sent.made = activity.pk
    return activity


def _settle(activity, groups):
    """What follows from the rest: theme, term, guide; refuses what contradicts itself."""
    activity.theme = activity.theme.strip()
    wrong = {}
    if not activity.theme:
        wrong["theme"] = _("每次活动都要有明确的主题。")
    if activity.ends_at <= activity.starts_at:
        wrong["ends_at"] = _("结束时间必须晚于开始时间。")
    if activity.kind == Kind.SESSION and activity.session_id is None:
        wrong["session"] = _("请选择是哪一次会议。")
    if activity.kind == Kind.LAW_INSPECTION and not activity.statute.strip():
        wrong["statute"] = _("请写明检查哪部法律法规，统计按它归类。")
    day = timezone.localdate(activity.starts_at)
    terms = Term.objects.filter(congress=activity.congress, starts_on__lte=day).order_by("-starts_on")
    term = terms.first()
    if term is not None:
        activity.term = term
    else:
        wrong["starts_at"] = _("这一天还没有届次，请先登记届次。")
    opens, closes = activity.checkin_opens_at, activity.checkin_closes_at
    if opens and closes and closes <= opens:
        wrong["checkin_closes_at"] = _("签到结束必须晚于签到开始。")
    if wrong:
        raise ValidationError(wrong)
    activity.guide_id = _guide_of(groups)


def _guide_of(groups):
    return next((group.guide_id for group in groups if group.guide_id), None)


@transaction.atomic
def change(activity, *, groups=None, on, by, version=None, **fields):
    """Change what was planned; who is called already is told. A changed theme that was passed must be passed again."""
    kept = list(activity.groups.all())
    groups = kept if groups is None else list(groups)
    _move_window(activity, fields)
    changed = {name: value for name, value in fields.items() if getattr(activity, name) != value}
    was = DUTY_OF[activity.kind]
    for name, value in changed.items():
        setattr(activity, name, value)
    guide = activity.guide_id
    _settle(activity, groups)
    if not changed and set(groups) == set(kept):
        return activity
    written = {name: getattr(activity, name) for name in changed}
    written |= {"term_id": activity.term_id, "guide_id": activity.guide_id}
    repass = activity.state == S.READY and ("theme" in changed or activity.guide_id != guide)
    facts = {"changes": "、".join(_labels(changed, groups != kept)), "fields": sorted(changed)}
    with ACTIVITY.taking(
        "rethink" if repass else "change", activity, by=by, on=on, version=version, facts=facts, **written
    ):
        activity.groups.set(groups)
        if DUTY_OF[activity.kind] != was:
            duties.withdraw(activity, was, list(activity.attendances.values_list("mandate", flat=True)), on=on, by=by)
        rewrite_duties(activity, on=on, by=by)
    return activity


def _move_window(activity, fields):
    """A new beginning takes the time of signing in with it, where nobody says otherwise."""
    if "starts_at" not in fields:
        return
    moved = fields["starts_at"] - activity.starts_at
    for name in ("checkin_opens_at", "checkin_closes_at"):
        stands = getattr(activity, name)
        if stands is not None and fields.get(name, stands) == stands:
            fields[name] = stands + moved


def _labels(changed, groups_changed):
    names = [str(Activity._meta.get_field(name).verbose_name) for name in changed]
    return [*names, str(Activity._meta.get_field("groups").verbose_name)] if groups_changed else names


def allow(activity, *, on, by, version=None):
    """The office lets a department's activity go ahead and takes it over to call the deputies."""
    with ACTIVITY.taking("allow", activity, by=by, on=on, version=version):
        return activity


def decline(activity, *, reason, on, by, version=None):
    """The office does not let it go ahead, and says why (减负)."""
    if not reason.strip():
        raise ValidationError({"reason": _("请写明理由，申请单位看得到。")})
    with ACTIVITY.taking("decline", activity, by=by, on=on, version=version, facts={"reason": reason}):
        return activity


def submit_theme(activity, *, on, by, version=None):
    """Put the theme before the leader who guides the group (主题送审)."""
    if activity.guide_id is None:
        raise ValidationError(_("这个小组没有联系指导的领导，主题不用送审，可以直接发出通知。"))
    facts = {"guide": activity.guide.name}
    with ACTIVITY.taking("submit_theme", activity, by=by, on=on, version=version, facts=facts):
        return activity


def approve_theme(activity, *, on, by, version=None):
    """The guiding leader passes theme and form (主题把关)."""
    with ACTIVITY.taking("approve_theme", activity, by=by, on=on, version=version):
        return activity


def return_theme(activity, *, reason, on, by, version=None):
    """The guiding leader wants another theme, and says what is wrong with this one."""
    if not reason.strip():
        raise ValidationError({"reason": _("请写明怎样修改。")})
    with ACTIVITY.taking("return_theme", activity, by=by, on=on, version=version, facts={"reason": reason}):
        return activity


def take_theme_back(activity, *, on, by, version=None):
    """The organiser takes a theme back that nobody has passed yet, to change it or to put it before somebody else."""
    guide = _guide_of(activity.groups.all())
    with ACTIVITY.taking("take_theme_back", activity, by=by, on=on, version=version, guide_id=guide):
        return activity


def follow_guide(group):
    """What is not passed yet goes before whoever guides the group from now on."""
    open_themes = Activity.objects.filter(groups=group, state__in={S.DRAFT, S.THEME}).prefetch_related("groups")
    for activity in open_themes:
        guide = _guide_of(activity.groups.all())
        if guide is None and activity.state == S.THEME:
            continue  # it names whom it waited for until the organiser takes it back
        Activity.objects.filter(pk=activity.pk).update(guide=guide)
