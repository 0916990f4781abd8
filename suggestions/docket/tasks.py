"""What the worker does for the docket: old suggestions brought in, the digest of the week, tallies tidied."""

from celery import shared_task
from django.utils import timezone

from congress.accounts.models import User
from congress.organs.models import Congress
from congress.procedure.duework import due_work
from congress.procedure.intake import CONFIRMED, WAITING
from suggestions.docket import tallies
from suggestions.docket.actions.summing import tell_week
from suggestions.docket.models import Import
from suggestions.docket.oldpapers.bringing import OLD_PAPERS


@shared_task(name="docket.work_import", ignore_result=True)
def work_import(batch_id):
    OLD_PAPERS.work(Import.objects.get(pk=batch_id))


@due_work("docket.imports", order=60)
def imports(*, at):
    """Tables that were handed over and lost with their worker; how many were made good."""
    left = list(Import.objects.filter(state__in=(WAITING, CONFIRMED), created_at__lte=at).order_by("pk"))
    for batch in left:
        OLD_PAPERS.work(batch)
    return len(left)


@due_work("docket.tables", order=80)
def let_tables_go(*, at):
    """How many tables of old suggestions nobody needs any more: settled, or never confirmed."""
    return OLD_PAPERS.tidy(on=timezone.localdate(at), by=User.objects.robot())


@due_work("docket.tallies", order=90)
def tidy_tallies(*, at):
    """How many congresses were counted or folded."""
    return tallies.tidy(Congress.objects.order_by("pk"))


@due_work("docket.weekly_digest", order=70)
def weekly_digest(*, at):
    """On Monday the week before is summed up; a Monday that was missed is made good. How many congresses were told."""
    on, robot = timezone.localdate(at), User.objects.robot()
    standing = Congress.objects.standing(on=on).order_by("pk")
    return sum(tell_week(congress, on=on, by=robot) for congress in standing)
