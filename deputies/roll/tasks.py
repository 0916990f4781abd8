"""What the worker does for the roll: check an uploaded roster, write a confirmed one (名册导入)."""

from celery import shared_task

from deputies.roll import importing
from deputies.roll.models import Import


@shared_task(name="roll.check", ignore_result=True)
def check(batch_id):
    importing.check_batch(Import.objects.get(pk=batch_id))


@shared_task(name="roll.apply", ignore_result=True)
def apply(batch_id):
    importing.apply_batch(Import.objects.get(pk=batch_id))
