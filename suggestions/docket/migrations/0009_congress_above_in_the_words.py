from django.db import migrations

ABOVE = (
    "(SELECT ' §' || o.parent_id FROM docket_suggestion s JOIN organs_organ o ON o.id = s.congress_id"
    " WHERE s.id = docket_searchtext.suggestion_id)"
)
BELOW = (
    "suggestion_id IN (SELECT s.id FROM docket_suggestion s JOIN organs_organ o ON o.id = s.congress_id"
    " WHERE o.parent_id IS NOT NULL)"
)


class Migration(migrations.Migration):
    """The congress above that of a case stands among its words too: a county is asked for by one token."""

    dependencies = [("docket", "0008_indexes_that_answer_alone")]

    operations = [
        migrations.RunSQL(
            f"UPDATE docket_searchtext SET grams = grams || {ABOVE} WHERE {BELOW}",
            f"UPDATE docket_searchtext SET grams = SUBSTR(grams, 1, LENGTH(grams) - LENGTH({ABOVE})) WHERE {BELOW}",
        )
    ]
