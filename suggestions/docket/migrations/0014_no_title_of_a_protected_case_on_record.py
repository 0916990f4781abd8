from django.db import migrations

from congress.kit.fingerprints import fingerprint

KINDS = ("suggestion", "motion", "cosign")


def take_titles_off(apps, schema_editor):
    """Rows of duty of a protected case no longer carry its title, which leaders of groups read beside the name."""
    Suggestion, DutyRecord = apps.get_model("docket", "Suggestion"), apps.get_model("duties", "DutyRecord")
    protected = Suggestion.objects.filter(protects_identity=True)
    for case in protected.only("pk", "kind", "submitted_on").iterator():
        noun = "议案" if case.kind == "motion" else "建议"
        title = f"一件要求保护身份的{noun}"
        rows = DutyRecord.objects.filter(source_kind="docket.suggestion", source_id=case.pk, kind__in=KINDS)
        rows.update(title=title)
        # What the source said last, as it is going to say it: a later correction then finds nothing new.
        said = fingerprint([title, "", str(case.submitted_on), "done", "1", "None"])
        rows.exclude(said="").update(said=said)


class Migration(migrations.Migration):
    dependencies = [("docket", "0013_who_confirmed_an_import"), ("duties", "0003_sheets")]

    operations = [migrations.RunPython(take_titles_off, migrations.RunPython.noop)]
