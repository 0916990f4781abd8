from functools import partial

from django.db import migrations

from congress.rulebook.seeds import plant_calendar


def plant(apps, schema_editor):
    plant_calendar(partial(apps.get_model, "rulebook"))


def uproot(apps, schema_editor):
    apps.get_model("rulebook", "CalendarDay").objects.all().delete()
    apps.get_model("rulebook", "CalendarYear").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("rulebook", "0002_seed_rulebook")]
    operations = [migrations.RunPython(plant, uproot)]
