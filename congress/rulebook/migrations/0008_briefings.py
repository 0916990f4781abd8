from functools import partial

from django.db import migrations

from congress.rulebook.seeds import plant_profiles


def plant(apps, schema_editor):
    plant_profiles(partial(apps.get_model, "rulebook"))


class Migration(migrations.Migration):
    dependencies = [("rulebook", "0007_cosigners_are_asked")]
    operations = [migrations.RunPython(plant, migrations.RunPython.noop)]
