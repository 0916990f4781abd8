"""The heartbeat: beat sends it, a worker runs it, and both say when (心跳)."""

from celery import shared_task
from celery.signals import after_task_publish, beat_init

from congress.dashboards import heartbeat

HEARTBEAT = "dashboards.heartbeat"


@shared_task(name=HEARTBEAT, ignore_result=True, acks_late=False)
def beat_once():
    heartbeat.note(heartbeat.WORKER)


@after_task_publish.connect(sender=HEARTBEAT)
def _beat_has_sent_it(**kwargs):
    heartbeat.note(heartbeat.BEAT)


@beat_init.connect
def _do_not_wait_for_the_first_minute(**kwargs):
    beat_once.delay()
