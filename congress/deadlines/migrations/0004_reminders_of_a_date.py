import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("deadlines", "0003_one_reminder_for_each_stage"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="reminder",
            name="deadlines_one_reminder_per_stage",
        ),
        migrations.RemoveField(
            model_name="reminder",
            name="recipient",
        ),
        migrations.AlterField(
            model_name="reminder",
            name="clock",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="reminders",
                to="deadlines.clock",
                verbose_name="期限",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.UniqueConstraint(
                fields=("clock", "clock_version", "stage"), name="deadlines_one_reminder_per_stage"
            ),
        ),
    ]
