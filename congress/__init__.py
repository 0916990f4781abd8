"""The institution, and the project; loads the Celery app, nothing else."""

from congress.celery import app as celery_app

__all__ = ["celery_app"]
