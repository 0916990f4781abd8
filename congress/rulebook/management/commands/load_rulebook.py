"""Plants the shipped profiles and holiday notices again, where they are missing."""

from functools import partial

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import transaction

from congress.rulebook.seeds import plant_calendar, plant_profiles


class Command(BaseCommand):
    help = "补种随附的期限口径和放假安排；已有的不改动。"

    @transaction.atomic
    def handle(self, *args, **options):
        models = partial(apps.get_model, "rulebook")
        plant_profiles(models)
        plant_calendar(models)
