from django.db import migrations

NAMED = "' §' || (SELECT congress_id FROM docket_suggestion WHERE id = suggestion_id)"


class Migration(migrations.Migration):
    """The congress of a case stands among its words, so that a search reads one county only."""

    dependencies = [("docket", "0003_standing_tallies")]

    operations = [
        migrations.RunSQL(
            f"UPDATE docket_searchtext SET grams = grams || {NAMED}",
            f"UPDATE docket_searchtext SET grams = REPLACE(grams, {NAMED}, '')",
        )
    ]
