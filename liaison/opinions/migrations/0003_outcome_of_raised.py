from django.db import migrations


def apart(apps, schema_editor):
    """What became a suggestion has an outcome of its own now."""
    apps.get_model("opinions", "Opinion").objects.filter(suggestion__isnull=False).update(outcome="5")


def together(apps, schema_editor):
    apps.get_model("opinions", "Opinion").objects.filter(outcome="5").update(outcome="4")


class Migration(migrations.Migration):
    dependencies = [("opinions", "0002_return_visits")]

    operations = [migrations.RunPython(apart, together)]
