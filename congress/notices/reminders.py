"""What a reminder says: how many days are left, or by how many the date has passed (提醒的文字)."""

from collections import defaultdict

from django.apps import apps
from django.utils import timezone
from django.utils.translation import gettext as _

from congress.kit.dates import said
from congress.notices.models import Notice
from congress.rulebook.codes import code_of

VERB = "deadline.remind"


def notices_of(reminders, readers, *, at):
    """The unsaved notices of these reminders for `{reminder id: readers}`; the cases are read once per kind."""
    today, cases = timezone.localdate(at), _cases_of(reminders)
    return [
        _notice(each, cases[each.clock.case_kind, each.clock.case_id], reader, today=today, at=at)
        for each in reminders
        if (each.clock.case_kind, each.clock.case_id) in cases
        for reader in readers[each.pk]
    ]


def _cases_of(reminders):
    wanted = defaultdict(set)
    for each in reminders:
        wanted[each.clock.case_kind].add(each.clock.case_id)
    return {
        (kind, pk): case
        for kind, ids in wanted.items()
        for pk, case in apps.get_model(kind)._base_manager.in_bulk(ids).items()
    }


def _notice(reminder, case, reader, *, today, at):
    clock = reminder.clock
    return Notice(
        recipient=reader,
        key=f"clock:{clock.pk}:{clock.version}:{reminder.stage}",
        verb=VERB,
        reminder=reminder,
        case_kind=clock.case_kind,
        case_id=clock.case_id,
        title=_title(reminder, case, today)[:200],
        body=_body(clock),
        url=case.get_absolute_url(),
        is_urgent=clock.due_on <= today,
        created_at=at,
    )


def _title(reminder, case, today):
    clock = reminder.clock
    left = (clock.due_on - today).days
    words = {"case": case, "rule": code_of(clock.rule).label, "days": abs(left), "holder": clock.holder or ""}
    if reminder.is_escalation:
        return _("%(holder)s“%(rule)s”超期%(days)s天：%(case)s") % words
    if left < 0:
        return _("“%(rule)s”已超期%(days)s天：%(case)s") % words
    if left == 0:
        return _("“%(rule)s”今天到期：%(case)s") % words
    return _("“%(rule)s”还有%(days)s天到期：%(case)s") % words


def _body(clock):
    due = _("期限：%(day)s。依据：%(article)s。") % {"day": said(clock.due_on), "article": clock.article}
    return due + _("这一天是暂定的，放假安排公布后重新计算。") if clock.provisional else due
