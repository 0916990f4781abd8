from django.db import migrations
from django.db.models import Min, OuterRef, Subquery

# Notices stand on a higher floor, so no migration of theirs can be leaned on; in a new database there is none yet.
NOTICES = "notices_notice"
REPOINT = f"""
    UPDATE {NOTICES} SET reminder_id = (
        SELECT MIN(same.id) FROM deadlines_reminder same JOIN deadlines_reminder mine ON same.clock_id = mine.clock_id
            AND same.clock_version = mine.clock_version AND same.stage = mine.stage
        WHERE mine.id = {NOTICES}.reminder_id
    ) WHERE reminder_id IS NOT NULL
"""


def one_for_each_stage(apps, schema_editor):
    """Of the rows that spoke of one date to several people the first stays; what was told to them points to it."""
    reminders = apps.get_model("deadlines", "Reminder").objects
    stages = reminders.values("clock", "clock_version", "stage").order_by()
    told = reminders.filter(
        clock=OuterRef("clock"), clock_version=OuterRef("clock_version"), stage=OuterRef("stage"), told_at__isnull=False
    )
    reminders.filter(told_at__isnull=True).update(told_at=Subquery(told.values("told_at")[:1]))
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        if NOTICES in connection.introspection.table_names(cursor):
            cursor.execute(REPOINT)
    reminders.exclude(pk__in=stages.annotate(first=Min("pk")).values("first")).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("deadlines", "0002_reminders_of_a_congress"),
    ]

    operations = [
        migrations.RunPython(one_for_each_stage, migrations.RunPython.noop),
    ]
