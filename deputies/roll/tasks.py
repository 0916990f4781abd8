"""What the worker does for the roll: check an uploaded roster, write a confirmed one (名册导入)."""

from celery import shared_task
from django.utils import timezone

from congress.accounts.models import User
from congress.procedure.duework import due_work
from deputies.roll import actions, importing, picturing
from deputies.roll.models import Import

WAITS = (Import.State.WAITING, Import.State.CONFIRMED)


@shared_task(name="roll.work_import", ignore_result=True)
def work_import(batch_id):
    importing.work(Import.objects.get(pk=batch_id))


@due_work("roll.begin", order=10)
def begin(*, at):
    """How many of those elected for a new term took their seats."""
    return len(actions.begin_terms(on=timezone.localdate(at), by=User.objects.robot()))


@due_work("roll.imports", order=60)
def imports(*, at):
    """Rosters that were handed over and lost with their worker; how many were made good."""
    left = list(Import.objects.filter(state__in=WAITS, created_at__lte=at).order_by("pk"))
    for batch in left:
        importing.work(batch)
    return len(left)


@due_work("roll.rosters", order=80)
def let_rosters_go(*, at):
    """How many rosters and uploads of photos nobody needs any more: settled, or never confirmed."""
    on = timezone.localdate(at)
    return importing.ROSTERS.tidy(on=on, by=User.objects.robot()) + picturing.tidy(on=on)
