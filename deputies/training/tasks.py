"""What time brings to training: reminders, quizzes that end, tables left over (培训的到期事务)."""

from celery import shared_task
from django.utils import timezone

from congress.accounts.models import User
from congress.procedure.duework import due_work
from deputies.training.actions import onboarding, quizzes
from deputies.training.importing import TABLES
from deputies.training.models import QuestionImport

WAITS = (QuestionImport.State.WAITING, QuestionImport.State.CONFIRMED)


@due_work("training.onboarding")
def remind_of_onboarding(*, at):
    """How many new deputies were told that their training on taking office is near or past its date."""
    return onboarding.remind(on=timezone.localdate(at), by=User.objects.robot())


@due_work("training.quizzes")
def close_ended_quizzes(*, at):
    """How many quizzes ended."""
    return quizzes.close_ended(at=at, on=timezone.localdate(at), by=User.objects.robot())


@shared_task(name="training.work_import", ignore_result=True)
def work_import(batch_id):
    TABLES.work(QuestionImport.objects.get(pk=batch_id))


@due_work("training.imports", order=60)
def imports(*, at):
    """Tables of questions that were handed over and lost with their worker; how many were made good."""
    left = list(QuestionImport.objects.filter(state__in=WAITS, created_at__lte=at).order_by("pk"))
    for batch in left:
        TABLES.work(batch)
    return len(left)


@due_work("training.tables", order=80)
def let_tables_go(*, at):
    """How many tables of questions nobody needs any more: settled, or never confirmed."""
    return TABLES.tidy(on=timezone.localdate(at), by=User.objects.robot())
