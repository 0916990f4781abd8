from django.db import migrations, models


class Migration(migrations.Migration):
    """What stood as the hours in free text stays, as the remark beside the structured ones."""

    dependencies = [
        ('stations', '0002_gradings'),
    ]

    operations = [
        migrations.RenameField(model_name='liaisonstation', old_name='opening', new_name='opening_remark'),
        migrations.AlterField(
            model_name='liaisonstation',
            name='opening_remark',
            field=models.CharField(blank=True, default='', max_length=200, verbose_name='开放说明'),
        ),
    ]
