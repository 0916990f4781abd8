"""What the worker does for the docket: old suggestions brought in, and tallies that steps have left to be tidied."""

from celery import shared_task

from congress.organs.models import Congress
from congress.procedure.duework import due_work
from congress.procedure.intake import CONFIRMED, WAITING
from suggestions.docket import tallies
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


@due_work("docket.tallies", order=90)
def tidy_tallies(*, at):
    """How many congresses were counted or folded."""
    return tallies.tidy(Congress.objects.order_by("pk"))
