from django.db import migrations, models
from django.db.models import Case, F, OuterRef, Subquery, When


def those_of_today(apps, schema_editor):
    """What is public now stays so: the replies up to the last round that was answered."""
    cases = apps.get_model("docket", "Suggestion").objects.filter(pk=OuterRef("suggestion"))
    last = Case(
        When(replied_on__isnull=True, round_number__gt=0, then=F("round_number") - 1),
        default="round_number",
        output_field=models.IntegerField(),
    )
    checks = apps.get_model("portal", "Publication").objects.filter(part="reply", state="published")
    checks.update(through_round=Subquery(cases.annotate(last=last).values("last")))


class Migration(migrations.Migration):

    dependencies = [
        ('portal', '0002_check_before_what_was_kept_is_public'),
    ]

    operations = [
        migrations.AddField(
            model_name='publication',
            name='through_round',
            field=models.PositiveSmallIntegerField(default=0, editable=False, help_text='重新办理以后的答复另行审查。', verbose_name='答复公开到第几轮'),
        ),
        migrations.RunPython(those_of_today, migrations.RunPython.noop),
    ]
