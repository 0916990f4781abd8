import json

from django.db import migrations


def to_words(apps, schema_editor):
    """["水利", "法律"] → 水利、法律; the column was a list that no page wrote, so that most rows hold an empty one."""
    Deputy = apps.get_model("roll", "Deputy")
    Deputy.objects.filter(expertise="[]").update(expertise="")
    for deputy in Deputy.objects.filter(expertise__startswith="[").only("pk", "expertise"):
        Deputy.objects.filter(pk=deputy.pk).update(expertise="、".join(map(str, json.loads(deputy.expertise))))


def to_lists(apps, schema_editor):
    Deputy = apps.get_model("roll", "Deputy")
    Deputy.objects.filter(expertise="").update(expertise="[]")
    for deputy in Deputy.objects.exclude(expertise__startswith="[").only("pk", "expertise"):
        Deputy.objects.filter(pk=deputy.pk).update(expertise=json.dumps(deputy.expertise.split("、"), ensure_ascii=False))


class Migration(migrations.Migration):
    dependencies = [("roll", "0010_expertise_in_words")]

    operations = [migrations.RunPython(to_words, to_lists)]
