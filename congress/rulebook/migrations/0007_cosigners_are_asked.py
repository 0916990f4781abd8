from django.db import migrations


def say_what_was_done(apps, schema_editor):
    """Co-signers were asked all along while the shipped rule, which nobody read, said that they are not."""
    apps.get_model("rulebook", "Rule").objects.filter(code="rate_each_cosigner", is_product_default=True).update(value=True)


class Migration(migrations.Migration):
    dependencies = [("rulebook", "0006_codes_of_safeguards_and_days")]
    operations = [migrations.RunPython(say_what_was_done, migrations.RunPython.noop)]
