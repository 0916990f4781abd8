import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("docket", "0002_search_index"),
        ("organs", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Standing",
            fields=[
                (
                    "suggestion",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="standing",
                        serialize=False,
                        to="docket.suggestion",
                        verbose_name="建议",
                    ),
                ),
                ("marks", models.TextField(blank=True, default="", verbose_name="计入项目")),
                (
                    "congress",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organs.congress",
                        verbose_name="人大",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organs.session",
                        verbose_name="届次",
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organs.organ",
                        verbose_name="主办单位",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="docket.category",
                        verbose_name="类别",
                    ),
                ),
            ],
            options={"verbose_name": "计数底账", "verbose_name_plural": "计数底账"},
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, verbose_name="项目")),
                ("day", models.DateField(null=True, verbose_name="到期日")),
                ("number", models.IntegerField(verbose_name="件数")),
                (
                    "congress",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organs.congress",
                        verbose_name="人大",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organs.session",
                        verbose_name="届次",
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organs.organ",
                        verbose_name="主办单位",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="docket.category",
                        verbose_name="类别",
                    ),
                ),
            ],
            options={
                "verbose_name": "计数",
                "verbose_name_plural": "计数",
                "indexes": [
                    models.Index(fields=["congress", "session"], name="docket_tallies"),
                    models.Index(
                        condition=models.Q(("category__isnull", True), ("organ__isnull", True)),
                        fields=["congress", "code"],
                        name="docket_tallies_of_all",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="suggestion",
            index=models.Index(
                condition=models.Q(("state__in", ["in_hand", "registered", "replied", "returned", "submitted"])),
                fields=["congress", "due_on", "-id"],
                name="docket_open_by_date",
            ),
        ),
        migrations.AddIndex(
            model_name="suggestion",
            index=models.Index(condition=models.Q(("state", "draft")), fields=["congress"], name="docket_drafts"),
        ),
    ]
