from django.db import migrations


def count_anew(apps, schema_editor):
    """Without this line the tallies of a congress are not complete, and the next tidying counts them anew."""
    apps.get_model("docket", "Tally").objects.filter(code="_whole").delete()


class Migration(migrations.Migration):
    dependencies = [("docket", "0016_drive_of_a_suggestion")]

    operations = [migrations.RunPython(count_anew, count_anew)]
