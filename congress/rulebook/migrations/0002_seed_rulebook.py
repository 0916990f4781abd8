from functools import partial

from django.db import migrations

from congress.rulebook.seeds import plant_profiles


def plant(apps, schema_editor):
    plant_profiles(partial(apps.get_model, "rulebook"))


def uproot(apps, schema_editor):
    """Take away the shipped profiles that no congress has chosen; a chosen one stands in the way of its table."""
    apps.get_model("rulebook", "ProfileVersion").objects.all().delete()
    apps.get_model("rulebook", "RuleProfile").objects.filter(choices=None).delete()


class Migration(migrations.Migration):
    dependencies = [("rulebook", "0001_initial")]
    operations = [migrations.RunPython(plant, uproot)]
